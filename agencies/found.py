"""What is found of an agency: its name, its domains, and the people in it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from agencies.models import Agency, Domain, Member, agency_domain
from core.search import found


def _agencies_of(member: Member) -> list[int]:
    """The agency somebody is in, and the one they have just left."""
    history = sa.inspect(member).attrs.agency_id.history
    return [member.agency_id, *(history.deleted or ())]


def _agencies_in(domain: Domain) -> sa.Select:
    return sa.select(agency_domain.c.agency_id).where(agency_domain.c.domain_code == domain.code)


@found("agency", Agency, key=lambda agency: agency.name, parts={Member: _agencies_of, Domain: _agencies_in},
       options=(orm.selectinload(Agency.domains), orm.selectinload(Agency.members)))
def _texts(agency: Agency):
    yield agency.name
    for domain in agency.domains:
        yield from (domain.ja, domain.en)
    for member in agency.members:  # who has left, too: the page of the agency says so
        yield from (member.name, member.kana, member.job)
