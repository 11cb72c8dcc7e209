"""Doors to the ground rules and to the citations of law."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from core import languages
from core.access import office, signed_in
from core.forms import Day, Form, Required, line, paragraph
from core.languages import _, later
from ground_rules.models import Citation, Edition
from ground_rules.reading import page

bp = Blueprint("ground_rules", __name__)


class CitationForm(Form):
    ja = line(later("In Japanese"), limit=120)
    en = line(later("In English"), limit=120)
    as_of = Day(later("Right as of"), [Required()])
    note = paragraph(later("Note"), limit=1000, rows=2)


@bp.get("/ground-rules")
@signed_in()
def show():
    edition = Edition.current()
    return render_template("ground_rules/show.html", edition=edition, parts=parts(edition))


@bp.get("/ground-rules/citations")
@office("admin", "coordinator")
def citations():
    return render_template("ground_rules/citations.html", citations=Citation.listed())


@bp.get("/ground-rules/citations/<key>")
@office("admin")
def edit(key):
    citation = _citation(key)
    return render_template("ground_rules/citation.html", citation=citation, form=CitationForm(obj=citation))


@bp.post("/ground-rules/citations/<key>")
@office("admin")
def update(key):
    citation, form = _citation(key), CitationForm()
    if not form.accepts():
        return render_template("ground_rules/citation.html", citation=citation, form=form), form.status
    citation.ja, citation.en, citation.as_of, citation.note = form.ja.data, form.en.data, form.as_of.data, form.note.data
    flash(_("Saved."), "success")
    return redirect(url_for("ground_rules.citations"), 303)


def _citation(key: str) -> Citation:
    return next((each for each in Citation.listed() if each.key == key), None) or abort(404)


def parts(edition: Edition) -> list[tuple]:
    """(part, safe HTML) of an edition in the language in use."""
    return [(each.part, page(each.cited())) for each in edition.parts(languages.language())]
