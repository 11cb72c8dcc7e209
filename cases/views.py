"""Doors to cases."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from accounts.models import Role, User, UserRole
from cases.anonymity import warn_of_names
from cases.forms import CaseForm
from cases.lists import CaseBox, listed
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from core import audit, clock
from core.access import office, signed_in
from core.database import session
from core.languages import _
from core.pages import page_asked

bp = Blueprint("cases", __name__)
PAGE = 30


@bp.get("/cases")
@signed_in()
def index():
    return _list(CaseBox.read())


@bp.post("/cases/search")
@signed_in()
def find():
    box = CaseBox()
    return redirect(box.address("cases.index"), 303) if box.accepts() else (_list(box), box.status)


@bp.get("/cases/new")
@office("coordinator")
def new():
    form = CaseForm(data=dict(opened_on=clock.today(), people=[{}, {}], needs=[{}, {}]))
    return render_template("cases/edit.html", form=form, case=None)


@bp.post("/cases")
@office("coordinator")
def create():
    form = CaseForm()
    if not form.accepts():
        return render_template("cases/edit.html", form=form, case=None), form.status
    case = Case.open(current_user, form.label.data, HouseholdType(form.household_type.data), form.opened_on.data)
    _fill(case, form)
    session.flush()
    flash(_("The case is open under the number %(number)s. Next: record consent, or plan a meeting.", number=case.number), "success")
    return redirect(url_for("cases.show", case_id=case.id), 303)


@bp.get("/cases/<int:case_id>")
@signed_in(record="case")
def show(case_id):
    case = current_user.case(case_id)
    audit.saw(f"case/{case.id}")
    return render_template("cases/show.html", case=case, running=current_user.may("run", "case", case.id),
                           colleagues=_colleagues(case), seen=_seen_hearings(case))


@bp.get("/cases/<int:case_id>/edit")
@office("coordinator", record="case", act="run")
def edit(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    people = [dict(id=str(each.id), label=each.label, relation=each.relation, age=each.age, note=each.note, shared=each.shared)
              for each in case.people]
    form = CaseForm(data=dict(
        label=case.label, household_type=case.household_type.value, opened_on=case.opened_on,
        summary=case.summary, own_words=case.own_words, strengths=case.strengths, version=str(case.version), people=people,
        needs=[dict(domain=each.domain_code, text=each.text) for each in case.needs]))
    return render_template("cases/edit.html", form=form, case=case)


@bp.post("/cases/<int:case_id>")
@office("coordinator", record="case", act="run")
def update(case_id):
    case, form = current_user.case(case_id, to="run"), CaseForm()
    if not form.accepts(case):
        return render_template("cases/edit.html", form=form, case=case), form.status
    case.label, case.household_type = form.label.data, HouseholdType(form.household_type.data)
    case.opened_on = form.opened_on.data
    _fill(case, form)
    case.moves[0].on = form.opened_on.data  # the first move is the opening
    flash(_("Saved."), "success")
    warn_of_names(case)
    return redirect(url_for("cases.show", case_id=case.id), 303)


@bp.post("/cases/<int:case_id>/team")
@office("coordinator", record="case", act="run")
def join(case_id):
    case = current_user.case(case_id, to="run")
    colleague = next((each for each in _colleagues(case) if str(each.id) == request.form.get("user_id")), None)
    if colleague:
        case.join_team(colleague)
        flash(_("%(name)s now runs this case too.", name=colleague.name), "success")
    return redirect(url_for("cases.show", case_id=case.id), 303)


def _list(box: CaseBox):
    page = page_asked()
    found = session.scalars(listed(current_user, box).limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return render_template("cases/index.html", cases=found[:PAGE], page=page, more=len(found) > PAGE, box=box)


def _seen_hearings(case: Case):
    """The hearings of this case that the person may know of, newest first."""
    hearing = Case.hearings.property.mapper.class_
    minutes = orm.joinedload(hearing.meeting).selectinload(hearing.meeting.property.mapper.class_.minutes_versions)
    seen = session.scalars(current_user.all("hearing").where(hearing.case_id == case.id).options(minutes)).unique()
    return sorted(seen, key=lambda each: each.meeting.starts_at, reverse=True)


def _colleagues(case: Case) -> list[User]:
    """Coordinators who are not on the team yet."""
    there = [each.user_id for each in case.team]
    return list(session.scalars(sa.select(User).join(UserRole).where(
        UserRole.role == Role.COORDINATOR, User.active.is_(True), User.id.not_in(there)).order_by(User.name)))


def _fill(case: Case, form: CaseForm) -> None:
    case.summary, case.own_words, case.strengths = form.summary.data, form.own_words.data, form.strengths.data
    known = {str(each.id): each for each in case.people}
    for position, row in enumerate((row for row in form.people if row.form.label.data), 1):
        person = known.pop(row.form["id"].data or "", None)
        if person is None:
            person = HouseholdPerson()
            case.people.append(person)
        person.position, person.label, person.relation = position, row.form.label.data, row.form.relation.data
        person.age, person.note, person.shared = row.form.age.data, row.form.note.data, row.form.shared.data
    for person in known.values():
        if not person.consents:  # what somebody said about consent is kept, and with it who said it
            case.people.remove(person)
    case.needs = [Need(position=position, domain_code=row.form.domain.data, text=row.form.text.data)
                  for position, row in enumerate((row for row in form.needs if row.form.text.data), 1)]
