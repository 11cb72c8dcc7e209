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
    """Tell everybody who wrote one of its ideas, on the roster still, that it has come to this end. Which words, and why, they
    read on its page; other steps tell nobody."""
    if step.state in KINDS:
        writers = {each.written_by_id for each in ideas_of(proposal)} - {step.by_id}
        for member in session.scalars(sa.select(Member).where(Member.user_id.in_(writers), Member.active.is_(True)).order_by(Member.id)):
            tell(member, KINDS[step.state], f"wish/{step.id}/{member.id}", path=f"/resources/proposals/{proposal.id}")
