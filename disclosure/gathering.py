"""Bringing together what exists about the subjects of a request. What is there already keeps what was said of it."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session, utcnow
from disclosure import holding
from disclosure.models import DisclosureRequest, Item, Subject
from disclosure.scope import GONE, Found, Scope
from disclosure.sources import SOURCES
from meetings.models import Meeting


def gather(request: DisclosureRequest, by) -> int:
    """Write down every record there is today, and hold it from disposal; give how many are new. What is gone since stays
    in the list, marked as gone."""
    new = _look(request)
    holding.hold(request, by)
    return new


def take_off(request: DisclosureRequest, subject: Subject, by) -> None:
    """Somebody is not meant after all: what exists about them alone leaves the list and is held no longer; of all else, what was
    said of it stays."""
    gone = {each for each in request.items if each.standing == GONE}
    request.subjects.remove(subject)
    for each in request.items:
        each.direct = False  # said anew, of whom is still meant
    session.flush()
    holding.release(request, by)
    _look(request)
    for each in [each for each in request.items if each.standing == GONE and each not in gone]:
        request.items.remove(each)
    session.flush()
    holding.hold(request, by)


def _look(request: DisclosureRequest) -> int:
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
    return new


def _write(item: Item, found: Found, position: int, scope: Scope) -> None:
    item.position, item.number, item.dated_on, item.count, item.direct = position, found.number[:80], found.on, found.count, found.direct or item.direct or False
    item.place, item.standing, item.case_id, item.meeting_id = found.place, found.standing, found.case_id, found.meeting_id
    item.keeper = scope.keeper(found.case_id)
