"""What a holder would rather have: other words, another day. Whoever runs the case answers it in the holder's sight.

Their own proposal is their word: where they ticked that they take the role on in these words, an accepted proposal counts as
引き受ける; where they did not, they are asked again in the new words like for any change. A counter-proposal changes nothing
before the holder agrees to it; agreeing takes the role on in those words.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from actions import rules
from actions.confirmations import way
from actions.told import about, tell_runners
from actions.wording import Change, Wording, day, words_of
from actions.words import Reception, Via
from core import clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from notices.kinds import NoticeKind
from notices.models import settle, tell


class ChangeRequest(Wording, Base):
    """One wish for a role, bound to the words it was made against (`what`, `due_on` … are those), and its answer."""

    __tablename__ = "change_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    wished_what: Mapped[str | None] = mapped_column(sa.Text)  # None: as it is
    wished_on: Mapped[date | None]  # None: the day as it is
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    takes: Mapped[bool] = mapped_column(default=False)  # 「この内容なら引き受けます」
    via: Mapped[Via] = mapped_column(choice(Via))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))  # None: the holder, through a personal link
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    reception: Mapped[Reception | None] = mapped_column(choice(Reception))
    counter_what: Mapped[str | None] = mapped_column(sa.Text)
    counter_on: Mapped[date | None]
    word: Mapped[str] = mapped_column(sa.Text, default="")  # said by whoever answered
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # to the counter-proposal
    action = orm.relationship("ActionItem", back_populates="requests")
    by = orm.relationship("User", foreign_keys=[by_id])
    answered_by = orm.relationship("User", foreign_keys=[answered_by_id])

    @classmethod
    def ask(cls, action, by, what: str = "", due_on: date | None = None, reason: str = "", takes: bool = False, read: str = "",
            via: Via | str | None = None) -> ChangeRequest:
        """Put a wish forward for one's own role; the same once more gives the one that is there. `by` and `via` as in `confirm`.

        Raises Refused when the words changed in the meantime, the minutes are final, nothing would be other, the day cannot
        be, or an earlier wish still waits.
        """
        action.ask_answering(read)
        wish = (what if what and what != action.what else None), (due_on if due_on and due_on != action.due_on else None)
        ask_day(action, wish[1])
        if wish == (None, None):
            raise Refused(_("These are the words and the day it has now."), _("Write other words or another day; or simply answer."))
        waiting = open_request(action)
        if waiting is not None and (waiting.wished_what, waiting.wished_on, waiting.reason, waiting.takes) == (*wish, reason, takes):
            return waiting  # a double click
        if waiting is not None:
            raise Refused(_("An earlier wish of yours for this role is not answered yet."), _("Wait for the answer, or withdraw it and ask anew."))
        made = cls(action=action, wished_what=wish[0], wished_on=wish[1], reason=reason, takes=takes, via=way(action, by, via),
                   by_id=by.id if by else None, **words_of(action))
        session.add(made)
        session.flush()
        tell_runners(action.hearing, NoticeKind.CHANGE_ASKED, f"change/{made.id}", by)
        return made

    def withdraw(self) -> None:
        """The holder takes the wish back; a second time changes nothing."""
        if self.reception != Reception.WITHDRAWN:
            self._receive(None, Reception.WITHDRAWN)

    def accept(self, by) -> None:
        """Write the role in the words asked for; where the holder said so, they have taken it on with that."""
        if self.reception != Reception.ACCEPTED:
            self._receive(by, Reception.ACCEPTED)
            self._write(by, self.wished_what, self.wished_on, self.takes, self.by, self.via)
            self._tell_holder()

    def counter(self, by, what: str = "", due_on: date | None = None, word: str = "") -> None:
        """Propose something else; nothing is written before the holder agrees."""
        offer = (what if what and what != self.what else None), (due_on if due_on and due_on != self.due_on else None)
        if self.reception == Reception.COUNTERED and (self.counter_what, self.counter_on, self.word) == (*offer, word):
            return  # a double click
        ask_day(self.action, offer[1])
        if offer == (None, None):
            raise Refused(_("These are the words and the day it has now."), _("Propose other words or another day, or leave it as it is with a word."))
        self._receive(by, Reception.COUNTERED, word)
        self.counter_what, self.counter_on = offer
        self._tell_holder()

    def keep(self, by, word: str) -> None:
        """Leave the role as it is, with a word why."""
        if self.reception != Reception.KEPT:
            self._receive(by, Reception.KEPT, word)
            self._tell_holder()

    def agree(self, by, via: Via | str | None = None) -> None:
        """The holder agrees to the counter-proposal: the role is written so, and taken on. `by` and `via` as in `confirm`."""
        if self.agreed_at is None:
            self._ask_standing()
            if not self.offered:
                raise Refused(_("Nothing is proposed here any more."), _("Open your roles again."))
            self.agreed_at = utcnow()
            self._write(self.answered_by, self.counter_what, self.counter_on, True, by, way(self.action, by, via))

    @property
    def waiting(self) -> bool:
        """Whether somebody who runs the case is to answer it: nobody has, and the role still has the words it was made against."""
        return self.reception is None and self.fingerprint == self.action.fingerprint

    @property
    def offered(self) -> bool:
        """Whether a counter-proposal waits for the holder."""
        return self.reception == Reception.COUNTERED and self.agreed_at is None and self.fingerprint == self.action.fingerprint

    @property
    def wishes(self) -> list[Change]:
        """What it would change: as it is, as it is wished."""
        return self._changes(self.wished_what, self.wished_on)

    @property
    def offers(self) -> list[Change]:
        """What the counter-proposal would change."""
        return self._changes(self.counter_what, self.counter_on)

    def _changes(self, what, due_on) -> list[Change]:
        return ([Change(_("What"), self.what, what, text=True)] if what else []) + (
            [Change(_("By when"), day(self.due_on), day(due_on))] if due_on else [])

    def _ask_standing(self) -> None:
        """Raise Refused when the minutes are final, or the role has other words by now."""
        self.action.ask_answering()
        session.refresh(self)
        if self.fingerprint != self.action.fingerprint:
            raise Refused(_("This role was changed in the meantime."), _("Nothing was changed now. Read it again, then decide."))

    def _receive(self, by, reception: Reception, word: str = "") -> None:
        self._ask_standing()
        if self.reception is not None:
            raise Refused(_("This wish has been answered already."), _("Open the page again to see how."))
        self.reception, self.word, self.answered_at, self.answered_by_id = reception, word, utcnow(), by.id if by else None
        settle(NoticeKind.CHANGE_ASKED, key=f"change/{self.id}/")

    def _write(self, by, what, due_on, taken: bool, holder, via) -> None:
        self.action.rewrite_as_wished(by, what or self.what, due_on or self.due_on, holder, via if taken else None)

    def _tell_holder(self) -> None:
        meeting, asker = self.action.hearing.meeting, self.by.member if self.by else None
        member = self.action.member or asker
        if member is not None:
            tell(member, NoticeKind.CHANGE_ANSWERED, f"change-answered/{self.id}", about=about(meeting), path="/actions/confirm",
                 topic=meeting.topic)


def open_request(action) -> ChangeRequest | None:
    """The wish of its holder that nobody has answered yet, if there is one."""
    return next((each for each in action.requests if each.waiting), None)


def offered_request(action) -> ChangeRequest | None:
    """The counter-proposal that waits for the holder, if there is one."""
    return next((each for each in reversed(action.requests) if each.offered), None)


def ask_day(action, due_on: date | None) -> None:
    """Raise Refused for a day on which the role cannot be due."""
    fault = unfit_day(action, due_on)
    if fault:
        raise Refused(fault, _("Choose another day."))


def unfit_day(action, due_on: date | None) -> str:
    """Why a role cannot be due on this day; empty when it can."""
    fault = rules.unfit_day(due_on, clock.local(action.hearing.meeting.starts_at).date(), action.until_on)
    return {"before": _("This day lies before the meeting."), "after": _("A role ends after the day it is due."), "": ""}[fault]
