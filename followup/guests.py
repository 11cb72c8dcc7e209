"""Who of a meeting holds a role but has no account, and the personal link each of them was given."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from agencies.models import Member
from core.database import session
from links.models import Link


class Guest(NamedTuple):
    """Somebody without an account, how many roles they hold, and the last link they were given. With no role left (they said that
    it is difficult) they stand here only while a link of theirs opens something."""

    member: Member
    roles: int
    link: Link | None


def guests(meeting, hearings) -> list[Guest]:
    """Everybody without an account who holds roles at these tables, and who held one and has a link that opens."""
    held: dict[Member, int] = {}
    for action in (each for hearing in hearings for each in hearing.actions if not each.removed_at and each.agency_id):
        holder = action.member or _alone(action)
        if holder is not None and holder.user_id is None:
            held[holder] = held.get(holder, 0) + action.held
    links = _last(meeting) if held else {}
    found = [Guest(member, count, links.get(member.id)) for member, count in held.items()]
    return [each for each in found if each.roles or (each.link and not each.link.ending)]


def _alone(action):
    """Who sat for the agency of a role that names nobody, if it was one person."""
    there = [seat.member for seat in action.hearing.seats if seat.member.agency_id == action.agency_id]
    return there[0] if len(there) == 1 else None


def _last(meeting) -> dict[int, Link]:
    newest = sa.select(Link).where(Link.meeting_id == meeting.id).options(orm.joinedload(Link.issued_by)).order_by(Link.id)
    return {each.member_id: each for each in session.scalars(newest)}
