"""Doors to one's own acts in the room: taken back, done again."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from core import access
from core.access import signed_in
from core.database import session
from meetings import acts
from room.pages import saved

bp = Blueprint("acts", __name__)


@bp.post("/hearings/<int:hearing_id>/undo")
@signed_in(record="hearing", act="write")
def undo(hearing_id):
    return _carried_out(acts.undo, current_user.hearing(hearing_id, to="write"))


@bp.post("/hearings/<int:hearing_id>/redo")
@signed_in(record="hearing", act="write")
def redo(hearing_id):
    return _carried_out(acts.redo, current_user.hearing(hearing_id, to="write"))


def _carried_out(act, hearing):
    try:
        act(hearing, current_user, _shared)
    except acts.Overtaken:
        session.commit()  # so that it is told once
        raise
    return saved(hearing.meeting, hearing)


def _shared(act: acts.RoomAct) -> bool:
    # the line may have been kept to some of the table meanwhile
    return access.may(current_user, "entry", act.entry_id, "write")
