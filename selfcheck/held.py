"""The meetings of a 年度 that were held to their end, and what hangs on them, for counting."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from actions.models import ActionItem
from agencies.models import Agency, AgencyKind, agency_domain
from core.database import session
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Hearing

KINDS = (Kind.JUSO, Kind.SHIEN)


class Roles(NamedTuple):
    """How many roles lie in one kind of hands; `kind` is None for those without a holder."""

    kind: AgencyKind | None
    coordinating: bool
    nature: str
    count: int


def held(year: int, *kinds: Kind) -> sa.Select:
    """The ids of these meetings."""
    return sa.select(Meeting.id).where(Meeting.fiscal_year == year, Meeting.kind.in_(kinds or KINDS), Meeting.closed_at.is_not(None),
                                       Meeting.cancelled_at.is_(None))


def hearings(year: int, *kinds: Kind) -> sa.Select:
    """The ids of the cases heard in them."""
    return sa.select(Hearing.id).where(Hearing.meeting_id.in_(held(year, *kinds)), Hearing.case_id.is_not(None), Hearing.opened_at.is_not(None))


def total(year: int, *kinds: Kind) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(held(year, *kinds).subquery()))


def meetings_with(year: int, ids: sa.Select, *kinds: Kind) -> int:
    """How many of these meetings are among `ids` (a SELECT of meeting ids)."""
    return session.scalar(sa.select(sa.func.count()).select_from(held(year, *kinds).where(Meeting.id.in_(ids)).subquery()))


def roles(year: int) -> list[Roles]:
    """The roles of these meetings that still stand on the table, by whose hands they lie in."""
    listed = sa.select(agency_domain.c.agency_id).where(agency_domain.c.domain_code == "COO")
    coordinating = sa.func.coalesce(sa.or_(Agency.coordinating.is_(True), Agency.id.in_(listed)), False)
    query = (sa.select(Agency.kind, coordinating, ActionItem.nature, sa.func.count()).select_from(ActionItem)
             .outerjoin(Agency, Agency.id == ActionItem.agency_id)
             .where(ActionItem.removed_at.is_(None), ActionItem.hearing_id.in_(hearings(year)))
             .group_by(Agency.kind, coordinating, ActionItem.nature))
    return [Roles(kind, bool(own), nature.value if nature else "", count) for kind, own, nature, count in session.execute(query)]
