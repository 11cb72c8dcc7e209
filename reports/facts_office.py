"""Ideas for resources, and how the meetings are run: rules acknowledged, minutes final."""

from __future__ import annotations

import sqlalchemy as sa

from core.languages import later
from ground_rules.models import Acknowledgement
from ground_rules.proxies import ProxyAcknowledgement
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Attendance, Hearing, Seat
from reports.facts_meetings import HERE, held, held_on
from reports.figure import Breakdown, Group, Measure, Unit, figure
from reports.naming import raw, words
from reports.span import Span
from reports.sql import days_between, local_day, within
from resources.models import IdeaState, ResourceIdea, ResourceKind


def ideas(span: Span, *more) -> sa.Select:
    """Ideas on the table of a meeting."""
    return (sa.select(held_on().label("at"), ResourceIdea.id.label("unit"), Meeting.id.label("row"), *more).join(Hearing, Hearing.id == ResourceIdea.hearing_id)
            .join(Meeting, Meeting.id == Hearing.meeting_id).where(*held(), ResourceIdea.removed_at.is_(None), within(span, held_on())))


def acknowledged(span: Span) -> sa.Select:
    """Those who were there, once for each meeting, with 1 for those who had acknowledged the rules it goes by."""
    theirs = sa.exists().where(Acknowledgement.meeting_id == Meeting.id, Acknowledgement.member_id == Seat.member_id,
                               Acknowledgement.edition_id == Meeting.edition_id).correlate(Meeting, Seat)
    by_proxy = sa.exists().where(ProxyAcknowledgement.meeting_id == Meeting.id, ProxyAcknowledgement.member_id == Seat.member_id, ProxyAcknowledgement.name == Seat.proxy_name,
                                 ProxyAcknowledgement.edition_id == Meeting.edition_id).correlate(Meeting, Seat)
    done = sa.or_(sa.and_(Seat.attendance == Attendance.PROXY, by_proxy), sa.and_(Seat.attendance != Attendance.PROXY, theirs))  # of who was there, as in the minutes
    return (sa.select(held_on().label("at"), Seat.member_id.label("unit"), Meeting.id.label("row"), sa.case((done, 1), else_=0).label("value"))
            .join(Hearing, Hearing.meeting_id == Meeting.id).join(Seat, Seat.hearing_id == Hearing.id)
            .where(*held(), Seat.attendance.in_(HERE), within(span, held_on())).distinct())


def final(span: Span) -> sa.Select:
    """Minutes by the day they first became final."""
    return sa.select(MinutesVersion.finalised_at.label("at"), MinutesVersion.id.label("unit"), MinutesVersion.meeting_id.label("row")).where(
        MinutesVersion.number == 1, within(span, MinutesVersion.finalised_at))


def days_to_final(span: Span) -> sa.Select:
    """Meetings whose minutes became final, with the days it took."""
    days = days_between(local_day(held_on()), local_day(MinutesVersion.finalised_at))
    return (sa.select(held_on().label("at"), Meeting.id.label("unit"), Meeting.id.label("row"), days.label("value"))
            .join(MinutesVersion, sa.and_(MinutesVersion.meeting_id == Meeting.id, MinutesVersion.number == 1)).where(*held(), within(span, held_on())))


figure("ideas", Group.RESOURCES, later("Ideas"), later("Ideas on the table of a meeting, by the day of the meeting."), ideas, "meeting", charted=True, breakdowns=(
    Breakdown("state", later("By where they stand today"), lambda span: ideas(span, raw(ResourceIdea.state).label("part")), words(IdeaState), households=False),
    Breakdown("kind", later("By kind of resource"), lambda span: ideas(span, raw(ResourceIdea.kind).label("part")), words(ResourceKind), households=False)))
figure("ideas_real", Group.RESOURCES, later("Ideas made real"), later("Ideas of the meetings of that month that are real today."),
       lambda span: ideas(span).where(ResourceIdea.state == IdeaState.REAL), "meeting")
figure("rules_acknowledged", Group.OFFICE, later("Ground rules acknowledged"),
       later("Of those who attended (once for each meeting), the share that had acknowledged the rules of that meeting; for whoever came in somebody's place, their own acknowledgement counts."), acknowledged, "meeting",
       unit=Unit.PERCENT, measure=Measure.SHARE)
figure("minutes_final", Group.OFFICE, later("Minutes made final"), later("Minutes by the day they became final for the first time."), final, "meeting", unit=Unit.MEETING, charted=True)
figure("days_to_final", Group.OFFICE, later("Days to final minutes (average)"),
       later("Days from the meeting to its first final minutes, by the day of the meeting; meetings whose minutes are not final yet are left out."), days_to_final, "meeting",
       unit=Unit.DAY, measure=Measure.AVERAGE)
