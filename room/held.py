"""From when to when a meeting was really held, whatever was planned: as the closing offers it and as it reads what is typed.
Pure: no web, no database."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core import clock

DAY = timedelta(days=1)
LEEWAY = timedelta(hours=1)  # the end is typed a little ahead of it


def offered(meeting, now: datetime, kept: bool = False) -> tuple[time, time]:
    """The hours that the closing fills in: from the opening to this minute. What was typed stands; but an end that was
    saved while the meeting went on (unless it is to be `kept`) only until that minute is over."""
    if meeting.opened_at is None:
        return _minute(meeting.starts_at), _minute(meeting.ends_at)
    begins = meeting.held_from or meeting.opened_at
    until = meeting.closed_at or now
    if meeting.held_to and (kept or meeting.closed_at):
        until = meeting.held_to
    elif meeting.held_to:
        until = max(meeting.held_to, now)
    return _minute(begins), _minute(max(until, begins + timedelta(minutes=1)))


def span(meeting, begins: time, ends: time) -> tuple[datetime, datetime]:
    """These times of day as instants: on the day on which it was opened, or around midnight on the one before or after."""
    opened = meeting.opened_at or meeting.starts_at
    start = clock.instant(clock.local(opened).date(), begins)
    start -= DAY if start - opened > DAY / 2 else timedelta()  # begun before midnight, opened here after it
    end = clock.instant(clock.local(start).date(), ends)
    return start, end if end > start else end + DAY


def possible(meeting, start: datetime, end: datetime, now: datetime) -> bool:
    """Whether it can have been held so: an end on the next day only when it was still open then."""
    last = meeting.closed_at or now
    return clock.local(start).date() == clock.local(end).date() or end <= last + LEEWAY


def _minute(at: datetime) -> time:
    return clock.local(at).time().replace(second=0, microsecond=0)
