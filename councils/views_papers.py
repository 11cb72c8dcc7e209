"""Doors to a council's papers: 委員名簿 and 年次報告, as Word or PDF."""

from __future__ import annotations

from flask import Blueprint, abort
from flask_login import current_user

from core import audit, clock
from core.access import office, signed_in
from councils import paper
from exports import word
from stationery.handing import asked_as, hand_out
from stationery.house import layout

bp = Blueprint("council_papers", __name__)


@bp.get("/councils/<int:council_id>/members.docx")
@signed_in(record="council")
def roster(council_id):
    council = current_user.find("council", council_id)
    audit.note("exported", f"council/{council.id}", f"roster {asked_as()}")
    name = paper.roster_name(council)
    return hand_out(word.draw(paper.roster(council, clock.today()), f"{council.name} 委員名簿", layout=layout()), name)


@bp.get("/councils/<int:council_id>/report/<int:year>.docx")
@office("coordinator", "clerk", record="council", act="report")
def report(council_id, year):
    council = current_user.find("council", council_id, to="report")
    if not 2000 <= year <= 2100:
        abort(404)
    audit.note("exported", f"council/{council.id}", f"report {year} {asked_as()}")
    title = f"{council.name} {clock.fiscal_year_name(year)}年次報告"
    return hand_out(word.draw(paper.report(council, year), title, layout=layout()), paper.report_name(council, year))
