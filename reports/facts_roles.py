"""役割: how many, whose, done in time or not, and those nobody took."""

from __future__ import annotations

import sqlalchemy as sa

from actions.models import ActionItem
from actions.progress import ProgressStep
from actions.standing import running, seeking
from actions.words import Progress
from core.languages import later
from meetings.models import Meeting
from meetings.table import Hearing
from reports.facts_meetings import held, held_on
from reports.figure import Breakdown, Group, Measure, Unit, figure
from reports.naming import agencies, number
from reports.span import Span
from reports.sql import local_day, within

GONE_ON = (Progress.CARRIED,)  # counted where it goes on


def roles(span: Span, *more) -> sa.Select:
    """Roles of meetings, by the day of the meeting; one that goes on as a later role is counted there."""
    return (_of_meetings(held_on().label("at"), *more).where(within(span, held_on())))


def due(span: Span) -> sa.Select:
    """Roles somebody holds whose day has passed, by that day, with 1 for those done by then."""
    done = (sa.select(sa.func.max(ProgressStep.at)).where(ProgressStep.action_id == ActionItem.id, ProgressStep.state == Progress.DONE)
            .correlate(ActionItem).scalar_subquery())
    in_time = sa.and_(ActionItem.state == Progress.DONE, local_day(done) <= ActionItem.due_on)
    return _of_meetings(ActionItem.due_on.label("at"), sa.case((in_time, 1), else_=0).label("value")).where(
        within(span, ActionItem.due_on), ActionItem.due_on < span.today, ActionItem.state != Progress.DROPPED, ~seeking())


def unassigned(span: Span) -> sa.Select:
    """Roles without a taker, as things stand today, by the day of their meeting."""
    return roles(span).where(seeking(), running())


def whose():
    """Whose a role is, for a breakdown: an agency, or nobody's."""
    return sa.case((seeking(), None), else_=number(ActionItem.agency_id)).label("part")


def _of_meetings(at, *more) -> sa.Select:
    return (sa.select(at, ActionItem.id.label("unit"), ActionItem.id.label("row"), *more).join(Hearing, Hearing.id == ActionItem.hearing_id)
            .join(Meeting, Meeting.id == Hearing.meeting_id).where(*held(), ActionItem.removed_at.is_(None), ActionItem.state.not_in(GONE_ON)))


figure("roles", Group.ROLES, later("Roles"), later("Roles on the table of a meeting when it closed, by the day of the meeting. One taken up again in a later meeting counts there."), roles, "action",
       charted=True, unit=Unit.CASE, breakdowns=(
           Breakdown("agency", later("By agency, in the order of the roster"), lambda span: roles(span, whose()), agencies, households=False, nobody=later("Unassigned")),))
figure("roles_in_time", Group.ROLES, later("Roles done in time"),
       later("Of the roles somebody holds whose day has passed (by that day), the share reported as done by then. Those not needed any more and those that go on as later roles are left out."),
       due, "action", unit=Unit.PERCENT, measure=Measure.SHARE)
figure("roles_unassigned", Group.ROLES, later("Roles still without a taker"),
       later("Roles that nobody holds as of today, by the day of the meeting they come from."), unassigned, "action")
