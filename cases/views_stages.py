"""Doors to a case's way: moving it to another stage, and the light accompaniment after its end."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from cases import flow
from cases.flow import Stage
from cases.forms_stages import CheckForm, MoveForm
from cases.models import Case
from cases.stages import Check, Finding
from core import audit, clock
from core.access import office, signed_in
from core.languages import _

bp = Blueprint("stages", __name__)


@bp.get("/cases/<int:case_id>/stage")
@office("coordinator", record="case", act="run")
def edit(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    return _page(case, MoveForm(case=case, data=_as_it_stands(case)))


@bp.post("/cases/<int:case_id>/stage")
@office("coordinator", record="case", act="run")
def move(case_id):
    case = current_user.case(case_id, to="run")
    form = MoveForm(case=case)
    if not form.accepts(case):
        return _page(case, form), form.status
    case.move(current_user, form.target, form.on.data, form.reason.data, form.agreed)
    flash(_("The case now stands at: %(stage)s.", stage=case.stage.label), "success")
    return redirect(url_for("stages.show" if case.stage in flow.OVER else "cases.show", case_id=case.id), 303)


@bp.get("/cases/<int:case_id>/aftercare")
@signed_in(record="case")
def show(case_id):
    """What was agreed for the time after closure, and what the light checks found."""
    case = current_user.case(case_id)
    audit.saw(f"case/{case.id}")
    return _aftercare(case, CheckForm(case=case, data=dict(on=clock.today())))


@bp.post("/cases/<int:case_id>/checks/<int:check_id>")
@office("coordinator", record="case", act="run")
def note(case_id, check_id):
    case = current_user.case(case_id, to="run")
    check, form = _check(case, check_id), CheckForm(case=case)
    if not form.accepts():
        return _aftercare(case, form, check), form.status
    check.note(current_user, form.on.data, Finding(form.finding.data), form.words.data)
    if form.again_on.data:
        check.closure.check_on([*(each.due_on for each in check.closure.waiting), form.again_on.data])
    if form.reopen_to.data and case.stage in flow.OVER:
        case.move(current_user, Stage(form.reopen_to.data), reason=form.words.data)
        flash(_("Support starts again. The case now stands at: %(stage)s.", stage=case.stage.label), "success")
        return redirect(url_for("cases.show", case_id=case.id), 303)
    flash(_("Noted."), "success")
    return redirect(url_for("stages.show", case_id=case.id), 303)


def _check(case: Case, check_id: int) -> Check:
    return next((each for closure in case.closures for each in closure.checks if each.id == check_id), None) or abort(404)


def _as_it_stands(case: Case) -> dict:
    """What the form begins with: the stage asked for, and what was agreed at the closure, to be seen through."""
    closure = case.closure
    agreed = dict(lead_agency_id=closure.lead_agency_id, roles=closure.roles, outlook=closure.outlook, watchers=closure.watchers,
                  signs=closure.signs, checks=[each.due_on for each in closure.waiting]) if closure and case.stage == Stage.CLOSED else {}
    return dict(to=request.args.get("to", ""), on=clock.today(), version=str(case.version), **agreed)


def _page(case: Case, form: MoveForm):
    return render_template("cases/stage.html", case=case, form=form, ways=[
        (each, flow.kind(case.stage, each).value, each in flow.NATURAL[case.stage]) for each in flow.possible(case.stage)])


def _aftercare(case: Case, form: CheckForm, check: Check | None = None):
    return render_template("cases/aftercare.html", case=case, form=form, noting=check, running=current_user.may("run", "case", case.id))
