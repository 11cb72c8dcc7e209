"""How the meetings are run: minutes final, and a minute asked of those who sat there.

Of the reflection nothing is counted here that an answer could change: for how many meetings it was asked follows from who was there.
How many answered, or which meetings came to a result, is told nowhere (reflection/__init__.py); the trend stands on the page as
reflection/rules.py gives it.
"""

from __future__ import annotations

import sqlalchemy as sa

from core.languages import later
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing, Seat, SeatRole
from reflection.rights import SAT
from reports.facts_meetings import held, held_on, meetings
from reports.figure import Group, Measure, Unit, figure
from reports.span import Span
from reports.sql import days_between, local_day, within


def final(span: Span) -> sa.Select:
    """Minutes by the day they first became final."""
    return sa.select(MinutesVersion.finalised_at.label("at"), MinutesVersion.id.label("unit"), MinutesVersion.meeting_id.label("row")).where(
        MinutesVersion.number == 1, within(span, MinutesVersion.finalised_at))


def days_to_final(span: Span) -> sa.Select:
    """Meetings whose minutes became final, with the days it took."""
    days = days_between(local_day(held_on()), local_day(MinutesVersion.finalised_at))
    return (sa.select(held_on().label("at"), Meeting.id.label("unit"), Meeting.id.label("row"), days.label("value"))
            .join(MinutesVersion, sa.and_(MinutesVersion.meeting_id == Meeting.id, MinutesVersion.number == 1)).where(*held(), within(span, held_on())))


def asked(span: Span) -> sa.Select:
    """Meetings at which somebody sat who was asked for their minute afterwards: anybody there but the facilitator."""
    there = sa.exists().where(Hearing.meeting_id == Meeting.id, Seat.hearing_id == Hearing.id, Seat.attendance.in_(SAT), Seat.role != SeatRole.FACILITATOR).correlate(Meeting)
    return meetings()(span).where(there)


figure("minutes_final", Group.OFFICE, later("Minutes made final"), later("Minutes by the day they became final for the first time."), final, "meeting", unit=Unit.MEETING, charted=True, people=False)
figure("days_to_final", Group.OFFICE, later("Days to final minutes (average)"),
       later("Days from the meeting to its first final minutes, by the day of the meeting; meetings whose minutes are not final yet are left out."), days_to_final, "meeting",
       unit=Unit.DAY, measure=Measure.AVERAGE)
figure("reflections_asked", Group.OFFICE, later("Meetings followed by a reflection"),
       later("Meetings after which those who sat there, but for the facilitator, were asked for their minute of reflection. How many answered is counted nowhere; what the answers came to stands in the trend of the reflections."), asked, "meeting",
       unit=Unit.MEETING, people=False)
