"""What is found of a case: all that everybody who sees the case reads on its page. No name: the vault is not searched here."""

from __future__ import annotations

from sqlalchemy import orm

from cases.models import Case, HouseholdPerson, Need
from core.search import found


def _case_of(part) -> int:
    return part.case_id


@found("case", Case, key=lambda case: case.number, parts={HouseholdPerson: _case_of, Need: _case_of},
       options=(orm.selectinload(Case.people).lazyload(HouseholdPerson.consents), orm.selectinload(Case.needs).lazyload(Need.domain)))
def _texts(case: Case):
    yield from (case.number, case.label, case.summary, case.own_words, case.strengths)
    for person in case.people:
        yield from (person.label, person.relation, person.note)
    for need in case.needs:
        yield need.text
