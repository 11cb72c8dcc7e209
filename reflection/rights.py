"""Who is asked, and who sees what a meeting's answers came to.

- **Asked** is whoever sat there in person or online, but for the facilitator: the result is for them, and they could take
  their own answers off it. A proxy sat without an account, and has a sheet of paper.
- The **result** of a meeting is for its facilitator's eyes alone: who runs it in the facilitator's seat; where nobody held
  that seat, who runs it without a seat at the table. For everybody else it does not exist.
- The **trend** of the office is for its people (`OFFICE` in reflection/views.py).
"""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Member
from core.access import finder
from core.database import session
from meetings.models import Meeting
from meetings.rights import runs
from meetings.table import Attendance, Hearing, Seat, SeatRole

SAT = (Attendance.PRESENT, Attendance.ONLINE)


def asked(of) -> sa.Select:
    """SELECT of the closed meetings after which somebody is asked; `of` is a condition on Member that says who."""
    there = sa.select(Seat.id).join(Hearing, Hearing.id == Seat.hearing_id).join(Member, Member.id == Seat.member_id).where(
        Hearing.meeting_id == Meeting.id, Member.active.is_(True), of).correlate(Meeting)
    return sa.select(Meeting).where(
        there.where(Seat.attendance.in_(SAT)).exists(), ~there.where(Seat.role == SeatRole.FACILITATOR).exists(),
        Meeting.closed_at.is_not(None), Meeting.cancelled_at.is_(None), Meeting.disposed_at.is_(None))


def without_account(meeting) -> int:
    """How many people sat there who have no account, or sent somebody who has none: so many sheets of paper there may be.

    Whoever of them answered by personal link is among them: to leave them out would tell how many have.
    """
    sat = sa.or_(Seat.attendance == Attendance.PROXY, sa.and_(Seat.attendance.in_(SAT), Member.user_id.is_(None)))
    return session.scalar(sa.select(sa.func.count(Seat.member_id.distinct())).join(Hearing, Hearing.id == Seat.hearing_id).join(
        Member, Member.id == Seat.member_id).where(Hearing.meeting_id == meeting.id, sat, Seat.role != SeatRole.FACILITATOR))


@finder("meeting", "reflect")
def _meeting_reflect(person):
    return asked(Member.user_id == person.id)


@finder("meeting", "look_back")
def _meeting_look_back(person):
    seats = sa.select(Seat.id).join(Hearing, Hearing.id == Seat.hearing_id).where(Hearing.meeting_id == Meeting.id).correlate(Meeting)
    own = seats.join(Member, Member.id == Seat.member_id).where(Member.user_id == person.id)
    leading = Seat.role == SeatRole.FACILITATOR
    mine = sa.exists().where(Hearing.meeting_id == Meeting.id, runs(person)).correlate(Meeting)
    return sa.select(Meeting).where(mine, sa.or_(own.where(leading).exists(), ~sa.or_(seats.where(leading).exists(), own.exists())))
