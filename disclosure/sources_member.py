"""Records about somebody of the roster: whoever sits at tables may ask what is kept about them, too."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from agencies.models import Member
from core.database import session
from councils.models import CouncilMember
from disclosure.scope import Found, Scope
from ground_rules.models import Acknowledgement
from ground_rules.proxies import ProxyAcknowledgement
from links.models import Link
from meetings.held import HeldEntry
from meetings.pledges import Pledge
from meetings.table import Seat
from notices.models import Notice
from preparation.dates import DateReply
from preparation.series_entries import SeriesEntry


def members(scope: Scope) -> Iterator[Found]:
    for each in session.execute(sa.select(Member.id, Member.since).where(Member.id.in_(scope.members)).order_by(Member.id)):
        yield Found(f"member/{each.id}", on=each.since, direct=True)


def seats(scope: Scope) -> Iterator[Found]:
    yield from _counted(scope, Seat, Acknowledgement, ProxyAcknowledgement, Pledge)


def calendars(scope: Scope) -> Iterator[Found]:
    yield from _counted(scope, DateReply, HeldEntry, SeriesEntry)


def notices(scope: Scope) -> Iterator[Found]:
    yield from _counted(scope, Notice, Link)


def councils(scope: Scope) -> Iterator[Found]:
    yield from _counted(scope, CouncilMember)


def _counted(scope: Scope, *tables) -> Iterator[Found]:
    """How many records of these kinds there are of each person: they are many, and alike."""
    for member_id in sorted(scope.members):
        many = sum(session.scalar(sa.select(sa.func.count()).where(table.member_id == member_id)) for table in tables)
        if many:
            yield Found(f"member/{member_id}", direct=True, count=many)
