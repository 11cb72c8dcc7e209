"""Doors to one's own acts in the room: taken back, done again."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from core import access
from core.access import signed_in
from core.languages import _
from core.web import Refused
from meetings import acts
from room.pages import saved

bp = Blueprint("acts", __name__)


@bp.post("/hearings/<int:hearing_id>/undo")
@signed_in(record="hearing", act="write")
def undo(hearing_id):
    hearing = current_user.hearing(hearing_id, to="write")
    _ask_sharing(acts.undo(hearing, current_user))
    return saved(hearing.meeting, hearing)


@bp.post("/hearings/<int:hearing_id>/redo")
@signed_in(record="hearing", act="write")
def redo(hearing_id):
    hearing = current_user.hearing(hearing_id, to="write")
    _ask_sharing(acts.redo(hearing, current_user))
    return saved(hearing.meeting, hearing)


def _ask_sharing(act: acts.RoomAct) -> None:
    # the line may have been kept to some of the table meanwhile: then nothing of this is done
    if act.entry_id and not access.may(current_user, "entry", act.entry_id, "write"):
        raise Refused(_("Somebody else has changed this line in the meantime."))
