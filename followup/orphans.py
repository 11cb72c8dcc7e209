"""No role is left with nobody: when its holder is gone and nothing was handed over, it lies with the agency, and people hear of it."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import User
from actions.holding import colleagues, left_alone
from actions.models import ActionItem
from actions.standing import after_meeting, running
from actions.told import about, run_by
from agencies.models import Member
from core import jobs
from core.database import session
from notices.kinds import NoticeKind
from notices.models import tell


@jobs.every(minutes=360)
def tell_of_the_left_alone(_now) -> None:
    """Tell the coordinators, and the colleagues who sat for the case, once for each person who is gone and each case."""
    for key, actions in _by_person(alone()).items():
        hearing = actions[0].hearing
        runners = run_by(hearing)
        for member in {each.id: each for each in (*runners, *colleagues(actions[0]))}.values():
            path = f"/meetings/{hearing.meeting_id}/follow-up" if member in runners else "/actions"
            tell(member, NoticeKind.UNHELD, f"unheld/{key[0]}/{key[1]}/{member.id}", about=about(hearing.meeting), path=path,
                 topic=hearing.meeting.topic, number=len(actions))


def alone() -> list[ActionItem]:
    """What is left to do in the name of people who are gone (担当者不在)."""
    gone = sa.select(Member.id).outerjoin(User, User.id == Member.user_id).where(sa.or_(Member.active.is_(False), User.active.is_(False)))
    theirs = sa.or_(ActionItem.member_id.in_(gone), ActionItem.escalation_member_id.in_(gone))
    query = sa.select(ActionItem).where(theirs, ActionItem.removed_at.is_(None), running(), after_meeting())
    return [each for each in session.scalars(query.order_by(ActionItem.id)).unique() if left_alone(each)]


def _by_person(actions: list[ActionItem]) -> dict[tuple[int, int], list[ActionItem]]:
    found: dict = {}
    for each in actions:
        found.setdefault((each.hearing_id, each.member_id or each.escalation_member_id), []).append(each)
    return found
