"""The steps of an agenda: the minutes planned for each and the time it took; and how a step looks to those it is not shared with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from meetings import agenda
from meetings.table import Hearing

if TYPE_CHECKING:
    from meetings.models import Meeting

MEETING = sa.table("meeting", sa.column("id"))  # by its name: the class itself holds its steps


class AgendaItem(Base):
    """One step of the agenda, with the minutes planned for it and the time it took."""

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    minutes: Mapped[int]
    screen: Mapped[str] = mapped_column(sa.String(20), default="none")
    say: Mapped[str] = mapped_column(sa.Text, default="")  # what the facilitator may say now
    limited: Mapped[bool] = mapped_column(default=False)  # 限定共有: not everybody at the table shares in it
    hearing_id: Mapped[int | None] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)  # None: for all
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stood_seconds: Mapped[int] = mapped_column(default=0)  # how long it stood still between its runs
    meeting: Mapped[Meeting] = orm.relationship(back_populates="agenda")
    hearing: Mapped[Hearing | None] = orm.relationship()

    @property
    def current(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def step(self) -> dict:
        """What was planned of it: title, minutes, screen, what to say, whether only some share in it."""
        return dict(title=self.title, minutes=self.minutes, screen=self.screen, say=self.say, limited=self.limited)

    @property
    def counts_from(self) -> datetime | None:
        """The instant from which a clock counts the time this step has used: its start, but for the time it stood still."""
        return self.started_at + timedelta(seconds=self.stood_seconds) if self.started_at else None

    def used_seconds(self, now: datetime | None = None) -> int:
        """How long this step has run until now."""
        return agenda.used_seconds(self.started_at, self.ended_at, now or utcnow(), self.stood_seconds)

    def start(self, seen: int | None = None, among: list[AgendaItem] | None = None) -> bool:
        """Begin this step, or go on with it; whatever ran until now stops. `seen` is the id of the step that ran on the
        page of whoever asks (0: none of those in `among`): when another one runs by now, nothing happens. Give whether
        this step runs."""
        self._hold()
        running = next((each for each in among or self.meeting.agenda if each.current), None)
        if seen is not None and seen != (running.id if running else 0):
            return running is self
        for other in self.meeting.agenda:
            if other is not self:
                other.stop()
        self._go_on(utcnow())
        live.touch(self.meeting.topic)
        return True

    def resize(self, by: int) -> None:
        """Plan more minutes for this step or fewer; what it has used is not taken away."""
        self._hold()
        self.minutes = agenda.resized(self.minutes, by, self.used_seconds())
        live.touch(self.meeting.topic)

    def _go_on(self, now: datetime) -> None:
        if self.ended_at is not None:  # gone back to: what passed since it ended was another step's time
            self.stood_seconds += int((now - self.ended_at).total_seconds())
        self.started_at, self.ended_at = self.started_at or now, None

    def _hold(self) -> None:
        # On PostgreSQL two who press at once run side by side: the second waits here and then sees what the first started.
        if self.id is not None:
            session.flush()
            session.execute(sa.select(MEETING.c.id).where(MEETING.c.id == self.meeting_id).with_for_update())
            session.execute(sa.select(AgendaItem).where(AgendaItem.meeting_id == self.meeting_id).execution_options(populate_existing=True))

    def stop(self) -> None:
        """End this step if it is running."""
        if self.current:
            self.ended_at = utcnow()


class Veiled:
    """A step for those who do not share in it: its place and time stand, its words do not."""

    screen, say = "none", ""

    def __init__(self, step: AgendaItem):
        self._step = step

    def __getattr__(self, name: str):
        return getattr(self._step, name)

    @property
    def title(self) -> str:
        return _("Some of the table talk among themselves")
