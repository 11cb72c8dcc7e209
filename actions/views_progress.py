"""Doors to how a role goes on after its meeting: begun, done, stuck, not needed any more."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from actions import holding
from actions.forms_progress import ProgressForm
from actions.words import REPORTED, Progress
from core import audit
from core.access import signed_in
from core.languages import _

bp = Blueprint("progress", __name__)


@bp.app_context_processor
def words():
    """What a page shows of how a role goes on."""
    return dict(progress_form=lambda: ProgressForm(formdata=None), reported=REPORTED, left_alone=holding.left_alone,
                deputises=lambda action: holding.acts_for(action.member, current_user))


@bp.get("/actions/<int:action_id>/progress")
@signed_in(record="action", act="report")
def show(action_id):
    action = current_user.action(action_id, to="report")
    audit.saw(f"action/{action.id}")
    return render_template("actions/progress.html", action=action, form=ProgressForm(formdata=None))


@bp.post("/actions/<int:action_id>/progress")
@signed_in(record="action", act="report")
def report(action_id):
    action, form = current_user.action(action_id, to="report"), ProgressForm()
    if not form.accepts():
        return render_template("actions/progress.html", action=action, form=form), form.status
    action.report(current_user, form.said, form.note.data, deputised=holding.acts_for(action.member, current_user))
    flash(_("Recorded: %(state)s.", state=form.said.label), "success")
    if form.said == Progress.STUCK:
        flash(_("Whoever runs the case and the lead agency have been told. It stands on the agenda of the next meeting."), "success")
    return redirect(_back(action), 303)


def _back(action) -> str:
    """Where the report was sent from: the list of one's roles, else the role's own page."""
    return url_for("lists.index") if request.args.get("back") == "list" else url_for("progress.show", action_id=action.id)
