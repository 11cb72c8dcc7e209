"""How many cases stand behind proposals, counted with one question for a whole list of them."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa

from community import models as community
from core.database import session
from meetings.table import Hearing
from resources.counting import STEP, Wish
from resources.models import ResourceIdea
from resources.register import Proposal, Source


def wishes() -> dict[int, list[Wish]]:
    """Of every proposal that stands for itself: its cases and those of all that stand under it. Ideas without a case, and ideas
    taken off their table since, count for nothing."""
    above = dict(session.execute(sa.select(Proposal.id, Proposal.merged_into_id)).all())
    told = defaultdict(list)
    rows = (sa.select(Source.proposal_id, Hearing.case_id, Source.domain_code, Source.area).join(ResourceIdea, ResourceIdea.id == Source.idea_id)
            .join(Hearing, Hearing.id == ResourceIdea.hearing_id).where(Hearing.case_id.is_not(None), ResourceIdea.removed_at.is_(None)).order_by(Source.id))
    for proposal_id, case_id, domain, area in session.execute(rows):
        told[_root(proposal_id, above)].append(Wish(case_id, domain or "", area))
    return told


def areas() -> list[str]:
    """The areas for choosing: those of the map, and those named for three cases at least (a place named once may be somebody's)."""
    often = sa.select(Source.area).where(Source.area != "").group_by(Source.area).having(sa.func.count() >= STEP)
    return sorted({*session.scalars(often), *community.areas()})


def _root(number: int, above: dict[int, int | None]) -> int:
    seen = {number}
    while (upper := above.get(number)) is not None and upper not in seen:
        seen.add(upper)
        number = upper
    return number
