"""Roles that wait for somebody who has not acknowledged the ground rules of their meeting: until then they see none of them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from actions.models import ActionItem
from actions.standing import after_meeting, answered
from agencies.models import Member
from core.access import visible
from core.database import session
from ground_rules.models import Acknowledgement
from meetings.models import Meeting
from meetings.rights import seated
from meetings.table import Hearing

SHOWN = 10


def behind_the_rules(person) -> list[Meeting]:
    """Meetings that have closed, not final yet, at which roles wait for the person behind the rules."""
    hearings = sa.and_(Hearing.id.in_(seated(person)), Hearing.id.not_in(visible(person, "hearing").with_only_columns(Hearing.id)))
    mine = sa.select(Hearing.meeting_id).join(ActionItem).where(hearings, _held_by(person), ActionItem.removed_at.is_(None), after_meeting(), ~answered())
    read = sa.exists().where(Acknowledgement.meeting_id == Meeting.id, Acknowledgement.edition_id == Meeting.edition_id,
                             Acknowledgement.member_id.in_(_members(person).with_only_columns(Member.id)))
    found = session.scalars(sa.select(Meeting).where(Meeting.id.in_(mine), ~read).order_by(Meeting.starts_at.desc())
                            .options(orm.selectinload(Meeting.minutes_versions)).limit(SHOWN))
    return [each for each in found if each.final is None]


def _held_by(person):
    """Condition on ActionItem: the person's by name, or their agency's without one."""
    members = _members(person)
    return sa.or_(ActionItem.member_id.in_(members.with_only_columns(Member.id)),
                  sa.and_(ActionItem.member_id.is_(None), ActionItem.agency_id.in_(members.with_only_columns(Member.agency_id))))


def _members(person):
    return sa.select(Member).where(Member.user_id == person.id, Member.active.is_(True))
