"""Doors to the plan of a case. The draft is the team's; whoever may see the case sees the versions."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa

from agencies.models import Agency
from cases.models import Case
from core import audit, clock
from core.access import office, signed_in
from core.database import session
from core.languages import _
from exports import word
from plans import evaluation, paper
from plans.content import Content, day
from plans.forms import AgreementForm, EvaluationForm, FreezeForm, MonitoringForm, PlanForm, typed
from plans.models import Plan, PlanVersion
from plans.verdicts import Conclusion, Programme, Result
from stationery.handing import asked_as, hand_out
from stationery.house import layout

bp = Blueprint("plans", __name__)


@bp.app_context_processor
def words():
    """How the pages read what a plan keeps as plain text."""
    return dict(plan_day=day, plan_programme=Programme)


@bp.get("/cases/<int:case_id>/plan")
@signed_in(record="case")
def show(case_id):
    case = current_user.case(case_id)
    audit.saw(f"case/{case.id}")
    return _page(case)


@bp.get("/cases/<int:case_id>/plan/edit")
@office("coordinator", record="case", act="run")
def edit(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    plan = _latest(case)
    if plan and not plan.evaluated:
        form = PlanForm(data=typed(plan.content) | dict(version=str(plan.version)))
    else:
        form = PlanForm(data=_next(plan) | dict(version="0"))  # a colleague may begin it first
    return _edit(case, plan, form)


@bp.post("/cases/<int:case_id>/plan")
@office("coordinator", record="case", act="run")
def update(case_id):
    case, form = current_user.case(case_id, to="run"), PlanForm()
    plan = _latest(case)
    running = plan if plan and not plan.evaluated else None
    if not form.accepts(running):
        return _edit(case, plan, form), form.status
    if running:
        running.rewrite(form.content)
    else:
        Plan.begin(case, current_user, form.content)
    flash(_("The draft is saved. When it is ready, put it to a meeting."), "success")
    return redirect(url_for("plans.show", case_id=case.id), 303)


@bp.post("/cases/<int:case_id>/plan/versions")
@office("coordinator", record="case", act="run")
def freeze(case_id):
    case = current_user.case(case_id, to="run")
    plan, hearings = _running(case), _hearings(case)
    form = FreezeForm(hearings=hearings)
    if not form.accepts():
        return _page(case, freezing=form), form.status
    hearing = next((each for each in hearings if each.id == form.hearing_id.data), None)
    made = plan.put_to(hearing, current_user, form.change.data) if hearing else plan.freeze(current_user, form.change.data)
    flash(_("Version %(number)s stands word for word. A change makes the next one.", number=made.number), "success")
    return redirect(url_for("plans.show", case_id=case.id), 303)


@bp.post("/cases/<int:case_id>/plan/agreement")
@office("coordinator", record="case", act="run")
def agree(case_id):
    case = current_user.case(case_id, to="run")
    version, form = _running(case).newest or abort(404), AgreementForm(case=case)
    if not form.accepts():
        return _page(case, agreeing=form), form.status
    version.agree(current_user, form.who.data, form.agreed_on.data)
    flash(_("Recorded. Earlier records stay as they were."), "success")
    return redirect(url_for("plans.show", case_id=case.id), 303)


@bp.post("/cases/<int:case_id>/plan/monitoring")
@office("coordinator", record="case", act="run")
def monitor(case_id):
    case = current_user.case(case_id, to="run")
    plan, form = _running(case), MonitoringForm()
    if not form.accepts():
        return _page(case, monitoring=form), form.status
    evaluation.monitor(plan, current_user, form.seen_on.data, form.seen.data, form.next_on.data)
    flash(_("Noted."), "success")
    return redirect(url_for("plans.show", case_id=case.id), 303)


@bp.get("/cases/<int:case_id>/plan/evaluation")
@office("coordinator", record="case", act="run")
def new_evaluation(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    version = _running(case).newest or abort(404)
    return _evaluation(case, version, EvaluationForm(goals=len(version.words.goals), data=dict(on=clock.today())))


@bp.post("/cases/<int:case_id>/plan/evaluation")
@office("coordinator", record="case", act="run")
def evaluate(case_id):
    case = current_user.case(case_id, to="run")
    version = _running(case).newest or abort(404)
    form = EvaluationForm(goals=len(version.words.goals))
    if not form.accepts():
        return _evaluation(case, version, form), form.status
    conclusion = Conclusion(form.conclusion.data)
    evaluation.evaluate(version.plan, current_user, form.on.data, form.judged, conclusion, **form.words)
    flash(_("The evaluation is recorded. Now move the case to the stage that follows."), "success")
    to = {Conclusion.CLOSE: "closed", Conclusion.REPLAN: "plan", Conclusion.SUSPEND: "suspended"}[conclusion]
    return redirect(url_for("stages.edit", case_id=case.id, to=to), 303)


@bp.get("/cases/<int:case_id>/plan.docx")
@signed_in(record="case")
def docx(case_id):
    case = current_user.case(case_id)
    version = _version(case) or abort(404)
    answer = _word(paper.plan(case, version), f"{case.number}_プラン_第{version.plan.number}回_第{version.number}版.docx", case, version.hash)
    audit.note("exported", f"plan_version/{version.id}", f"{asked_as()} {version.hash[:12]}")
    return answer


@bp.get("/cases/<int:case_id>/plan/evaluation.docx")
@signed_in(record="case")
def evaluation_docx(case_id):
    case = current_user.case(case_id)
    plan = next((each for each in _seen(case) if each.evaluated and _asked("plan") in (0, each.number)), None) or abort(404)
    answer = _word(paper.evaluation(case, plan.evaluated), f"{case.number}_評価_第{plan.number}回.docx", case)
    audit.note("exported", f"plan_evaluation/{plan.evaluated.id}", asked_as())
    return answer


def _word(blocks, name: str, case: Case, hash: str = ""):
    here = paper.office()
    content = word.draw(blocks, name.removesuffix(".docx"), here.handling_mark, case.number, seal=f"照合番号 {hash[:12]}" if hash else "", layout=layout())
    return hand_out(content, name)


def _latest(case: Case) -> Plan | None:
    return next(iter(Plan.of(case)), None)


def _running(case: Case) -> Plan:
    """The plan that is being drawn up or carried out; 404 where there is none."""
    plan = _latest(case)
    return plan if plan and not plan.evaluated else abort(404)


def _seen(case: Case) -> list[Plan]:
    """The plans this person may know of: the team all, others those that have a version."""
    plans = Plan.of(case)
    return plans if current_user.may("run", "case", case.id) else [each for each in plans if each.versions]


def _asked(name: str) -> int:
    return request.args.get(name, 0, type=int)


def _version(case: Case) -> PlanVersion | None:
    """The version the address asks for (`?plan=1&version=2`), or the newest one there is."""
    frozen = [version for plan in _seen(case) for version in reversed(plan.versions)]
    return next((each for each in frozen if _asked("plan") in (0, each.plan.number) and _asked("version") in (0, each.number)), None)


def _hearings(case: Case) -> list:
    """The coming and running meetings of this case that the person runs, the next one first."""
    return sorted((each for each in _heard(case, "run") if not each.meeting.closed and not each.meeting.cancelled),
                  key=lambda each: each.meeting.starts_at)


def _not_there(case: Case, plan: Plan | None) -> list:
    """The meetings the plan can be put to: not those where the same words lie already."""
    there = {each.hearing_id for each in plan.newest.tablings} if plan and not plan.changed else set()
    return [each for each in _hearings(case) if each.id not in there]


def _heard(case: Case, to: str) -> list:
    """The hearings of this case on which the person may act."""
    query = current_user.all("hearing", to)
    hearing = query.column_descriptions[0]["entity"]
    return list(session.scalars(query.where(hearing.case_id == case.id)).unique())


def _next(plan: Plan | None) -> dict:
    """What a new plan begins with: what was not reached by the one before it."""
    if plan is None:
        return dict(goals=[])
    left = [goal for goal, (_text, result, _word) in zip(plan.newest.words.goals, plan.evaluated.judged) if result != Result.ACHIEVED]
    old = plan.newest.words
    return typed(Content(aim=old.aim, family_idea=old.family_idea, goals=tuple(left), programmes=old.programmes, informal=old.informal,
                         programme_note=old.programme_note, emergency=old.emergency))


def _edit(case: Case, plan: Plan | None, form: PlanForm):
    names = session.scalars(sa.select(Agency.name).order_by(Agency.name)).all()
    number = plan.number + bool(plan.evaluated) if plan else 1
    return render_template("plans/edit.html", case=case, plan=plan, form=form, agencies=names, number=number)


def _evaluation(case: Case, version: PlanVersion, form: EvaluationForm):
    return render_template("plans/evaluation.html", case=case, version=version, form=form)


def _page(case: Case, freezing=None, agreeing=None, monitoring=None):
    running, plans, version = current_user.may("run", "case", case.id), _seen(case), _version(case)
    latest = plans[0] if plans else None
    drafting = running and latest and latest.changed and not (_asked("version") or latest.evaluated)
    allowed = {each.id for each in _heard(case, "see")}
    typed_here = next((each for each in (freezing, agreeing, monitoring) if each is not None and each.is_submitted()), None)
    return render_template(
        "plans/show.html", case=case, running=running, plans=plans, latest=latest, version=None if drafting else version, drafting=drafting,
        content=latest.content if drafting else version and version.words, typed=typed_here, allowed=allowed,
        freezing=freezing or FreezeForm(formdata=None, hearings=_not_there(case, latest)),
        agreeing=agreeing or AgreementForm(formdata=None, case=case, data=dict(agreed_on=clock.today())),
        monitoring=monitoring or MonitoringForm(formdata=None, data=dict(seen_on=clock.today())))
