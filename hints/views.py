"""The door to all hints at once; everywhere else they lie folded where the worry arises (templates/hints/_hint.html)."""

from __future__ import annotations

from flask import Blueprint, render_template

from core.access import signed_in
from core.languages import language
from hints import shelf

bp = Blueprint("hints", __name__)


@bp.app_context_processor
def words():
    """A hint by its key, in the language of the page."""
    return dict(hint=lambda key: shelf.hint(key, language()))


@bp.get("/hints")
@signed_in()
def index():
    return render_template("hints/index.html", worries=shelf.WORRIES, following=shelf.NEXT)
