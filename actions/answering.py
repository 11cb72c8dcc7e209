"""Answering for one's own role: once, in the words one read, on a screen, through a link, on paper or by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from actions.confirmations import Confirmation, way
from actions.requests import ChangeRequest
from actions.told import answered, tell_answers
from actions.wording import words_of
from actions.words import Answer, Via
from core import live
from core.database import session
from core.languages import _
from core.web import Refused


class Answering:
    """The verbs by which a holder says something to a role."""

    def confirm(self, by, answer: Answer, word: str = "", read: str = "", answer_by: date | None = None,
                via: Via | str | None = None, heard_on: date | None = None) -> Confirmation:
        """Answer for one's own role. `read` is the fingerprint of the words the person saw; `by` is None for the holder
        themselves through a personal link; `via` says how the answer came (`way` guesses it), `heard_on` when it was heard.

        Raises Refused when the words changed in the meantime, or the minutes are final.
        """
        self.ask_answering(read)
        now, via = self.confirmation, way(self, by, via)
        if now and (now.answer, now.word, now.answer_by) == (answer, word, answer_by):
            return now  # a double click
        made = Confirmation(action=self, answer=answer, word=word, answer_by=answer_by, via=via, heard_on=heard_on if via.heard else None, by_id=by.id if by else None, **words_of(self))
        session.add(made)
        answered(self, by)
        live.touch(self.hearing.meeting.topic)
        return made

    def ask_answering(self, read: str = "") -> None:
        """Raise Refused when the role cannot be answered (any more), or not in the words somebody read."""
        if self.hearing.meeting.final and not self.handovers:  # the successor answers for what is in no minutes yet
            raise Refused(_("The minutes are final; answers are no longer changed here."),
                          _("Tell the facilitator, who can reopen them."))
        if not self.reads(read):
            raise Refused(_("This role was changed after you opened the page."), _("Read it again, then answer."))

    def reads(self, read: str) -> bool:
        """Whether it still has the words somebody read; from here until the transaction ends nobody changes them."""
        self.hearing.hold()
        session.refresh(self)  # somebody may have changed it at this moment
        return not read or read == self.fingerprint


class Said(NamedTuple):
    """What somebody says to one role in one sending: an answer, a wish for other words or another day, or both."""

    action: Answering
    read: str
    answer: Answer | None = None
    word: str = ""
    answer_by: date | None = None
    wish: dict | None = None  # what, due_on, reason, takes: as `ChangeRequest.ask` has them


class Sent(NamedTuple):
    """What became of a sending."""

    answers: list[Confirmation]
    wishes: list[ChangeRequest]
    changed: list  # roles that have other words by now: nothing of them was recorded


def answer_all(said: Sequence[Said], by, via: Via | str | None = None) -> Sent:
    """Record what a holder says to several of their roles at once; what was changed in the meantime is left alone, the rest
    is recorded. Whoever runs the case is told once. `by` and `via` as in `confirm`, which also says what is refused."""
    said = sorted(said, key=lambda each: (each.action.hearing_id, each.action.id))  # two who send at once wait, not for each other
    changed = [each.action for each in said if not each.action.reads(each.read)]
    sound = [each for each in said if each.action not in changed]
    answers = [each.action.confirm(by, each.answer, each.word, each.read, each.answer_by, via) for each in sound if each.answer]
    wishes = [ChangeRequest.ask(each.action, by, read=each.read, via=via, **each.wish) for each in sound if each.wish]
    tell_answers(answers, by)
    return Sent(answers, wishes, changed)
