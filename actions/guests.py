"""Which roles somebody behind a personal link may see and answer: their own of that one meeting, and no other."""

from __future__ import annotations

from flask import abort
import sqlalchemy as sa
from sqlalchemy import orm

from actions.models import ActionItem
from actions.requests import ChangeRequest
from agencies.models import Member
from core.database import session
from links.models import Link
from meetings.table import Hearing, Seat


def own(link: Link) -> list[ActionItem]:
    """The guest's roles, those due first before the others."""
    order = ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id
    return list(session.scalars(_of(link).options(orm.joinedload(ActionItem.hearing)).order_by(*order)).unique())


def own_one(link: Link, action_id: int) -> ActionItem:
    """One of them; 404 for any other role, existing or not."""
    found = session.scalars(_of(link).where(ActionItem.id == action_id)).unique().first() if 0 < action_id < 2**31 else None
    return found or abort(404)


def _of(link: Link) -> sa.Select:
    """Given to them; or to their agency without naming anybody, where they alone sat for it."""
    there = sa.select(Seat.id).join(Member, Member.id == Seat.member_id).where(
        Seat.hearing_id == ActionItem.hearing_id, Member.agency_id == link.member.agency_id).correlate(ActionItem)
    alone = sa.and_(there.where(Seat.member_id == link.member_id).exists(), ~there.where(Seat.member_id != link.member_id).exists())
    mine = sa.or_(ActionItem.member_id == link.member_id,
                  sa.and_(ActionItem.member_id.is_(None), ActionItem.agency_id == link.member.agency_id, alone))
    return sa.select(ActionItem).join(Hearing, Hearing.id == ActionItem.hearing_id).where(
        Hearing.meeting_id == link.meeting_id, ActionItem.removed_at.is_(None), mine)


def own_wish(link: Link, wish_id: int) -> ChangeRequest:
    """A wish of the guest for one of their roles, or what was proposed to them instead; 404 for any other."""
    found = session.get(ChangeRequest, wish_id) if 0 < wish_id < 2**31 else None
    return found if found and own_one(link, found.action_id) else abort(404)
