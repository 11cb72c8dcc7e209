"""The door by which those who run a case choose what the wall shows of it."""

from __future__ import annotations

from flask import Blueprint, request
from flask_login import current_user

from core.access import office
from room import wall
from room.pages import saved
from room.screens import HELD

bp = Blueprint("wall", __name__)


@bp.app_context_processor
def words():
    """What the choice of the screen is drawn from."""
    return dict(wall_of=wall.screen_of, wall_screens=lambda: [(each.value, each.label) for each in HELD])


@bp.post("/hearings/<int:hearing_id>/wall")
@office("coordinator", record="hearing", act="run")
def update(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    if "shown" in request.form:
        wall.hold(hearing, request.form["shown"])
    if "words" in request.form:
        wall.show_own_words(hearing, bool(request.form["words"]))
    return saved(hearing.meeting, hearing)
