"""How an open meeting stands in time: when it should end, and when it will as things go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.database import utcnow
from meetings import agenda
from meetings.models import Meeting
from meetings.steps import AgendaItem


@dataclass(frozen=True)
class Pace:
    """`rest` is what the steps after the running one still take, in seconds; `foreseen` is None when nothing runs, or when
    the person does not see the whole agenda: then nobody can say."""

    due: datetime
    early: bool  # opened long before its hour
    rest: int = 0
    foreseen: datetime | None = None

    @property
    def late(self) -> int:
        """Minutes later than due; negative when earlier."""
        return agenda.minutes_late(self.foreseen, self.due) if self.foreseen else 0

    @property
    def ends(self) -> datetime:
        """When it will end as things go, to the minute of its plan."""
        return self.due + timedelta(minutes=self.late)


def pace(meeting: Meeting, seen: list[AgendaItem], now: datetime | None = None) -> Pace:
    """The pace of an opened meeting, for somebody who sees these steps of it."""
    now = now or utcnow()
    due = agenda.due_end(meeting.starts_at, meeting.ends_at, meeting.opened_at)
    early = meeting.opened_at < meeting.starts_at - agenda.EARLY
    place = next((place for place, each in enumerate(seen) if each.current), None)
    if place is None or len(seen) < len(meeting.agenda):
        return Pace(due, early)
    steps = [(each.minutes, each.used_seconds(now)) for each in seen]
    return Pace(due, early, agenda.remaining(steps, place + 1), now + timedelta(seconds=agenda.remaining(steps, place)))
