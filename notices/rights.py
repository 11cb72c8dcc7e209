"""Whose notices: everybody reads their own, through their entry on the roster."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Member
from core.access import finder
from notices.models import Notice


@finder("notice")
def _notice(person):
    me = sa.select(Member.id).where(Member.user_id == person.id, Member.active.is_(True))
    return sa.select(Notice).where(Notice.member_id.in_(me))
