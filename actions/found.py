"""What is found of a role: its words, whoever holds it, and the meeting and case it comes from."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from actions.models import ActionItem
from agencies.models import Agency, Member
from cases.models import Case
from core.search import found
from meetings.table import Hearing


def _of_agency(agency: Agency) -> sa.Select:
    return sa.select(ActionItem.id).where(ActionItem.agency_id == agency.id)


def _of_member(member: Member) -> sa.Select:
    return sa.select(ActionItem.id).where(ActionItem.member_id == member.id)


@found("action", ActionItem, parts={Agency: _of_agency, Member: _of_member}, options=(
    orm.selectinload(ActionItem.hearing).options(orm.joinedload(Hearing.case).lazyload(Case.people), orm.lazyload(Hearing.lead_agency)),
    orm.lazyload(ActionItem.confirmations), orm.lazyload(ActionItem.escalation_agency), orm.lazyload(ActionItem.escalation_member)))
def _texts(action: ActionItem):
    hearing = action.hearing
    yield from (action.what, action.who, hearing.meeting.name, hearing.meeting.reference)
    if hearing.case:
        yield hearing.case.number
