"""Who, and which place, is taken by another meeting at a given time.

A meeting counts unless it was called off; a seat counts unless the person is only asked in writing or has said they
will not come. The question looks at the meetings of those hours only (the index on `starts_at`), however many others
there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from core.database import session
from meetings.models import Meeting
from meetings.table import Hearing, Level, Reply, Seat

LONGEST = timedelta(days=1)  # a meeting ends on the day it begins
Span = tuple[datetime, datetime]  # from, to; whoever ends when the other begins is not in its way


class Clash(NamedTuple):
    """Somebody sits at another meeting at that time. Which one it is may be said only to those who may see it."""

    member_id: int
    meeting_id: int
    starts_at: datetime
    ends_at: datetime

    def meets(self, start: datetime, end: datetime) -> bool:
        return self.starts_at < end and self.ends_at > start


def clashes(member_ids: Iterable[int], start: datetime, end: datetime, except_meeting: int | None = None) -> dict[int, list[Clash]]:
    """Which of these members sit at another meeting between two instants, by member id; nobody else is in it."""
    found = defaultdict(list)
    for each in clashes_in(member_ids, [(start, end)], except_meeting):
        found[each.member_id].append(each)
    return dict(found)


def clashes_in(member_ids: Iterable[int], spans: Iterable[Span], except_meeting: int | None = None) -> list[Clash]:
    """All clashes of these members with any of the spans: two questions to the database, whatever their number.

    The meetings of those hours are looked up first, and then who sits there: beginning with the people, a database
    would go through everything they have ever sat at.
    """
    wanted, spans = set(member_ids), list(spans)
    if not wanted or not spans:
        return []
    hours = sa.select(Meeting.id, Meeting.starts_at, Meeting.ends_at).where(standing(spans, except_meeting))
    held = {id: (start, end) for id, start, end in session.execute(hours.order_by(Meeting.starts_at, Meeting.id))}
    if not held:
        return []
    sitting = (sa.select(Hearing.meeting_id, Seat.member_id).distinct().join(Seat, Seat.hearing_id == Hearing.id)
               .where(Hearing.meeting_id.in_(held), Seat.level != Level.INQUIRY, Seat.reply != Reply.NO))
    there = sorted((each for each in session.execute(sitting) if each.member_id in wanted), key=lambda each: (*held[each.meeting_id], *each))
    return [Clash(each.member_id, each.meeting_id, *held[each.meeting_id]) for each in there]


def in_place(place: str, spans: Iterable[Span], except_meeting: int | None = None) -> list[Meeting]:
    """The other meetings at this place in any of the spans. An unnamed place is never taken."""
    spans = list(spans)
    if not place or not spans:
        return []
    query = sa.select(Meeting).where(Meeting.place == place, standing(spans, except_meeting))
    return list(session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))


def standing(spans: Iterable[Span], except_meeting: int | None = None) -> sa.ColumnElement[bool]:
    """Condition: a meeting that was not called off lies in one of the spans (and is not that one)."""
    spans = list(spans)
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    around = sa.and_(Meeting.starts_at > first - LONGEST, Meeting.starts_at < last)  # said apart, so that the index is used
    within = sa.or_(*(sa.and_(Meeting.starts_at < end, Meeting.ends_at > start) for start, end in spans))
    return sa.and_(around, within, Meeting.cancelled_at.is_(None), *([Meeting.id != except_meeting] if except_meeting else []))


def visible(person, found: Iterable[Clash]) -> dict[int, Meeting]:
    """Those of the clashing meetings that this person may see, by id: of the others nothing is said but that there is one."""
    ids = {each.meeting_id for each in found}
    return {each.id: each for each in session.scalars(person.all("meeting").where(Meeting.id.in_(ids)))} if ids else {}
