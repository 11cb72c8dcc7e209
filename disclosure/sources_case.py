"""Records that hang on a case or on a member of its household."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from cases.household import FamilyRelation, Tie
from cases.models import Case, Consent, HouseholdPerson
from core import clock
from core.database import session
from disclosure.models import DisclosureRequest, Subject
from disclosure.scope import DRAFT, FINAL, SEALED, Found, Scope, day_of
from identities.models import Identity
from papers.case_book import CaseExample, ExampleState
from plans.evaluation import Evaluation, Monitoring
from plans.models import Plan, PlanVersion
from referrals.models import Referral


def referrals(scope: Scope) -> Iterator[Found]:
    """The sheets by which a case came to the office. One that became no case names nobody and cannot be found by a person."""
    for each in session.execute(sa.select(Referral.id, Referral.number, Referral.sent_at, Referral.case_id).where(Referral.case_id.in_(scope.cases)).order_by(Referral.id)):
        yield Found(f"referral/{each.id}", each.number, day_of(each.sent_at), case_id=each.case_id)


def cases(scope: Scope) -> Iterator[Found]:
    for each in session.execute(sa.select(Case.id, Case.number, Case.opened_on).where(Case.id.in_(scope.cases)).order_by(Case.id)):
        yield Found(f"case/{each.id}", each.number, each.opened_on, case_id=each.id)


def people(scope: Scope) -> Iterator[Found]:
    """The entry of the person themselves: the other members of the household are third parties."""
    query = sa.select(HouseholdPerson.id, HouseholdPerson.label, HouseholdPerson.case_id, Case.number).join(Case).where(HouseholdPerson.id.in_(scope.people))
    for each in session.execute(query.order_by(HouseholdPerson.id)):
        yield Found(f"household_person/{each.id}", f"{each.number} {each.label}", direct=True, case_id=each.case_id)


def maps(scope: Scope) -> Iterator[Found]:
    """One map a household, when anything is drawn on it; the person stands on it when a line touches them."""
    lines = [(each.case_id, {each.first_id, each.second_id}) for each in session.execute(
        sa.select(FamilyRelation.case_id, FamilyRelation.first_id, FamilyRelation.second_id).where(FamilyRelation.case_id.in_(scope.cases)))]
    lines += [(each.case_id, {each.person_id}) for each in session.execute(sa.select(Tie.case_id, Tie.person_id).where(Tie.case_id.in_(scope.cases)))]
    numbers = dict(session.execute(sa.select(Case.id, Case.number).where(Case.id.in_(scope.cases))).all())
    for case_id in sorted({case_id for case_id, _touched in lines}):
        of = [touched for each, touched in lines if each == case_id]
        yield Found(f"case/{case_id}", numbers[case_id], direct=any(each & scope.people for each in of), count=len(of), case_id=case_id)


def identities(scope: Scope) -> Iterator[Found]:
    query = (sa.select(Identity.id, Identity.changed_at, Identity.case_id, Identity.person_id, Case.number).join(Case, Case.id == Identity.case_id)
             .where(sa.or_(Identity.person_id.in_(scope.people), sa.and_(Identity.case_id.in_(scope.cases), Identity.person_id.is_(None)))))
    for each in session.execute(query.order_by(Identity.id)):
        yield Found(f"identity/{each.id}", each.number, day_of(each.changed_at), SEALED, direct=each.person_id is not None, case_id=each.case_id)


def consents(scope: Scope) -> Iterator[Found]:
    query = (sa.select(Consent.id, Consent.on, HouseholdPerson.case_id, Case.number).join(HouseholdPerson, HouseholdPerson.id == Consent.person_id)
             .join(Case, Case.id == HouseholdPerson.case_id).where(Consent.person_id.in_(scope.people)).order_by(Consent.id))
    for each in session.execute(query):
        yield Found(f"consent/{each.id}", each.number, each.on, direct=True, case_id=each.case_id)


def plans(scope: Scope) -> Iterator[Found]:
    """Each version that was fixed, and the draft that goes on beside them."""
    query = (sa.select(PlanVersion.id, PlanVersion.number, PlanVersion.frozen_at, Plan.number.label("of"), Plan.case_id, Case.number.label("case"))
             .join(Plan, Plan.id == PlanVersion.plan_id).join(Case, Case.id == Plan.case_id).where(Plan.case_id.in_(scope.cases)).order_by(Plan.id, PlanVersion.number))
    for each in session.execute(query):
        yield Found(f"plan_version/{each.id}", f"{each.case} 第{each.of}回 第{each.number}版", day_of(each.frozen_at), standing=FINAL, case_id=each.case_id)
    drafts = sa.select(Plan.id, Plan.number, Plan.begun_at, Plan.case_id, Case.number.label("case")).join(Case).where(Plan.case_id.in_(scope.cases)).order_by(Plan.id)
    for each in session.execute(drafts):
        yield Found(f"plan/{each.id}", f"{each.case} 第{each.number}回", day_of(each.begun_at), standing=DRAFT, case_id=each.case_id)


def monitorings(scope: Scope) -> Iterator[Found]:
    yield from _of_plans(Monitoring, scope)


def evaluations(scope: Scope) -> Iterator[Found]:
    yield from _of_plans(Evaluation, scope)


def examples(scope: Scope) -> Iterator[Found]:
    """What the office's book of cases made of a case: nobody is named there, but here it is known whose it was."""
    query = sa.select(CaseExample.id, CaseExample.fiscal_year, CaseExample.state, CaseExample.case_id).where(CaseExample.case_id.in_(scope.cases))
    for each in session.execute(query.order_by(CaseExample.id)):
        yield Found(f"case_example/{each.id}", clock.fiscal_year_name(each.fiscal_year), standing=FINAL if each.state is ExampleState.READY else DRAFT, case_id=each.case_id)


def requests(scope: Scope) -> Iterator[Found]:
    """Earlier requests about the same person are records about them, too."""
    mine = sa.or_(Subject.person_id.in_(scope.people), Subject.member_id.in_(scope.members))
    query = sa.select(DisclosureRequest).where(DisclosureRequest.id != scope.itself, DisclosureRequest.id.in_(sa.select(Subject.request_id).where(mine)))
    for each in session.scalars(query.order_by(DisclosureRequest.id)):
        yield Found(f"disclosure_request/{each.id}", each.number, each.received_on, direct=True)


def _of_plans(table, scope: Scope) -> Iterator[Found]:
    query = (sa.select(table.id, table.on, Plan.case_id, Plan.number, Case.number.label("case")).join(Plan, Plan.id == table.plan_id)
             .join(Case, Case.id == Plan.case_id).where(Plan.case_id.in_(scope.cases)).order_by(table.id))
    for each in session.execute(query):
        yield Found(f"{table.__tablename__}/{each.id}", f"{each.case} 第{each.number}回", each.on, standing=FINAL, case_id=each.case_id)
