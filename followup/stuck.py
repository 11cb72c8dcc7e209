"""滞り: whoever runs the case and its lead agency are told, once for each standstill."""

from __future__ import annotations

import sqlalchemy as sa

from actions.progress import ProgressStep, told
from actions.told import about, run_by
from actions.words import Progress
from agencies.models import Member
from core.database import session
from meetings.table import Seat
from notices.kinds import NoticeKind
from notices.models import settle, tell


@told
def tell_of_stuck(step: ProgressStep) -> None:
    """Tell them when a role gets stuck; withdraw it when it goes on again."""
    before = [each for each in step.action.steps if each is not step]
    again = bool(before) and before[-1].state == Progress.STUCK
    if step.state == Progress.STUCK and not again:
        _tell(step)
    elif step.state != Progress.STUCK and again:
        settle(NoticeKind.STUCK, key=f"stuck/{step.action_id}/")


def _tell(step: ProgressStep) -> None:
    hearing, meeting = step.action.hearing, step.action.hearing.meeting
    runners = run_by(hearing)
    for member in {each.id: each for each in (*runners, *_lead(hearing))}.values():
        if step.by_id is None or member.user_id != step.by_id:
            path = f"/actions/{step.action_id}/progress" if member in runners else f"/meetings/{meeting.id}"
            tell(member, NoticeKind.STUCK, f"stuck/{step.action_id}/{step.id}/{member.id}", about=about(meeting), path=path, topic=meeting.topic)


def _lead(hearing) -> list[Member]:
    """The people of the lead agency (主担当機関) who sat for the case."""
    query = sa.select(Member).join(Seat, Seat.member_id == Member.id).where(
        Seat.hearing_id == hearing.id, Member.agency_id == hearing.lead_agency_id, Member.active.is_(True))
    return list(session.scalars(query).unique())
