"""Doors to the clock of the agenda: which step runs, and how long."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from core.access import office
from core.languages import _
from core.web import Refused
from room.pages import saved, step_of

bp = Blueprint("agenda", __name__)


@bp.post("/meetings/<int:meeting_id>/agenda/<int:item_id>")
@office("coordinator", record="meeting", act="run")
def start(meeting_id, item_id):
    meeting = current_user.meeting(meeting_id, to="run")
    if not meeting.opened:
        raise Refused(_("This meeting is not open."))
    item = step_of(meeting, item_id)
    if item.hearing and item.hearing.opened_at is None:
        raise Refused(_("This case has not been opened yet."), _("Note who is here for it, then open it."))
    item.start()
    return saved(meeting, item.hearing)


@bp.post("/meetings/<int:meeting_id>/agenda/<int:item_id>/extension")
@office("coordinator", record="meeting", act="run")
def extend(meeting_id, item_id):
    meeting = current_user.meeting(meeting_id, to="run")
    step_of(meeting, item_id).extend(3)
    return saved(meeting)
