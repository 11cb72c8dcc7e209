"""The office's meeting rooms (会議室): offered when a meeting is planned; who books one twice is told, not stopped."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, session
from meetings.clashes import standing
from meetings.models import Meeting


class Room(Base):
    """A room by the name that stands in a meeting's place."""

    __tablename__ = "meeting_room"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    seats: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def listed(cls) -> list[Room]:
        """All rooms by name."""
        return list(session.scalars(sa.select(cls).order_by(cls.name)))


def week_of(day: date) -> list[date]:
    """The seven days, from Monday, of the week a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=count) for count in range(7)]


def booked(days: list[date]) -> dict[tuple[str, date], list[Meeting]]:
    """The meetings of these days that were not called off, by place and day, in the order of their hours."""
    span = clock.instant(days[0], time(0)), clock.instant(days[-1] + timedelta(days=1), time(0))
    found = defaultdict(list)
    for meeting in session.scalars(sa.select(Meeting).where(standing([span])).order_by(Meeting.starts_at, Meeting.id)):
        found[meeting.place, clock.local(meeting.starts_at).date()].append(meeting)
    return dict(found)
