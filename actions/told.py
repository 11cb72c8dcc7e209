"""Who is told what about roles: whoever runs the case, that somebody could not simply say yes; the holder, nothing more once
they have answered. Never a word of a role."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from actions.confirmations import Confirmation
from actions.words import Answer
from agencies.models import Member
from cases.models import TeamMember
from core.database import session
from notices.kinds import NoticeKind
from notices.models import settle, tell


def run_by(hearing, besides=None) -> list[Member]:
    """Who runs this case and stands on the roster: its team; who planned the meeting, where it hears no case."""
    team = sa.select(TeamMember.user_id).where(TeamMember.case_id == hearing.case_id)
    who = Member.user_id.in_(team) if hearing.case_id else Member.user_id == hearing.meeting.planned_by_id
    query = sa.select(Member).where(who, Member.active.is_(True)).order_by(Member.id)
    return [each for each in session.scalars(query).unique() if besides is None or each.user_id != besides.id]


def tell_runners(hearing, kind: NoticeKind, key: str, by=None, number: int = 1) -> None:
    """Tell whoever runs this case that something waits on the page after the meeting."""
    meeting = hearing.meeting
    for member in run_by(hearing, besides=by):
        tell(member, kind, f"{key}/{member.id}", about=about(meeting), path=f"/meetings/{meeting.id}/follow-up", topic=meeting.topic,
             number=number)


def tell_answers(made: Sequence[Confirmation], by=None) -> None:
    """Tell whoever runs each case what was sent in one go, where it needs somebody: a condition, a role taken back, a 難しい.
    Once for each person and sending, however many roles it was."""
    session.flush()
    needing = [each for each in made if each.answer != Answer.TAKE and each.action.hearing.meeting.closed]
    for hearing in dict.fromkeys(each.action.hearing for each in needing):
        of_it = [each for each in needing if each.action.hearing is hearing]
        tell_runners(hearing, NoticeKind.ANSWERED, f"answered/{hearing.id}/{of_it[0].id}", by, len(of_it))


def answered(action, by) -> None:
    """A holder has answered: who waits for nothing more of them here need not ring any more."""
    member, meeting = action.member or (by.member if by else None), action.hearing.meeting
    if meeting.closed and member is not None and not any(waits_for(each, member) for hearing in meeting.hearings for each in hearing.actions):
        settle(NoticeKind.CONFIRM, topic=meeting.topic, member=member)


def waits_for(action, member) -> bool:
    """Whether this role waits for this person's answer: theirs, or their agency's without anybody named."""
    theirs = action.member_id == member.id or (action.member_id is None and action.agency_id == member.agency_id)
    return theirs and action.removed_at is None and action.confirmation is None


def about(meeting) -> str:
    """How a notice names a meeting: its name and reference, nothing of its cases."""
    return f"{meeting.name} {meeting.reference}"
