"""How a role goes on after the meeting: begun, done, stuck, not needed any more; each report is kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from actions.words import REPORTED, Progress, Via
from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused

GIVEN_BACK = "後の会議で引き受けた役割が取り消されたため、ここで続けます。"


class ProgressStep(Base):
    """One report on a role: how it stands, in a short note, by whom, and how it came in."""

    __tablename__ = "progress_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    state: Mapped[Progress] = mapped_column(choice(Progress))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    via: Mapped[Via] = mapped_column(choice(Via), default=Via.SCREEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))  # None: through a personal link
    link_id: Mapped[int | None] = mapped_column(sa.ForeignKey("link.id"))
    deputised: Mapped[bool] = mapped_column(default=False)  # 代理: said by who acts for an absent holder
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    action = orm.relationship("ActionItem", back_populates="steps")
    by = orm.relationship("User", lazy="joined")

    @property
    def who(self) -> str:
        """The name of whoever said it; of the holder, where it came by a personal link."""
        return self.by.name if self.by else self.action.who


class Going:
    """What follows for a role from the reports on it, and the one way to add to them."""

    def report(self, by, state: Progress, note: str = "", via: Via | str = Via.SCREEN, link=None, deputised: bool = False) -> ProgressStep:
        """Say how the role stands; `by` is None through a personal `link`. The same again at once is one report. It works
        when the minutes are final, too: how a role goes on is no part of the record.

        Raises Refused before the meeting has closed, for a role that goes on as a later one, and for 滞り or 不要 without a word.
        """
        self._ask_reporting(state, note)
        session.refresh(self, ["state"])  # somebody else may have reported at this moment
        last = self.steps[-1] if self.steps else None
        if last and (last.state, last.note, last.by_id, last.link_id) == (state, note, by and by.id, link and link.id):
            return last  # a double click
        return self._go_on(by, state, note, Via(via), link, deputised)

    def carry_on(self, by) -> None:
        """It was taken up at a later table of the case and goes on there; here it is over, so that it is counted once."""
        if not self.state.over:
            self._go_on(by, Progress.CARRIED, "", Via.TOLD)

    def let_go(self, by) -> None:
        """It is off the table: what it was taken up from goes on by itself again, unless that goes on somewhere else."""
        earlier = self.carried_from
        if earlier is None or earlier.state != Progress.CARRIED or earlier.goes_on_later():
            return
        before = [each.state for each in earlier.steps if each.state != Progress.CARRIED]
        earlier._go_on(by, before[-1] if before else Progress.OPEN, GIVEN_BACK, Via.TOLD)
        if earlier.removed_at:
            earlier.let_go(by)

    def goes_on_later(self) -> bool:
        """Whether a role that was taken up from this one, there or further on, stands on a table."""
        later = session.scalars(sa.select(type(self)).where(type(self).carried_from_id == self.id)).unique().all()
        return any(not each.removed_at or each.goes_on_later() for each in later)

    def _ask_reporting(self, state: Progress, note: str) -> None:
        if not self.hearing.meeting.closed or self.removed_at:
            raise Refused(_("How a role goes on is reported once its meeting has closed."))
        if self.state == Progress.CARRIED or state not in REPORTED:
            raise Refused(_("This role goes on as one of a later meeting."), _("Report on that one."))
        if state.needs_word and not note.strip():
            raise Refused(_("Write a word on what stands in the way, or why it is not needed."))

    def _go_on(self, by, state: Progress, note: str, via: Via, link=None, deputised=False) -> ProgressStep:
        step = ProgressStep(action=self, state=state, note=note, via=via, by=by, by_id=by and by.id, link_id=link and link.id, deputised=deputised)
        self.state = state
        session.add(step)
        session.flush()
        live.touch(self.hearing.meeting.topic)
        for heard in _told:
            heard(step)
        return step

    def state_at(self, instant: datetime | None) -> Progress:
        """How it stood at an instant (now, for None)."""
        steps = [each.state for each in self.steps if instant is None or each.at <= instant]
        return steps[-1] if steps else Progress.OPEN


_told: list = []


def told(function):
    """Declare function(step), called within the same transaction whenever a report was made (followup tells people of 滞り)."""
    _told.append(function)
    return function
