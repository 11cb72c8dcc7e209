"""Doors to the search by name. What is searched for stands in no address and in no record, only how many were found."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from core import audit
from core.access import office
from identities.forms import SearchForm
from identities.models import FOUND, Identity

bp = Blueprint("names", __name__)


@bp.get("/names")
@office("identity")
def index():
    return render_template("identities/search.html", form=SearchForm(), found=None, most=FOUND)


@bp.post("/names")
@office("identity")
def search():
    form = SearchForm()
    if not form.accepts():
        return render_template("identities/search.html", form=form, found=None, most=FOUND), form.status
    found = Identity.search(form.wanted.data, among=current_user.all("case", to="identify"))
    audit.note("searched", "identity/search", str(len(found)))
    for identity, _facts in found:
        audit.saw(f"identity/{identity.id}")
    return render_template("identities/search.html", form=form, found=found, most=FOUND)
