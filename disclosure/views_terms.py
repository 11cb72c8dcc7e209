"""Doors to the office's terms of disclosure."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for

from core.access import office
from core.database import session
from core.languages import _
from disclosure.forms import TermsForm
from disclosure.terms import Terms

bp = Blueprint("disclosure_terms", __name__)


@bp.get("/disclosures/terms")
@office("clerk", "admin")
def edit():
    return render_template("disclosure/terms.html", form=TermsForm(obj=Terms.now()))


@bp.post("/disclosures/terms")
@office("clerk", "admin")
def update():
    terms, form = Terms.now(), TermsForm()
    if not form.accepts(terms):
        return render_template("disclosure/terms.html", form=form), form.status
    for name in ("days", "extension", "closed", "own", "foi", "remedies"):
        setattr(terms, name, form[name].data)
    session.add(terms)
    flash(_("Saved."), "success")
    return redirect(url_for("disclosure_terms.edit"), 303)
