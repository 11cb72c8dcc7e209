"""Whoever suggested a resource is told when it becomes real, and when it is set aside: an idea that vanishes is the last one."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Member
from core.database import session
from notices.kinds import NoticeKind
from notices.models import tell
from resources.models import IdeaState
from resources.register import Proposal, ProposalStep, ideas_of

KINDS = {IdeaState.REAL: NoticeKind.WISH_REAL, IdeaState.DROPPED: NoticeKind.WISH_DROPPED}


def tell_suggesters(proposal: Proposal, step: ProposalStep) -> None:
    """Tell everybody who suggested one of its ideas (whoever wrote it down, where nobody is named), on the roster still, that it
    has come to this end. Which words, and why, they read on its page; other steps tell nobody."""
    if step.state in KINDS:
        ideas = ideas_of(proposal)
        named, writers = {each.suggested_by_id for each in ideas} - {None}, {each.written_by_id for each in ideas if not each.suggested_by_id}
        told = sa.and_(sa.or_(Member.id.in_(named), Member.user_id.in_(writers)), sa.func.coalesce(Member.user_id, 0) != step.by_id, Member.active.is_(True))
        for member in session.scalars(sa.select(Member).where(told).order_by(Member.id)):
            tell(member, KINDS[step.state], f"wish/{step.id}/{member.id}", path=f"/resources/proposals/{proposal.id}")
