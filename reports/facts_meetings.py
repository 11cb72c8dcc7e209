"""会議: how often, for how many cases (延べ, 実), with how many people and agencies, and how long."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Member
from core.languages import later
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from meetings.table import Attendance, Hearing, Seat
from reports.figure import Breakdown, Group, Measure, Unit, figure
from reports.naming import raw, words
from reports.span import Span
from reports.sql import minutes_between, within

HERE = tuple(each for each in Attendance if each.here)


def held_on(meeting=Meeting):
    """The instant a meeting is dated by, as in the register of minutes: what people wrote down, else when it was opened."""
    return sa.func.coalesce(meeting.held_from, meeting.opened_at, meeting.starts_at)


def held(kind: Kind | None = None, meeting=Meeting) -> tuple:
    """Conditions: a meeting (of a kind) was opened and closed, and not called off. Records disposed of since are meetings, too."""
    done = meeting.closed_at.is_not(None), meeting.cancelled_at.is_(None)
    return done if kind is None else (*done, meeting.kind == kind)


def meetings(kind: Kind | None = None, *more):
    """Facts of the meetings of a kind."""
    return lambda span: sa.select(held_on().label("at"), Meeting.id.label("unit"), Meeting.id.label("row"), *more).where(*held(kind), within(span, held_on()))


def hearings(kind: Kind, unit):
    """Facts of the cases heard in meetings of a kind, each hearing or each case once."""
    return lambda span: (sa.select(held_on().label("at"), unit.label("unit"), Meeting.id.label("row")).join(Hearing, Hearing.meeting_id == Meeting.id)
                         .where(*held(kind), Hearing.case_id.is_not(None), within(span, held_on())))


def attended(kind: Kind | None, who):
    """Facts of those who were there: `who` is a column of the member; one at several tables of a meeting counts once."""
    unit = sa.cast(Meeting.id, sa.BigInteger) * 10_000_000 + who
    return lambda span: (sa.select(held_on().label("at"), unit.label("unit"), Meeting.id.label("row"))
                         .join(Hearing, Hearing.meeting_id == Meeting.id).join(Seat, Seat.hearing_id == Hearing.id).join(Member, Member.id == Seat.member_id)
                         .where(*held(kind), Seat.attendance.in_(HERE), within(span, held_on())))


def lasted(span: Span) -> sa.Select:
    """Meetings with their length in minutes."""
    length = minutes_between(held_on(), sa.func.coalesce(Meeting.held_to, Meeting.closed_at))
    return meetings(None, length.label("value"))(span)


def _by_mode(kind: Kind) -> Breakdown:
    return Breakdown("mode", later("In person or online"), meetings(kind, raw(Meeting.mode).label("part")), words(Mode), households=False)


HELD = later("Meetings of this kind that were opened and closed, by their day.")
OF_THEIR_KIND = (  # the two kinds that hear cases are counted alike
    (Kind.JUSO, later("Plan review meetings: held"), later("Plan review meetings: cases heard"), later("Plan review meetings: different cases"),
     later("Plan review meetings: people attending"), later("Plan review meetings: agencies attending")),
    (Kind.SHIEN, later("Statutory support meetings: held"), later("Statutory support meetings: cases heard"),
     later("Statutory support meetings: different cases"), later("Statutory support meetings: people attending"),
     later("Statutory support meetings: agencies attending")),
)
for kind, often, heard, different, people, there in OF_THEIR_KIND:
    figure(f"{kind.value}_held", Group.MEETINGS, often, HELD, meetings(kind), "meeting", unit=Unit.MEETING, charted=True, people=False, breakdowns=(_by_mode(kind),))
    figure(f"{kind.value}_hearings", Group.MEETINGS, heard, later("Cases heard, once for each meeting that heard them."), hearings(kind, Hearing.id), "meeting")
    figure(f"{kind.value}_cases", Group.MEETINGS, different, later("Cases heard, each once a month; for the year once a year, so the months add up to more."),
           hearings(kind, Hearing.case_id), "meeting", measure=Measure.ONCE_A_YEAR)
    figure(f"{kind.value}_people", Group.MEETINGS, people,
           later("Those noted as present, online or by proxy, once for each meeting; who answered in writing only is not counted."),
           attended(kind, Seat.member_id), "meeting", unit=Unit.PERSON)
    figure(f"{kind.value}_agencies", Group.MEETINGS, there, later("Agencies with somebody there, once for each meeting."),
           attended(kind, Member.agency_id), "meeting", unit=Unit.AGENCY)
figure("premeetings_held", Group.MEETINGS, later("Pre-meetings: held"), HELD, meetings(Kind.PREMEETING), "meeting", unit=Unit.MEETING, people=False)
figure("general_held", Group.MEETINGS, later("General meetings without a case: held"), HELD,
       meetings(Kind.GENERAL), "meeting", unit=Unit.MEETING, people=False)
figure("meeting_minutes", Group.MEETINGS, later("Length of a meeting (average)"),
       later("Minutes from beginning to end as noted for the minutes, else from opening to closing; meetings of every kind."), lasted, "meeting",
       unit=Unit.MINUTE, measure=Measure.AVERAGE)
