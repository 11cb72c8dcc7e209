"""How roles lie between agencies: in one case, and in all of them together (a number only, never which)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from actions import rules
from actions.confirmations import Confirmation
from actions.models import ActionItem, Answer, Nature
from agencies.models import Agency, agency_domain
from cases.flow import Stage
from cases.models import Case
from core import clock
from core.database import session
from meetings.models import Meeting
from meetings.table import Hearing

OVER = (Stage.CLOSED, Stage.ACCOMPANIED)


class Load(NamedTuple):
    """What one agency carries: of this case, and of all that run."""

    agency: Agency
    here: int
    everywhere: int


class Balance(NamedTuple):
    loads: list[Load]
    most: int  # the longest bar
    roles: int
    seeking: int
    heavy: Agency | None  # holds more than half
    direct: list[ActionItem]  # roles by which the coordinating body supports directly
    unmarked: list[ActionItem]  # roles of the coordinating body of which nobody said what kind they are


def of(hearing) -> Balance:
    """The balance of a case's table as it stands."""
    roles = [each for each in hearing.actions if not each.removed_at]
    held = [each for each in roles if each.held]
    here, agencies = Counter(each.agency_id for each in held), {each.agency_id: each.agency for each in held}
    everywhere, managing = running(agencies), coordinating(agencies)
    loads = [Load(agencies[each], count, max(count, everywhere.get(each, 0))) for each, count in here.most_common()]
    managed = [each for each in held if each.agency_id in managing]
    return Balance(loads, max((each.everywhere for each in loads), default=0), len(roles), len(roles) - len(held),
                   agencies.get(rules.heavy(here, len(roles))), [each for each in managed if each.nature == Nature.DIRECT],
                   [each for each in managed if each.nature is None])


def coordinating(ids: Iterable[int]) -> set[int]:
    """Which of these agencies are the coordinating body (多機関協働事業者): marked so, or listed in that field."""
    listed = sa.select(agency_domain.c.agency_id).where(agency_domain.c.domain_code == "COO")
    return set(session.scalars(sa.select(Agency.id).where(Agency.id.in_(list(ids)), sa.or_(Agency.coordinating.is_(True), Agency.id.in_(listed)))))


def running(ids: Iterable[int]) -> dict[int, int]:
    """How many roles each of these agencies holds in all cases that run: not over by their day, not found difficult."""
    last = sa.select(sa.func.max(Confirmation.id)).where(Confirmation.action_id == ActionItem.id).correlate(ActionItem).scalar_subquery()
    declined = sa.exists().where(Confirmation.id == last, Confirmation.answer == Answer.HARD, Confirmation.agency_id == ActionItem.agency_id,
                                 Confirmation.member_id.is_not_distinct_from(ActionItem.member_id)).correlate(ActionItem)
    over = sa.func.coalesce(ActionItem.until_on, ActionItem.due_on) < clock.today()
    query = (sa.select(ActionItem.agency_id, sa.func.count()).join(Hearing, Hearing.id == ActionItem.hearing_id)
             .join(Meeting, Meeting.id == Hearing.meeting_id).outerjoin(Case, Case.id == Hearing.case_id)
             .where(ActionItem.agency_id.in_(list(ids)), ActionItem.removed_at.is_(None), Meeting.cancelled_at.is_(None),
                    sa.or_(Case.id.is_(None), Case.stage.not_in(OVER)), sa.func.coalesce(over, sa.false()).is_(False), ~declined)
             .group_by(ActionItem.agency_id))
    return dict(tuple(row) for row in session.execute(query))
