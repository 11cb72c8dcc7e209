"""Which resource ideas a person may see and write: those of the cases they sit for.

The register tells of no case: the office reads it, and of a proposal also who is in charge of it and
who suggested it, there or in one that stands under it. The way from a proposal back to its ideas is asked as ideas are.
"""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from agencies.models import Member
from core.access import finder, visible
from meetings.table import Hearing
from resources.models import ResourceIdea
from resources.register import Proposal, Source

OFFICE = (Role.COORDINATOR, Role.CLERK, Role.ADMIN)


def _of(person, act):
    hearings = visible(person, "hearing", act).with_only_columns(Hearing.id)
    return sa.select(ResourceIdea).where(ResourceIdea.hearing_id.in_(hearings), ResourceIdea.removed_at.is_(None))


@finder("idea")
def _idea(person):
    return _of(person, "see")


@finder("idea", "write")
def _idea_write(person):
    return _of(person, "write")


@finder("idea", "run")
def _idea_run(person):
    return _of(person, "run")


@finder("proposal")
def _proposal(person):
    if any(each in person.roles for each in OFFICE):
        return sa.select(Proposal)
    mine = sa.select(Member.id).where(Member.user_id == person.id, Member.active.is_(True))
    suggested = sa.select(Source.proposal_id).join(ResourceIdea, ResourceIdea.id == Source.idea_id).where(
        sa.or_(ResourceIdea.written_by_id == person.id, ResourceIdea.suggested_by_id.in_(mine)))
    reached = suggested.cte("suggested", recursive=True)  # … and what it was merged into, where its way is told
    reached = reached.union(sa.select(Proposal.merged_into_id).join(reached, Proposal.id == reached.c.proposal_id).where(Proposal.merged_into_id.is_not(None)))
    return sa.select(Proposal).where(sa.or_(_in_charge(person), Proposal.id.in_(sa.select(reached.c.proposal_id))))


@finder("proposal", "write")
def _proposal_write(person):
    return sa.select(Proposal) if Role.COORDINATOR in person.roles else sa.select(Proposal).where(_in_charge(person))


@finder("proposal", "run")
def _proposal_run(person):
    return sa.select(Proposal) if Role.COORDINATOR in person.roles else sa.select(Proposal).where(sa.false())


def _in_charge(person):
    """Condition on Proposal: this person is in charge, or their agency is and nobody of it in particular."""
    mine = sa.select(Member.id).where(Member.user_id == person.id, Member.active.is_(True))
    body = sa.select(Member.agency_id).where(Member.user_id == person.id, Member.active.is_(True))
    return sa.or_(Proposal.owner_member_id.in_(mine), sa.and_(Proposal.owner_member_id.is_(None), Proposal.owner_id.in_(body)))
