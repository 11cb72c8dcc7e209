"""Bringing together what exists about the subjects of a request. What is there already keeps what was said of it."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session, utcnow
from disclosure import holding
from disclosure.models import DisclosureRequest, Item
from disclosure.scope import GONE, Found, Scope
from disclosure.sources import SOURCES
from meetings.models import Meeting


def gather(request: DisclosureRequest, by) -> int:
    """Write down every record there is today, and hold it from disposal; give how many are new. What is gone since stays
    in the list, marked as gone."""
    scope, there = Scope.of(request), {(each.kind, each.record): each for each in request.items}
    position, new, seen = 0, 0, set()
    for source in SOURCES:
        for found in source.find(scope):
            position += 1
            item = there.get((source.key, found.record))
            if item is None:
                item = there[source.key, found.record] = Item(kind=source.key, record=found.record)
                request.items.append(item)
                new += 1
            seen.add((source.key, found.record))
            _write(item, found, position, scope)
    disposed = set(session.scalars(sa.select(Meeting.id).where(Meeting.id.in_({each.meeting_id for each in there.values() if each.meeting_id}), Meeting.disposed_at.is_not(None))))
    for key, item in there.items():
        if key not in seen:
            item.standing, item.position = GONE, position + 1
        elif item.meeting_id in disposed and item.kind != "disposal":
            item.standing = GONE  # its words are gone, by a decision that is on record
    request.gathered_at = utcnow()
    session.flush()
    holding.hold(request, by)
    return new


def _write(item: Item, found: Found, position: int, scope: Scope) -> None:
    item.position, item.number, item.dated_on, item.count, item.direct = position, found.number[:80], found.on, found.count, found.direct or item.direct or False
    item.place, item.standing, item.case_id, item.meeting_id = found.place, found.standing, found.case_id, found.meeting_id
    item.keeper = scope.keeper(found.case_id)
