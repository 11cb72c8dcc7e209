"""What the map of the town has for the needs of a case, beside the table: whom of it one tap seats, and whom one has to call."""

from __future__ import annotations

from dataclasses import dataclass, field
import enum

import sqlalchemy as sa
from sqlalchemy import orm

from community import nearby
from community.models import SocialResource, resource_domain
from core.database import session


class Way(enum.Enum):
    """How a resource comes to the table."""

    SEATED = "seated"  # somebody of its agency is chosen already
    PROPOSED = "proposed"  # … or stands among the proposals
    TAP = "tap"  # somebody of its agency can be chosen here
    ABOVE = "above"  # … and stands here already, at another resource
    CALL = "call"  # nobody of it is on the roster
    SHOWN = "shown"  # it stands at an earlier field already


@dataclass
class Around:
    """One resource, and how it comes to the table; `member` is whom the tap would seat."""

    resource: SocialResource
    way: Way
    member: int | None = None


@dataclass
class Field:
    """What there is for one field of need (a domain's code)."""

    code: str
    resources: list[Around] = field(default_factory=list)
    more: int = 0
    informal: bool = False


def around(needs: tuple[str, ...], speaker, chosen: set[int], proposed: set[int]) -> list[Field]:
    """For each field of need, a few resources that are there now. `speaker` gives for an agency's id whom of it to seat (None:
    nobody); `chosen` and `proposed` are the ids of agencies at the table and among the proposals."""
    there = _there(needs)
    fields, tapped, shown = [], set(), set()
    for each in nearby.beside(needs, [nearby.Near(one.id, frozenset(domain.code for domain in one.domains), one.informal, one.stale) for one in there.values()]):
        made = [Around(there[id], Way.SHOWN) if id in shown else _around(there[id], speaker, chosen, proposed, tapped) for id in each.shown]
        shown.update(each.shown)
        fields.append(Field(each.code, made, each.more, each.informal))
    return fields


def _there(needs: tuple[str, ...]) -> dict[int, SocialResource]:
    fitting = sa.select(resource_domain.c.resource_id).where(resource_domain.c.domain_code.in_(needs))
    query = sa.select(SocialResource).where(SocialResource.ended_on.is_(None), SocialResource.id.in_(fitting)).options(orm.selectinload(SocialResource.domains)).order_by(SocialResource.id)
    return {each.id: each for each in session.scalars(query).unique()} if needs else {}


def _around(resource: SocialResource, speaker, chosen: set[int], proposed: set[int], tapped: set[int]) -> Around:
    if not resource.seatable:
        return Around(resource, Way.CALL)
    elif resource.agency_id in chosen:
        return Around(resource, Way.SEATED)
    elif resource.agency_id in proposed:
        return Around(resource, Way.PROPOSED)
    member = speaker(resource.agency_id)
    if member is None:
        return Around(resource, Way.CALL)
    elif member in tapped:
        return Around(resource, Way.ABOVE)
    tapped.add(member)
    return Around(resource, Way.TAP, member)
