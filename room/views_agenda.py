"""Doors to the clock of the agenda: which step runs, and how long."""

from __future__ import annotations

from flask import Blueprint, request
from flask_login import current_user

from core.access import office
from core.languages import _
from core.web import Refused
from room.pages import heard, saved, step_of

bp = Blueprint("agenda", __name__)
STEPS = {-1, 1, 3}  # minutes a step is made longer or shorter by at once


@bp.post("/meetings/<int:meeting_id>/agenda/<int:item_id>")
@office("coordinator", record="meeting", act="run")
def start(meeting_id, item_id):
    """Begin a step; `seen` is the one that ran on the page this was pressed on, so that a second press skips nothing."""
    meeting = _open(current_user.meeting(meeting_id, to="run"))
    item = step_of(meeting, item_id)
    if item.hearing and item.hearing.opened_at is None:
        raise Refused(_("This case has not been opened yet."), _("Note who is here for it, then open it."))
    item.start(request.form.get("seen", type=int), meeting.steps(heard(meeting)))
    return saved(meeting, item.hearing)


@bp.post("/meetings/<int:meeting_id>/agenda/<int:item_id>/extension")
@office("coordinator", record="meeting", act="run")
def extend(meeting_id, item_id):
    """Make a step longer or shorter by a minute or three."""
    meeting = _open(current_user.meeting(meeting_id, to="run"))
    by = request.form.get("minutes", 3, type=int)
    step_of(meeting, item_id).resize(by if by in STEPS else 3)
    return saved(meeting)


def _open(meeting):
    if not meeting.opened:
        raise Refused(_("This meeting is not open."))
    return meeting
