"""検討委員会 and other councils: their sessions, and how many of their members came."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session
from core.languages import later
from councils.models import Council, CouncilMember
from councils.posts import Post
from councils.sessions import CouncilSession
from meetings.models import Meeting, Mode
from meetings.table import Hearing, Seat
from reports.facts_meetings import HERE, held, held_on
from reports.figure import Breakdown, Group, Measure, Unit, figure
from reports.naming import number, raw, words
from reports.span import Span
from reports.sql import local_day, within

COUNTED = tuple(each for each in Post if each.counted)


def sessions(span: Span, *more) -> sa.Select:
    """Sessions that were held."""
    return (sa.select(held_on().label("at"), Meeting.id.label("unit"), Meeting.id.label("row"), *more).join(CouncilSession, CouncilSession.meeting_id == Meeting.id)
            .where(*held(), within(span, held_on())))


def expected(span: Span, *more) -> sa.Select:
    """The members (not the observers) of each session's day, once for each session."""
    day = local_day(Meeting.starts_at)
    member = sa.and_(CouncilMember.council_id == CouncilSession.council_id, CouncilMember.post.in_(COUNTED), CouncilMember.since <= day,
                     sa.or_(CouncilMember.until.is_(None), CouncilMember.until >= day))
    unit = sa.cast(Meeting.id, sa.BigInteger) * 10_000_000 + CouncilMember.member_id
    return (sa.select(held_on().label("at"), unit.label("unit"), Meeting.id.label("row"), *more).join(CouncilSession, CouncilSession.meeting_id == Meeting.id)
            .join(CouncilMember, member).where(*held(), within(span, held_on())))


def came():
    """Condition: the member was there, online or by proxy."""
    return sa.exists().where(Hearing.meeting_id == Meeting.id, Seat.hearing_id == Hearing.id, Seat.member_id == CouncilMember.member_id,
                             Seat.attendance.in_(HERE)).correlate(Meeting, CouncilMember)


def _councils() -> dict[str, str]:
    return {str(id): name for id, name in session.execute(sa.select(Council.id, Council.name).order_by(Council.name, Council.id))}


def _by_council(facts):
    return Breakdown("council", later("By council"), lambda span: facts(span, number(CouncilSession.council_id).label("part")), _councils, households=False, nobody=None)


figure("council_sessions", Group.COUNCILS, later("Sessions of councils: held"), later("Sessions of councils and committees that were opened and closed, by their day. They are general meetings without a case, too."),
       sessions, "meeting", unit=Unit.MEETING, people=False, breakdowns=(
           _by_council(sessions), Breakdown("mode", later("In person or online"), lambda span: sessions(span, raw(Meeting.mode).label("part")), words(Mode), households=False, nobody=None)))
figure("council_people", Group.COUNCILS, later("Sessions of councils: members attending"),
       later("Members of that day who were there, online or by proxy, once for each session; observers and the office that keeps the council are not counted."),
       lambda span: expected(span).where(came()), "meeting", unit=Unit.PERSON, breakdowns=(_by_council(lambda span, *more: expected(span, *more).where(came())),))
figure("council_turnout", Group.COUNCILS, later("Sessions of councils: share of members attending"), later("Of the members of each session's day (without observers), the share that was there, online or by proxy."),
       lambda span: expected(span, sa.case((came(), 1), else_=0).label("value")), "meeting", unit=Unit.PERCENT, measure=Measure.SHARE)
