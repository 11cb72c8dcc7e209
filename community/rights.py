"""Who reads the map and who writes it.

It holds nobody's secret: whoever has an office role or a place on the roster reads it. Coordinators and the administrator
write it; everybody else says when something is wrong. A table is taken in by the same two (as with the roster), since it writes
hundreds of entries at once, on which cases rely, and each row with a private number has to be judged. A clerk who looks after the
list takes it out, mends the table, and a coordinator takes it in.
"""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from agencies.models import Member
from community.imports import ResourceImport
from community.models import Correction, SocialResource
from core.access import finder, visible
from core.database import UtcDateTime, utcnow

READERS = (Role.COORDINATOR, Role.CLERK, Role.ADMIN)
WRITERS = (Role.COORDINATOR, Role.ADMIN)


@finder("social_resource")
def _resource(person):
    if any(each in person.roles for each in READERS):
        return sa.select(SocialResource)
    seated = sa.exists().where(Member.user_id == person.id, Member.active.is_(True))
    return sa.select(SocialResource).where(seated)


@finder("social_resource", "write")
def _resource_write(person):
    writes = any(each in person.roles for each in WRITERS)
    return sa.select(SocialResource) if writes else sa.select(SocialResource).where(sa.false())


@finder("correction")
def _correction(person):
    """Those of others are for whoever settles them."""
    writes = any(each in person.roles for each in WRITERS)
    there = visible(person, "social_resource").with_only_columns(SocialResource.id)
    return sa.select(Correction).where(Correction.resource_id.in_(there), sa.true() if writes else Correction.by_id == person.id)


@finder("correction", "write")
def _correction_write(person):
    writes = any(each in person.roles for each in WRITERS)
    return sa.select(Correction) if writes else sa.select(Correction).where(sa.false())


@finder("resource_import")
def _import(person):
    now = sa.bindparam("now", type_=UtcDateTime, callable_=utcnow, unique=True)  # asked whenever the SELECT is, which is kept
    return sa.select(ResourceImport).where(ResourceImport.user_id == person.id, ResourceImport.done_at.is_(None), ResourceImport.expires_at > now)
