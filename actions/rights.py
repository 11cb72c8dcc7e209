"""Which action items a person may see, write and answer: those of the cases they sit for; answering, only their own."""

from __future__ import annotations

import sqlalchemy as sa

from actions.models import ActionItem
from agencies.models import Member
from core.access import finder, visible
from meetings.table import Hearing


def _of(person, act):
    # each role asks for its own hearing: a coordinator's hearings are thousands
    seen = visible(person, "hearing", act).with_only_columns(Hearing.id).where(Hearing.id == ActionItem.hearing_id).correlate(ActionItem)
    return sa.select(ActionItem).where(seen.exists(), ActionItem.removed_at.is_(None))


@finder("action")
def _action(person):
    return _of(person, "see")


@finder("action", "write")
def _action_write(person):
    return _of(person, "write")


@finder("action", "own")
def _action_own(person):
    """My own: given to me, or to my agency without naming anybody."""
    me = sa.select(Member.id).where(Member.user_id == person.id, Member.active.is_(True))
    mine = sa.select(Member.agency_id).where(Member.user_id == person.id, Member.active.is_(True))
    return _of(person, "see").where(sa.or_(
        ActionItem.member_id.in_(me), sa.and_(ActionItem.member_id.is_(None), ActionItem.agency_id.in_(mine))))


@finder("action", "answer")
def _action_answer(person):
    """My own; and, for the team of the case, what somebody without an account has said on paper or by telephone."""
    without = sa.select(Member.id).where(Member.user_id.is_(None))
    heard = _of(person, "run").where(ActionItem.member_id.in_(without)).with_only_columns(ActionItem.id)
    own = _action_own(person).with_only_columns(ActionItem.id)
    return sa.select(ActionItem).where(sa.or_(ActionItem.id.in_(own), ActionItem.id.in_(heard)))
