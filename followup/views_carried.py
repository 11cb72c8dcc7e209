"""Doors at the head of an agenda (前回までの確認): each thing that stands over is settled there, by whoever runs the case."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from actions.forms_progress import ProgressForm
from actions.words import Via
from core import audit, live
from core.access import signed_in
from core.forms import plain_key
from core.languages import _
from followup import carrying
from followup.forms_carried import SettledForm, TakenUpForm
from meetings.table import Hearing

bp = Blueprint("carried", __name__)


@bp.app_context_processor
def words():
    """What stands over at a table, as the reader of the page may see it; and as all of it may."""
    return dict(carried_of=lambda hearing: carrying.carried(hearing, current_user), carried_for_all=carrying.for_all)


@bp.get("/hearings/<int:hearing_id>/carried")
@signed_in(record="hearing", act="run")
def show(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    audit.saw(f"hearing/{hearing.id}")
    return _page(hearing)


@bp.post("/hearings/<int:hearing_id>/carried/<int:carried_id>/progress")
@signed_in(record="hearing", act="run")
def report(hearing_id, carried_id):
    hearing = current_user.hearing(hearing_id, to="run")
    action, form = _role(hearing, carried_id), ProgressForm()
    if not form.accepts():
        return _page(hearing, action, form), form.status
    action.report(current_user, form.said, form.note.data, via=Via.TOLD)
    return _done(hearing)


@bp.post("/hearings/<int:hearing_id>/carried/<int:carried_id>/role")
@signed_in(record="hearing", act="run")
def take_up(hearing_id, carried_id):
    hearing = current_user.hearing(hearing_id, to="run")
    action = _role(hearing, carried_id)
    form = TakenUpForm(hearing=hearing, action=action, by=current_user)
    if not form.accepts():
        return _page(hearing, action, taken=form), form.status
    carrying.take_up(hearing, action, current_user, plain_key(form.key.data) or uuid.uuid4().hex, *form.holder, form.due_on.data)
    return _done(hearing)


@bp.post("/hearings/<int:hearing_id>/carried/lines/<int:left_id>")
@signed_in(record="hearing", act="run")
def settle(hearing_id, left_id):
    hearing, form = current_user.hearing(hearing_id, to="run"), SettledForm()
    entry = next((each.entry for each in carrying.carried(hearing, current_user).lines if each.entry.id == left_id), None) or abort(404)
    if not form.accepts():
        return _page(hearing, settled=(entry, form)), form.status
    carrying.settle(hearing, entry, current_user, form.note.data)
    return _done(hearing)


def _role(hearing: Hearing, id: int):
    return next((each.action for each in carrying.carried(hearing, current_user).roles if each.action.id == id), None) or abort(404)


def _done(hearing: Hearing):
    live.touch(hearing.meeting.topic)
    flash(_("Saved."), "success")
    return redirect(url_for("carried.show", hearing_id=hearing.id, view=request.args.get("view")), 303)


def _page(hearing: Hearing, action=None, form=None, taken=None, settled=None):
    entry, said = settled or (None, None)
    blank = lambda each: taken if taken and each is action else TakenUpForm(formdata=None, hearing=hearing, action=each, by=current_user, data=dict(key=uuid.uuid4().hex))  # noqa: E731
    return render_template("followup/carried.html", hearing=hearing, meeting=hearing.meeting, standing=carrying.carried(hearing, current_user),
                           refused=action, form=form, taken=blank, entry=entry, said=said, blank=SettledForm)
