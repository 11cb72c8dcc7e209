"""Which action items a person may see, write and answer: those of the cases they sit for; answering, only their own."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from actions.models import ActionItem
from actions.requests import ChangeRequest
from agencies.models import Member
from core.access import finder, visible
from meetings.table import Hearing


def _of(person, act):
    return _ever_of(person, act).where(ActionItem.removed_at.is_(None))


def _ever_of(person, act):
    """Also those taken off the table since."""
    # each role asks for its own hearing: a coordinator's hearings are thousands
    seen = visible(person, "hearing", act).with_only_columns(Hearing.id).where(Hearing.id == ActionItem.hearing_id).correlate(ActionItem)
    return sa.select(ActionItem).where(seen.exists())


@finder("action")
def _action(person):
    return _of(person, "see")


@finder("action", "write")
def _action_write(person):
    return _of(person, "write")


@finder("action", "run")
def _action_run(person):
    """All roles of the cases (and of the meetings without a case) I run."""
    return _of(person, "run")


@finder("action", "agency")
def _action_agency(person):
    """My agency's, whoever of us holds them, at the tables I may see."""
    return _of(person, "see").where(ActionItem.agency_id.in_(_agency(person)))


@finder("action", "count")
def _action_count(person):
    """What the figures count for me, of today and of the weeks before: of the cases I run; else of my own agency."""
    if Role.COORDINATOR in person.roles:
        return _ever_of(person, "run")
    else:
        return _ever_of(person, "see").where(ActionItem.agency_id.in_(_agency(person)))


@finder("action", "own")
def _action_own(person):
    """My own: given to me, or to my agency without naming anybody."""
    me = sa.select(Member.id).where(Member.user_id == person.id, Member.active.is_(True))
    return _of(person, "see").where(sa.or_(
        ActionItem.member_id.in_(me), sa.and_(ActionItem.member_id.is_(None), ActionItem.agency_id.in_(_agency(person)))))


@finder("action", "answer")
def _action_answer(person):
    """My own; and, for the team of the case, what somebody without an account has said on paper or by telephone."""
    without = sa.select(Member.id).where(Member.user_id.is_(None))
    heard = _of(person, "run").where(ActionItem.member_id.in_(without)).with_only_columns(ActionItem.id)
    own = _action_own(person).with_only_columns(ActionItem.id)
    return sa.select(ActionItem).where(sa.or_(ActionItem.id.in_(own), ActionItem.id.in_(heard)))


@finder("change", "own")
def _change_own(person):
    """Wishes for roles that the person may answer (their own; heard for somebody without an account)."""
    answers = _action_answer(person).with_only_columns(ActionItem.id)
    return sa.select(ChangeRequest).where(ChangeRequest.action_id.in_(answers))


@finder("change", "run")
def _change_run(person):
    """Wishes that whoever runs the case answers."""
    asked = _of(person, "run").where(ActionItem.id == ChangeRequest.action_id).correlate(ChangeRequest)
    return sa.select(ChangeRequest).where(asked.exists())


def _agency(person):
    """Id of the agency this person belongs to."""
    return sa.select(Member.agency_id).where(Member.user_id == person.id, Member.active.is_(True))
