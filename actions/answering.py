"""Answering for one's own role: once, in the words one read, on a screen, through a link, on paper or by telephone."""

from __future__ import annotations

from datetime import date

from actions.confirmations import Confirmation, way
from actions.told import answered
from actions.wording import words_of
from actions.words import Answer, Via
from core import live
from core.database import session
from core.languages import _
from core.web import Refused


class Answering:
    """The verbs by which a holder says something to a role."""

    def confirm(self, by, answer: Answer, word: str = "", read: str = "", answer_by: date | None = None,
                via: Via | str | None = None) -> Confirmation:
        """Answer for one's own role. `read` is the fingerprint of the words the person saw; `by` is None for the holder
        themselves through a personal link; `via` says how the answer came (`way` guesses it).

        Raises Refused when the words changed in the meantime, or the minutes are final.
        """
        self.ask_answering(read)
        now, via = self.confirmation, way(self, by, via)
        if now and (now.answer, now.word, now.answer_by) == (answer, word, answer_by):
            return now  # a double click
        made = Confirmation(action=self, answer=answer, word=word, answer_by=answer_by, via=via, by_id=by.id if by else None, **words_of(self))
        session.add(made)
        answered(self, by)
        live.touch(self.hearing.meeting.topic)
        return made

    def ask_answering(self, read: str = "") -> None:
        """Raise Refused when the role cannot be answered (any more), or not in the words somebody read."""
        if self.hearing.meeting.final:
            raise Refused(_("The minutes are final; answers are no longer changed here."),
                          _("Tell the facilitator, who can reopen them."))
        self.hearing.hold()
        session.refresh(self)  # somebody may have changed it at this moment
        if read and read != self.fingerprint:
            raise Refused(_("This role was changed after you opened the page."), _("Read it again, then answer."))
