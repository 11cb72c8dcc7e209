"""What a consent does to the meetings that hear its case: it shuts a door or opens a better one, and people are told.

A consent that will not hold on the day of a 重層的支援会議 is noticed when something is recorded, not when it runs out:
a meeting is only ever planned for a day on which every consent holds.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from agencies.models import Agency, Member
from core import clock, live, outbox
from core.database import session
from core.office import office
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Hearing, Seat, SeatRole

WORDS = "同意に関する変更がありました。車座で確認してください。"


def waiting(case) -> list[Hearing]:
    """The hearings of a case that have not begun, the next one first."""
    return list(session.scalars(
        sa.select(Hearing).join(Meeting, Meeting.id == Hearing.meeting_id)
        .where(Hearing.case_id == case.id, Hearing.opened_at.is_(None), Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None))
        .options(orm.selectinload(Hearing.seats), orm.joinedload(Hearing.meeting).selectinload(Meeting.hearings)).order_by(Meeting.starts_at)))


def shut_by(person) -> list[Hearing]:
    """The 重層的支援会議 to come that cannot hear this case, because this person's consent will not hold on their day."""
    return [each for each in waiting(person.case) if each.shut and person in each.silent]


def ready(case) -> list[Meeting]:
    """The 支援会議 to come that could be held as 重層的支援会議 now: everybody of every case in them has consented."""
    return [each.meeting for each in waiting(case) if each.meeting.kind == Kind.SHIEN and each.meeting.pending
            and all(other.case and other.case.consented(clock.local(each.meeting.starts_at).date()) for other in each.meeting.hearings)]


def tell(hearing: Hearing) -> int:
    """Tell the team of the case and who leads the hearing that its door is shut; give how many letters went out.

    The letters say neither what has changed nor for whom: only where to look.
    """
    meeting = hearing.meeting
    members = [each.user.member for each in hearing.case.team if each.user.active and each.user.member]
    members += [seat.member for seat in hearing.seats if seat.role == SeatRole.FACILITATOR]
    addresses = dict.fromkeys(each.email for each in members if each.email)
    for address in addresses:
        outbox.post(f"{meeting.topic}/consent", address, f"【{office().name}】同意に関する変更（{meeting.reference}）", _letter(meeting))
    live.touch(meeting.topic)
    return len(addresses)


def near(case) -> set[int]:
    """Ids of the agencies that will probably be told: they know the household, sit for it, were named before, or coordinate."""
    seated = sa.select(Seat.member_id).join(Hearing, Hearing.id == Seat.hearing_id).where(Hearing.case_id == case.id)
    sitting = session.scalars(sa.select(Agency.id).where(sa.or_(Agency.coordinating.is_(True), Agency.members.any(Member.id.in_(seated)))))
    named = {id for person in case.people for consent in person.consents for id in consent.agency_ids}
    return set(sitting) | named | {each.agency_id for each in case.ties if each.agency_id}


def _letter(meeting: Meeting) -> str:
    return "\n".join([WORDS, "", f"会議　{meeting.name}（{meeting.reference}）", f"日時　{clock.span(meeting.starts_at, meeting.ends_at)}", "",
                      "このままでは、重層的支援会議としてこの案件を開始できません。", "このメールには案件の内容を記載していません。", "", office().name])
