"""Who may read an example of the case book: the office, once it is ready; before, whoever runs its case. Only they write it,
for only they may know what it must not tell."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from core.access import finder
from meetings.rights import on_team
from papers.case_book import CaseExample, ExampleState

OFFICE = (Role.COORDINATOR, Role.CLERK, Role.ADMIN)


@finder("example")
def _example(person):
    ready = CaseExample.state == ExampleState.READY if any(each in person.roles for each in OFFICE) else sa.false()
    return sa.select(CaseExample).where(sa.or_(ready, CaseExample.case_id.in_(on_team(person))))


@finder("example", "run")
def _example_run(person):
    return sa.select(CaseExample).where(CaseExample.case_id.in_(on_team(person)))
