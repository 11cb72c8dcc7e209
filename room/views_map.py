"""The map of what exists, looked up from the room: a page of its own, and the part of it that the room shows in a dialog.

What is looked for goes by POST: in a meeting it is content of the case. The domains of the case order what is found.
"""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user

from community.looking import look
from core import search, text
from core.access import signed_in
from core.web import wants_part

bp = Blueprint("room_map", __name__)


@bp.get("/hearings/<int:hearing_id>/map")
@signed_in(record="hearing")
def show(hearing_id):
    return _answer(current_user.hearing(hearing_id), "")


@bp.post("/hearings/<int:hearing_id>/map")
@signed_in(record="hearing")
def find(hearing_id):
    """Looks something up; keeps nothing."""
    typed = text.revealed(request.form.get("nearest", request.form.get("text", "")))
    return _answer(current_user.hearing(hearing_id), typed[:search.LIMIT])


def _answer(hearing, typed: str):
    codes = [each.domain_code for each in hearing.case.needs] if hearing.case else []
    found, count = look(current_user.all("social_resource"), typed, codes)
    near = "nearest" in request.form  # asked by the field of an idea
    page = ("community/_near.html" if near else "community/_found.html") if wants_part() else "room/map.html"
    return render_template(page, hearing=hearing, typed=typed, found=found, count=count, fills=True)
