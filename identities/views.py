"""Doors to the names and addresses of a case. They stay hidden until asked for; every look is in the audit."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from cases.anonymity import warn_of_names
from cases.models import Case, HouseholdPerson
from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.office import office as the_office
from identities import anonymity  # noqa: F401  the case's page asks it after each saving
from identities.facts import EMPTY, Facts
from identities.forms import HouseholdIdentityForm, LookForm, PersonIdentityForm
from identities.models import Identity

bp = Blueprint("identities", __name__)


@bp.get("/cases/<int:case_id>/identity")
@office("identity", record="case", act="identify")
def show(case_id):
    case = current_user.case(case_id, to="identify")
    audit.saw(f"case/{case.id}")
    return _page(case, LookForm())


@bp.get("/cases/<int:case_id>/identity/values")
@office("identity", record="case", act="identify")
def values(case_id):
    case, form = current_user.case(case_id, to="identify"), _look()
    if not form.validate():
        return _page(case, form), 422
    return _page(case, form, _opened(case, form.of.data, form.reason.data))


@bp.get("/cases/<int:case_id>/identity/household")
@office("identity", record="case", act="identify")
def edit_household(case_id):
    case = current_user.case(case_id, to="identify")
    return _edit(case, None, HouseholdIdentityForm)


@bp.post("/cases/<int:case_id>/identity/household")
@office("identity", record="case", act="identify")
def update_household(case_id):
    case = current_user.case(case_id, to="identify")
    return _update(case, None, HouseholdIdentityForm())


@bp.get("/cases/<int:case_id>/identity/<int:person_id>")
@office("identity", record="case", act="identify")
def edit(case_id, person_id):
    case = current_user.case(case_id, to="identify")
    return _edit(case, _person(case, person_id), PersonIdentityForm)


@bp.post("/cases/<int:case_id>/identity/<int:person_id>")
@office("identity", record="case", act="identify")
def update(case_id, person_id):
    case = current_user.case(case_id, to="identify")
    return _update(case, _person(case, person_id), PersonIdentityForm())


@bp.post("/cases/<int:case_id>/identity/<int:person_id>/age")
@office("identity", record="case", act="identify")
def fill_age(case_id, person_id):
    case = current_user.case(case_id, to="identify")
    person = _person(case, person_id)
    age = Identity.of(case, person).facts.age_on(clock.today())
    if age is None:
        flash(_("There is no birth date to count from."), "error")
    else:
        person.age, case.version = age, case.version + 1
        flash(_("The case now says that %(person)s is %(age)s.", person=person.label, age=age), "success")
    return redirect(url_for("identities.show", case_id=case.id), 303)


def _person(case: Case, person_id: int) -> HouseholdPerson:
    return next((each for each in case.people if each.id == person_id), None) or abort(404)


def _look() -> LookForm:
    return LookForm(request.args, needed=the_office().asks_reason)


def _page(case: Case, form: LookForm, opened: dict | None = None):
    """The page of all members: `opened` holds what is shown, by member (None is the household)."""
    return render_template("identities/show.html", case=case, form=form, kept=Identity.of_case(case), opened=opened or {},
                           asks=the_office().asks_reason, running=True)


def _opened(case: Case, whose: str, reason: str) -> dict[int | None, Facts | None]:
    """The facts asked for, each look noted; None for something damaged. Raises vault.Away without the key."""
    kept = Identity.of_case(case)
    asked = {who: each for who, each in kept.items() if whose in ("all", str(who or "household"))}
    shown = {who: None if each.damaged else each.facts for who, each in asked.items()}
    for each in asked.values():
        audit.saw(f"identity/{each.id}", reason)
    return shown


def _edit(case: Case, person: HouseholdPerson | None, kind):
    identity, look = Identity.of(case, person), _look()
    if identity.kept and not look.validate():  # the page of all members asks for the reason first
        return redirect(url_for("identities.show", case_id=case.id))
    if identity.kept:
        audit.saw(f"identity/{identity.id}", look.reason.data)
    sheet = Sheet(identity)
    form = kind(data=sheet.facts.texts | dict(birth_date=sheet.facts.birth_date, version=str(sheet.version)))
    return _form_page(case, person, form, identity)


def _update(case: Case, person: HouseholdPerson | None, form):
    identity = Identity.of(case, person)
    if not form.accepts(Sheet(identity)):
        if form.stale:
            _note_look_at_once(identity)
        return _form_page(case, person, form, identity), form.status
    identity.keep(form.facts, by=current_user)
    flash(_("Saved."), "success")
    warn_of_names(case)
    return redirect(url_for("identities.show", case_id=case.id), 303)


def _note_look_at_once(identity: Identity) -> None:
    """A stale form shows what somebody else wrote: that is a look, though nothing is saved."""
    subject = f"identity/{identity.id}"
    session.rollback()
    audit.saw(subject)
    session.commit()


def _form_page(case: Case, person: HouseholdPerson | None, form, identity: Identity):
    return render_template("identities/edit.html", case=case, person=person, form=form, identity=identity, running=True)


class Sheet:
    """What is kept of somebody as a form compares it with what was typed: in plain words, blank when it is damaged."""

    def __init__(self, identity: Identity):
        self.identity = identity
        self.facts = EMPTY if identity.damaged else identity.facts

    def __getattr__(self, field):
        return getattr(self.facts, field)

    @property
    def version(self) -> int:
        return self.identity.version if self.identity.kept else 0

    @version.setter
    def version(self, number: int) -> None:
        self.identity.version = number
