"""The list of cases. Whatever narrows it is asked of the database: of ten thousand cases thirty are ever read."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from cases.consent import ConsentState
from cases.models import Case, Consent, HouseholdPerson, HouseholdType, Stage, TeamMember
from core import clock, search
from core.finding import Box
from core.forms import Select
from core.languages import later


class CaseBox(Box):
    kind = "case"
    filters = ("stage", "household", "consent", "team")
    stage = Select(later("Stage"))
    household = Select(later("Kind of household"))
    consent = Select(later("Consent"))
    team = Select(later("Whose cases"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stage.choices = [("", later("any")), *((each.value, each.label) for each in Stage)]
        self.household.choices = [("", later("any")), *((each.value, each.label) for each in HouseholdType)]
        self.consent.choices = [("", later("any")), ("missing", later("missing"))]
        self.team.choices = [("", later("all that are open to me")), ("mine", later("those my team runs"))]


def listed(person, box: CaseBox) -> sa.Select:
    """SELECT of the cases this person may see that the box asks for, the newest first (a number asked for before all)."""
    query, chosen, newest = person.all("case"), box.chosen, (Case.fiscal_year.desc(), Case.serial.desc())
    if "stage" in chosen:
        query = query.where(Case.stage == Stage(chosen["stage"]))
    if "household" in chosen:
        query = query.where(Case.household_type == HouseholdType(chosen["household"]))
    if "consent" in chosen:
        query = query.where(lacks_consent(clock.today()))
    if "team" in chosen:
        query = query.where(sa.exists().where(TeamMember.case_id == Case.id, TeamMember.user_id == person.id))
    if box.words:
        query = query.where(Case.id.in_(search.ids("case", box.words)))
        newest = (search.first("case", Case.id, box.words), *newest)
    return query.order_by(*newest)


def lacks_consent(on):
    """Condition on Case: `not case.consented(on)`, for the database (cases/consent.py says when a consent holds)."""
    said = orm.aliased(Consent)
    last = sa.select(sa.func.max(said.id)).where(said.person_id == HouseholdPerson.id).correlate(HouseholdPerson).scalar_subquery()
    holding = sa.exists().where(
        Consent.id == last, Consent.state.in_([ConsentState.GIVEN, ConsentState.PARTLY]), Consent.on <= on,
        sa.or_(Consent.expires_on.is_(None), Consent.expires_on >= on)).correlate(HouseholdPerson)
    shared = sa.exists().where(HouseholdPerson.case_id == Case.id, HouseholdPerson.shared.is_(True))
    return sa.or_(~shared, shared.where(~holding))
