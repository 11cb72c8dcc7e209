"""What is found of a resource: all that a table would ask for it by."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from agencies.models import Agency, Domain
from community.models import SocialResource, resource_domain
from core.search import found


def _with_domain(domain: Domain) -> sa.Select:
    return sa.select(resource_domain.c.resource_id).where(resource_domain.c.domain_code == domain.code)


def _of_agency(agency: Agency) -> sa.Select:
    return sa.select(SocialResource.id).where(SocialResource.agency_id == agency.id)


@found("social_resource", SocialResource, parts={Domain: _with_domain, Agency: _of_agency}, options=(orm.selectinload(SocialResource.domains),))
def _texts(resource: SocialResource):
    yield from (resource.name, resource.kana, resource.does, resource.whom, resource.contact, resource.phone, resource.area, resource.memo)
    yield from (resource.kind.law_name, resource.footing.law_name)
    for domain in resource.domains:
        yield from (domain.ja, domain.en)
    if resource.agency:
        yield resource.agency.name
