"""The door to fairness: how work is shared among agencies."""

from __future__ import annotations

from flask import Blueprint

from core import audit
from core.access import office
from reports import fairness
from reports.rights import FAIRNESS
from reports.views import asked_year, page

bp = Blueprint("fairness", __name__)


@bp.get("/reports/fairness")
@office(*FAIRNESS)
def show():
    year = asked_year()
    audit.saw(f"reports/{year}/fairness")
    return page("reports/fairness.html", year, fairness=fairness.of(year), share=fairness.share)
