"""The door to a case's timeline (経過)."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user

from core import audit
from core.access import signed_in
from core.pages import page_asked
from home import timeline

bp = Blueprint("timeline", __name__)


@bp.get("/cases/<int:case_id>/timeline")
@signed_in(record="case")
def show(case_id):
    case, page = current_user.case(case_id), page_asked()
    audit.saw(f"case/{case.id}")
    kind = next((each for each in timeline.Kind if each.value == request.args.get("kind")), None)
    events, more = timeline.of(current_user, case, kind, page)
    return render_template("cases/timeline.html", case=case, events=events, kind=kind, kinds=timeline.Kind, page=page, more=more,
                           running=current_user.may("run", "case", case.id))
