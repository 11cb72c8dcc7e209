"""Who may see and do what with a request for disclosure: the one page.

- The **clerk** keeps every request and sees the whole list of records (kinds, numbers, days), never what a record says.
- Whoever holds the right to **names** finds who is meant, while it is being looked for, in *all* cases of the office, not in
  their teams' only: a search that leaves cases out would answer 不存在 wrongly. Each look is in the audit with the request's
  number.
- The **team** of a case sees the requests about it, and of the list what is of its own cases, and proposes what to do with it.
- The administrator sees none of it.
"""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from cases.models import TeamMember
from core.access import finder
from disclosure.models import DisclosureRequest, IssuedPaper, Item, Opinion, Subject
from disclosure.words import State

LOOKED_FOR = (State.RECEIVED, State.SEARCHING)


@finder("disclosure")
def _disclosure(person):
    ways = [sa.false()]
    if Role.CLERK in person.roles:
        ways.append(sa.true())
    if Role.IDENTITY in person.roles:
        ways.append(DisclosureRequest.state.in_(LOOKED_FOR))
    if Role.COORDINATOR in person.roles:
        ways.append(DisclosureRequest.id.in_(sa.select(Subject.request_id).where(Subject.case_id.in_(_team(person)))))
    return sa.select(DisclosureRequest).where(sa.or_(*ways))


@finder("disclosure", "run")
def _disclosure_run(person):
    return _when(Role.CLERK in person.roles, sa.select(DisclosureRequest))


@finder("disclosure", "find")
def _disclosure_find(person):
    """Requests for which this person may look for who is meant."""
    return _when(Role.IDENTITY in person.roles, sa.select(DisclosureRequest).where(DisclosureRequest.state.in_(LOOKED_FOR)))


@finder("disclosure_item")
def _item(person):
    if Role.CLERK in person.roles:
        return sa.select(Item)
    return _when(Role.COORDINATOR in person.roles, sa.select(Item).where(Item.case_id.in_(_team(person))))


@finder("disclosure_item", "judge")
def _item_judge(person):
    """The team of its case knows what a record says; what is of no case, the clerk."""
    ways = [sa.false()]
    if Role.COORDINATOR in person.roles:
        ways.append(Item.case_id.in_(_team(person)))
    if Role.CLERK in person.roles:
        ways.append(Item.case_id.is_(None))
    undecided = sa.select(DisclosureRequest.id).where(DisclosureRequest.state.in_([each for each in State if each.undecided]))
    return sa.select(Item).where(sa.or_(*ways), Item.request_id.in_(undecided))


@finder("disclosure_opinion", "run")
def _opinion(person):
    return _when(Role.CLERK in person.roles, sa.select(Opinion))


@finder("disclosure_paper", "run")
def _paper(person):
    return _when(Role.CLERK in person.roles, sa.select(IssuedPaper))


def _team(person) -> sa.Select:
    return sa.select(TeamMember.case_id).where(TeamMember.user_id == person.id)


def _when(allowed: bool, query: sa.Select) -> sa.Select:
    return query if allowed else query.where(sa.false())
