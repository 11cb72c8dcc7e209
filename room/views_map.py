"""The map of what exists, looked up from the room: a page of its own, and the part of it that the room shows in a dialog.

What is looked for goes by POST: in a meeting it is content of the case. The domains of the case order what is found.
"""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user

from community.looking import gone, look
from core import search
from core.access import signed_in
from core.forms import Form, line
from core.languages import later
from core.web import wants_part

bp = Blueprint("room_map", __name__)


class LookForm(Form):
    """Words to look for, typed into the dialog or into the field of an idea that asks for the nearest thing."""

    text = line(later("Words to look for"), limit=search.LIMIT, required=False)
    nearest = line(later("Nearest thing that exists"), limit=search.LIMIT, required=False)

    @property
    def typed(self) -> str:
        return self.text.data or self.nearest.data or ""


@bp.get("/hearings/<int:hearing_id>/map")
@signed_in(record="hearing")
def show(hearing_id):
    return _answer(current_user.hearing(hearing_id), "")


@bp.post("/hearings/<int:hearing_id>/map")
@signed_in(record="hearing")
def find(hearing_id):
    """Looks something up; keeps nothing."""
    hearing, form = current_user.hearing(hearing_id), LookForm()
    if not form.accepts():
        return _answer(hearing, form.typed, form.faults), form.status
    return _answer(hearing, form.typed)


def _answer(hearing, typed: str, faults=()):
    codes = [each.domain_code for each in hearing.case.needs] if hearing.case else []
    readable = current_user.all("social_resource")
    found, count = look(readable, typed, codes) if not faults else ([], 0)
    near = "nearest" in request.form  # asked by the field of an idea
    page = ("community/_near.html" if near else "community/_found.html") if wants_part() else "room/map.html"
    return render_template(page, hearing=hearing, typed=typed, faults=faults, found=found, count=count, fills=True,
                           ended=gone(readable, typed) if not faults else [])
