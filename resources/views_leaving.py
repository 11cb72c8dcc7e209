"""Doors by which an idea leaves its case: its words are read through, or its case is counted at a proposal that is there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from core import audit
from core.access import office
from core.languages import _
from identities.traces import names_unread
from resources import leaving, tallies
from resources.forms_register import JoinForm, LeavingForm
from resources.register import Proposal

bp = Blueprint("leaving", __name__)


@bp.get("/ideas/<int:idea_id>/proposal")
@office("coordinator", record="idea", act="run")
def new(idea_id):
    idea = _idea(idea_id)
    needs = idea.hearing.case.needs if idea.hearing.case else []
    return _page(idea, LeavingForm(formdata=None, data=dict(
        wished=idea.wished, enables=idea.enables, need=idea.need, nearest=idea.nearest, next_step=idea.first_step, forum=idea.forum,
        kind=idea.kind.value if idea.kind else "", domain_code=needs[0].domain_code if needs else "")))


@bp.post("/ideas/<int:idea_id>/proposal")
@office("coordinator", record="idea", act="run")
def create(idea_id):
    idea, form = _idea(idea_id), LeavingForm()
    found = _findings(idea, form)
    if form.left(found) or not form.accepts():
        return _page(idea, form), 422
    ahead = dict(owner_id=idea.owner_id, owner_member_id=idea.owner_member_id, next_on=idea.due_on)
    made = Proposal.make(idea, current_user, form.area.data, {each.key: each.kind.value for each in found}, **form.words, **ahead)
    flash(_("The idea is in the register, without its case."), "success")
    return redirect(url_for("register.show", proposal_id=made.id), 303)


@bp.post("/ideas/<int:idea_id>/proposal/<int:proposal_id>")
@office("coordinator", record="idea", act="run")
def join(idea_id, proposal_id):
    idea, form = _idea(idea_id), JoinForm()
    there = current_user.find("proposal", proposal_id)
    if not form.accepts():
        return _page(idea, _filled(idea), joining=form, there=there), form.status
    if leaving.findings(idea, {"area": form.area.data or ""}, "", _identifies(idea)):
        form.area.errors = [_("Write the name of the area only: nothing that tells of the household.")]
        return _page(idea, _filled(idea), joining=form, there=there), 422
    needs = idea.hearing.case.needs if idea.hearing.case else []
    there.join(idea, current_user, needs[0].domain_code if needs else there.domain_code, form.area.data)
    flash(_("The case is counted at this proposal. Not a word of it went along."), "success")
    return redirect(url_for("register.show", proposal_id=there.id), 303)


def _idea(idea_id: int):
    found = current_user.idea(idea_id, to="run")
    audit.saw(f"idea/{found.id}")
    return found


def _filled(idea) -> LeavingForm:
    return LeavingForm(formdata=None, data=dict(wished=idea.wished, enables=idea.enables, need=idea.need, nearest=idea.nearest, next_step=idea.first_step, forum=idea.forum,
                                                kind=idea.kind.value if idea.kind else ""))


def _findings(idea, form):
    return leaving.findings(idea, form.leaving, form.domain_code.data or "", _identifies(idea))


def _identifies(idea) -> bool:
    """Whether the person may read the names of the idea's household, to be compared with."""
    case = idea.hearing.case
    return case is not None and current_user.may("identify", "case", case.id)


def _page(idea, form, joining=None, there=None):
    case = idea.hearing.case
    similar = [(each, likeness.words) for each, likeness in leaving.similar(" ".join((form.wished.data or "", form.enables.data or "", form.need.data or "")))]
    if there and there not in [each for each, _words in similar]:
        similar.append((there, ()))  # what was typed for it stays in sight
    return render_template("resources/leaving.html", idea=idea, form=form, found=_findings(idea, form), joining=joining or JoinForm(formdata=None), there=there,
                           areas=tallies.areas(), similar=similar, unread=case is not None and names_unread(case))
