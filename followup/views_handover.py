"""Doors to handing over: what somebody still has to do goes to others in one step; who acts for them while they are away."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa

from actions.handovers import Cause, Handover
from actions.models import ActionItem
from agencies.absences import Absence
from agencies.models import Member
from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.web import Refused
from followup import handover, teams
from followup.forms_handover import AbsenceForm, HandoverForm, TeamsForm

bp = Blueprint("handover", __name__)


@bp.app_context_processor
def words():
    """What the pages of a person show of it: how many roles are open in their name, and whether they are away."""
    return dict(open_items_of=handover.open_items, absences_of=_standing)


@bp.get("/members/<int:member_id>/handover")
@office("coordinator", "admin")
def show(member_id):
    member = _member(member_id)
    audit.saw(f"member/{member.id}")
    return _page(member)


@bp.post("/members/<int:member_id>/handover")
@office("coordinator", "admin")
def create(member_id):
    member = _member(member_id)
    items = handover.open_items(member)
    form = _form(member, items)
    if not form.accepts():
        return _page(member, form), form.status
    if not items:
        raise Refused(_("Nothing is open in this person's name."), _("Somebody may have handed it over a moment ago."))
    made = handover.hand_over(member, form.chosen(items), Cause(form.cause.data), current_user)
    flash(_("Handed over: %(number)s. Whoever takes over has been told and is asked to confirm.", number=sum(len(each.items) for each in made)), "success")
    return redirect(url_for("handover.show", member_id=member.id), 303)


@bp.post("/members/<int:member_id>/absences")
@office("coordinator", "admin")
def away(member_id):
    member = _member(member_id)
    form = AbsenceForm(colleagues=_colleagues(member, handover.open_items(member)))
    if not form.accepts():
        return _page(member, absence=form), form.status
    Absence.declare(member, form.chosen, form.from_on.data, form.to_on.data, current_user)
    flash(_("Noted: %(deputy)s acts for %(name)s.", deputy=form.chosen.name, name=member.name), "success")
    return redirect(url_for("handover.show", member_id=member.id, _anchor="absence"), 303)


@bp.post("/members/<int:member_id>/absences/end")
@office("coordinator", "admin")
def back(member_id):
    member = _member(member_id)
    for each in _standing(member):
        each.end()
    flash(_("%(name)s is back.", name=member.name), "success")
    return redirect(url_for("handover.show", member_id=member.id, _anchor="absence"), 303)


@bp.get("/handover/cases")
@office("coordinator")
def cases():
    return _teams(TeamsForm(formdata=None, successors=teams.successors_of(current_user)))


@bp.post("/handover/cases")
@office("coordinator")
def hand_cases():
    form = TeamsForm(successors=teams.successors_of(current_user))
    if not form.accepts():
        return _teams(form), form.status
    number = teams.hand_over(current_user, form.chosen)
    flash(_("%(name)s is on the team of %(number)s cases now and keeps the meetings you planned.", name=form.chosen.name, number=number), "success")
    return redirect(url_for("handover.cases"), 303)


def _member(member_id: int) -> Member:
    return (session.get(Member, member_id) if member_id < 2**31 else None) or abort(404)


def _standing(member: Member) -> list[Absence]:
    """Absences that run or will."""
    return list(session.scalars(Absence.standing(Absence.member_id == member.id, Absence.to_on >= clock.today())))


def _may(items: list[ActionItem], to: str) -> set[int]:
    ids = [each.id for each in items]
    return set(session.scalars(current_user.all("action", to).where(ActionItem.id.in_(ids)).with_only_columns(ActionItem.id)))


def _form(member: Member, items: list[ActionItem]) -> HandoverForm:
    run = _may(items, "run")
    form = HandoverForm.of(_colleagues(member, items), [each for each in items if each.id in run])
    form.whole = len(run) == len(items)
    return form


def _colleagues(member: Member, items: list[ActionItem]) -> list[Member]:
    """Who of the same agency may be named. Oneself only where one runs every case concerned: nobody opens to themselves, by
    this door, the words of a role they could not read before."""
    myself = current_user.member if len(_may(items, "run")) < len(items) or not current_user.coordinator else None
    return [each for each in handover.colleagues_of(member) if each is not myself]


def _page(member: Member, form: HandoverForm | None = None, absence: AbsenceForm | None = None):
    items = handover.open_items(member)
    colleagues = _colleagues(member, items)
    form = form or _form(member, items)
    absence = absence or AbsenceForm(formdata=None, colleagues=colleagues)
    meetings = {meeting: [each for each in items if each.hearing.meeting is meeting] for meeting in dict.fromkeys(each.hearing.meeting for each in items)}
    return render_template("followup/handover.html", member=member, agency=member.agency, form=form, absence=absence, meetings=meetings,
                           items=items, colleagues=colleagues, open_to_me=_may(items, "see"), absences=_standing(member),
                           done=_done(member))


def _done(member: Member) -> list:
    return list(session.scalars(sa.select(Handover).where(Handover.from_id == member.id).order_by(Handover.id.desc()).limit(20)).unique())


def _teams(form: TeamsForm):
    return render_template("followup/teams.html", form=form, cases=teams.cases_of(current_user), meetings=teams.meetings_of(current_user))
