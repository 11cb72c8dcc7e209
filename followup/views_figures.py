"""The door to the figures of roles: how many are open and overdue, by week and by agency."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from core import audit
from core.access import signed_in
from followup import figures, lists

bp = Blueprint("figures", __name__)


@bp.get("/actions/figures")
@signed_in()
def show():
    """Numbers only: neither a role nor a person stands in them."""
    audit.saw("actions/figures")
    shown = figures.of(current_user) if lists.scopes(current_user) else None
    return render_template("followup/figures.html", figures=shown)
