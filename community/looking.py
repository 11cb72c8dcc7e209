"""Looking something up on the map while people wait: by words, or by what a case needs."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import orm

from community.kinds import Footing
from community.models import SocialResource, in_order, resource_domain, stale
from core import search
from core.database import session

SHOWN = 8  # as many as one takes in at a glance
SHOWN_ENDED = 3


def look(readable: sa.Select, text: str, codes: Iterable[str] = (), most: int = SHOWN) -> tuple[list[SocialResource], int]:
    """Up to `most` of the `readable` resources that are there now, and how many there are: those with these words or, without
    words, those of these domains. Those of the domains come first, and of each the informal ones, of these the entries that are fresh."""
    of_domains = SocialResource.id.in_(sa.select(resource_domain.c.resource_id).where(resource_domain.c.domain_code.in_(list(codes))))
    there = readable.where(SocialResource.ended_on.is_(None), SocialResource.id.in_(search.ids("social_resource", text)) if text.strip() else of_domains)
    first = sa.case((of_domains, 0), else_=1), sa.case((SocialResource.footing == Footing.INFORMAL, 0), else_=1), sa.case((stale(), 1), else_=0)
    found = session.scalars(there.order_by(*first, *in_order).limit(most).options(orm.selectinload(SocialResource.domains))).unique().all()
    return list(found), session.scalar(sa.select(sa.func.count()).select_from(there.with_only_columns(SocialResource.id).subquery())) or 0


def gone(readable: sa.Select, text: str, most: int = SHOWN_ENDED) -> list[SocialResource]:
    """Up to `most` of the `readable` resources with these words that have ended, the latest first: whoever looks for one is told so."""
    if not text.strip():
        return []
    ended = readable.where(SocialResource.ended_on.is_not(None), SocialResource.id.in_(search.ids("social_resource", text)))
    return list(session.scalars(ended.order_by(SocialResource.ended_on.desc(), *in_order).limit(most).options(orm.selectinload(SocialResource.steps))).unique())
