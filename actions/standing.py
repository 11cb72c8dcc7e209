"""How a role stands, asked of the database: what `Taking` and `Progress` say of one role in memory, for lists of thousands."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from accounts.models import User
from actions.confirmations import Confirmation
from actions.models import ActionItem
from actions.requests import ChangeRequest
from actions.words import Answer, Progress
from agencies.models import Member
from meetings.models import Meeting
from meetings.table import Hearing

OVER = tuple(each for each in Progress if each.over)


def after_meeting():
    """Condition on ActionItem: its meeting was held and has closed."""
    return sa.exists().where(Hearing.id == ActionItem.hearing_id, Meeting.id == Hearing.meeting_id, Meeting.closed_at.is_not(None),
                             Meeting.cancelled_at.is_(None), Meeting.disposed_at.is_(None)).correlate(ActionItem)


def running():
    """Condition: something is left to do (neither done nor dropped)."""
    return ActionItem.state.not_in(OVER)


def overdue(today: date):
    """Condition: left to do, and its day has passed."""
    return sa.and_(running(), ActionItem.due_on < today)


def answered(*answers: Answer):
    """Condition: the last answer was given to the words that stand now (and is one of these)."""
    last = sa.select(sa.func.max(Confirmation.id)).where(Confirmation.action_id == ActionItem.id).correlate(ActionItem).scalar_subquery()
    now = sa.exists().where(Confirmation.id == last, Confirmation.fingerprint == ActionItem.stands).correlate(ActionItem)
    return now.where(Confirmation.answer.in_(answers)) if answers else now


def seeking():
    """Condition: a taker is looked for (未割当): nobody has it, or who was asked said that it is difficult."""
    return sa.or_(ActionItem.agency_id.is_(None), answered(Answer.HARD))


def unconfirmed():
    """Condition: somebody has it and has not answered in its present words."""
    return sa.and_(ActionItem.agency_id.is_not(None), ~answered())


def wished():
    """Condition: its holder asked for other words or another day, and nobody has answered that."""
    return sa.exists().where(ChangeRequest.action_id == ActionItem.id, ChangeRequest.reception.is_(None),
                             ChangeRequest.fingerprint == ActionItem.stands).correlate(ActionItem)


def unsettled():
    """Condition: it hangs on a condition, or on an answer that was promised."""
    return sa.and_(ActionItem.agency_id.is_not(None), answered(Answer.CONDITION, Answer.BRING_BACK))


def absent():
    """Condition: who holds it by name is gone, off the roster or without their account (担当者不在)."""
    gone = sa.select(Member.id).outerjoin(User, User.id == Member.user_id).where(
        Member.id == ActionItem.member_id, sa.or_(Member.active.is_(False), User.active.is_(False))).correlate(ActionItem)
    return sa.and_(running(), gone.exists())
