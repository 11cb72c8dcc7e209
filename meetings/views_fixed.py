"""Doors to the fixed members of each kind of meeting."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
import sqlalchemy as sa

from agencies.models import Agency, Member
from core.access import office
from core.database import session
from core.languages import _
from core.search import ids
from meetings.core import CoreMember
from meetings.forms import LookForm
from meetings.kinds import Kind

bp = Blueprint("fixed", __name__)
KINDS = (Kind.SHIEN, Kind.JUSO)
FOUND = 30


@bp.get("/fixed-members")
@office("coordinator", "admin")
def index():
    return _page(LookForm())


@bp.post("/fixed-members")
@office("coordinator", "admin")
def update():
    """Look in the roster, or make one of those found a fixed member of a kind; or let one go."""
    act, _sign, rest = request.form.get("act", "").partition(" ")
    kind, _sign, number = rest.partition(" ")
    if kind in [each.value for each in KINDS] and number[:9].isdecimal():
        member = session.get(Member, int(number[:9]))
        if act == "add" and member is not None and member.active:
            CoreMember.add(Kind(kind), member)
            flash(_("%(name)s is a fixed member now.", name=member.full), "success")
        elif act == "drop":
            CoreMember.drop(Kind(kind), int(number[:9]))
            flash(_("Taken from the fixed members."), "success")
        return redirect(url_for("fixed.index"), 303)
    form = LookForm()
    return (_page(form, form.text.data), 200) if form.accepts() else (_page(form), form.status)


def _page(form: LookForm, looked_for: str = ""):
    query = sa.select(Member).join(Agency).where(Member.active, Agency.active, Agency.id.in_(ids("agency", looked_for))).order_by(Agency.name, Member.id)
    found = list(session.scalars(query.limit(FOUND))) if looked_for else []
    return render_template("meetings/fixed.html", fixed=[(kind, [each.member for each in CoreMember.of(kind)]) for kind in KINDS],
                           found=found, form=form, text=looked_for)
