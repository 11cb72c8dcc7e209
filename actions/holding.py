"""Who acts for a role today: whoever holds it, their deputy while they are away, their agency when they are gone."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from agencies.absences import Absence
from agencies.models import Member
from core.database import session
from meetings.table import Seat


def people_of(action, on: date | None = None) -> list[Member]:
    """Who acts for a role on a day (today). Nobody where its holder is gone and no colleague of theirs sat for the case:
    then it is the coordinators' to name somebody."""
    if action.agency_id is None:
        return []
    if action.member is None or gone(action.member):
        return colleagues(action)
    away = Absence.of(action.member, on)
    return [away.deputy] if away and not gone(away.deputy) else [action.member]


def gone(member: Member) -> bool:
    """Whether somebody acts no longer: off the roster, or their account is out of use."""
    return member.gone


def colleagues(action) -> list[Member]:
    """The people of the agency who sat for the case and are still there."""
    query = sa.select(Member).join(Seat, Seat.member_id == Member.id).where(
        Seat.hearing_id == action.hearing_id, Member.agency_id == action.agency_id, Member.active.is_(True)).order_by(Member.id)
    return [each for each in session.scalars(query).unique() if not gone(each)]


def acts_for(member: Member | None, user) -> bool:
    """Whether this person speaks for that one today: as the deputy while they are away, or for a colleague who is gone."""
    if member is None or member.user_id == user.id or user.member is None:
        return False
    if gone(member):
        return user.member.agency_id == member.agency_id
    away = Absence.of(member)
    return away is not None and away.deputy_id == user.member.id


def left_alone(action) -> bool:
    """Whether the person who holds it (or looks for a taker) is gone: 担当者不在, until somebody is named."""
    member = action.member if action.held else action.escalation_member
    return not action.state.over and member is not None and gone(member)
