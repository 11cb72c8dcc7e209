"""The door by which the team keeps a line to those who share in it (限定共有), or releases it to the whole table."""

from __future__ import annotations

from flask import Blueprint, request
from flask_login import current_user

from core import audit
from core.access import office
from room.pages import saved

bp = Blueprint("limited", __name__)


@bp.post("/entries/<int:entry_id>/limitation")
@office("coordinator", record="entry", act="run")
def update(entry_id):
    entry, on = current_user.entry(entry_id, to="run"), bool(request.form.get("limited"))
    entry.limit(on)
    audit.note("limited" if on else "released", f"entry/{entry.id}")
    return saved(entry.hearing.meeting, entry.hearing)
