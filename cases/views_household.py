"""Doors to the household map (世帯図)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa

from agencies.models import Agency, Member
from cases import picture
from cases.forms_household import HouseholdForm
from cases.household import Conflict, FamilyRelation, Kinship, Strength, Tie
from core import audit
from core.access import office, signed_in
from core.database import session
from core.languages import _
from core.office import office as the_office
from core.web import WORD, download
from exports import word
from stationery.house import layout

bp = Blueprint("household", __name__)


@bp.get("/cases/<int:case_id>/household")
@signed_in(record="case")
def show(case_id):
    case = current_user.case(case_id)
    audit.saw(f"case/{case.id}")
    return render_template("cases/household.html", case=case, running=current_user.may("run", "case", case.id),
                           map=picture.of(case), kin=picture.kin, detail=picture.detail, whom=picture.whom)


@bp.get("/cases/<int:case_id>/household/edit")
@office("coordinator", record="case", act="run")
def edit(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    return _page(case, HouseholdForm(case.people, data=_written(case)))


@bp.post("/cases/<int:case_id>/household")
@office("coordinator", record="case", act="run")
def update(case_id):
    case = current_user.case(case_id, to="run")
    form = HouseholdForm(case.people)
    if not form.accepts(case):
        return _page(case, form), form.status
    _fill(case, form)
    flash(_("Saved."), "success")
    return redirect(url_for("household.show", case_id=case.id), 303)


@bp.get("/cases/<int:case_id>/household.docx")
@office("coordinator", record="case", act="run")
def annex(case_id):
    case = current_user.case(case_id, to="run")
    paper = word.draw(picture.annex(case), "世帯図", the_office().handling_mark, case.number, "別紙", layout=layout())
    audit.note("exported", f"case/{case.id}", "household map, docx")
    return download(paper, WORD, f"{case.number}_別紙_世帯図.docx")


def _page(case, form):
    return render_template("cases/household_edit.html", case=case, form=form, agencies=session.scalars(sa.select(Agency.name).order_by(Agency.name)),
                           members=session.scalars(sa.select(Agency.name + " " + Member.name).join(Member, Member.agency_id == Agency.id)
                                                   .where(Member.active.is_(True)).order_by(Agency.name, Member.id)))


def _written(case) -> dict:
    """What is there, as the form's data."""
    return dict(
        version=str(case.version), apart=[str(each.id) for each in case.people if each.apart],
        relations=[dict(first=str(each.first_id), second=str(each.second_id), kind=each.kind.value, note=each.note) for each in case.relations],
        ties=[dict(person=str(each.person_id or ""), name=each.name, strength=each.strength.value, note=each.note) for each in case.ties],
        conflicts=[dict(member=each.member.full, note=each.note) for each in case.conflicts])


def _fill(case, form) -> None:
    agencies, members, people = form.agencies, form.members, {str(each.id): each for each in case.people}
    for person in case.people:
        person.apart = str(person.id) in form.apart.data
    case.relations = [
        FamilyRelation(first=people[row.form.first.data], second=people[row.form.second.data], kind=Kinship(row.form.kind.data), note=row.form.note.data)
        for row in form.relations if row.form.filled]
    case.ties = [
        Tie(position=position, person=people.get(row.form.person.data), agency=agencies.get(row.form.name.data),
            label="" if row.form.name.data in agencies else row.form.name.data, strength=Strength(row.form.strength.data), note=row.form.note.data)
        for position, row in enumerate((row for row in form.ties if row.form.filled), 1)]
    known = {each.member_id: each for each in case.conflicts}  # kept, not written anew: nobody stands there twice
    case.conflicts = [known.get(member.id) or Conflict(member=member) for member in
                      (members[row.form.member.data] for row in form.conflicts if row.form.filled)]
    for conflict, row in zip(case.conflicts, (row for row in form.conflicts if row.form.filled), strict=True):
        conflict.note = row.form.note.data
