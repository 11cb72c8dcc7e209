"""Doors to what comes after a meeting: one page for whoever ran it."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from core import audit
from core.access import office
from room.pages import heard

bp = Blueprint("followup", __name__)


@bp.get("/meetings/<int:meeting_id>/follow-up")
@office("coordinator", record="meeting", act="run")
def show(meeting_id):
    """Who was asked for what, who has answered, the draft that goes round: of the cases one runs."""
    meeting = current_user.meeting(meeting_id, to="run")
    audit.saw(f"meeting/{meeting.id}")
    return render_template("followup/show.html", meeting=meeting, hearings=heard(meeting, "run"))
