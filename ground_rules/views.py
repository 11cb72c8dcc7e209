"""Doors to the ground rules and to the citations of law."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user

from core import clock, languages
from core.access import office, signed_in
from core.forms import Day, Form, Required, line, paragraph
from core.languages import _, later
from ground_rules.models import Citation, Edition
from ground_rules.reading import page

bp = Blueprint("ground_rules", __name__)


class CitationForm(Form):
    ja = line(later("In Japanese"), limit=120)
    en = line(later("In English"), limit=120)
    since = Day(later("Cited so from (day of coming into force)"))
    as_of = Day(later("Right as of"), [Required()])
    note = paragraph(later("Note"), limit=1000, rows=2)

    @property
    def words(self) -> dict:
        return {name: self[name].data for name in WORDS}


WORDS = ("ja", "en", "since", "as_of", "note")


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
    return _edit(citation, CitationForm(data={name: getattr(citation.newest, name) for name in WORDS} | dict(version=str(citation.version))))


@bp.post("/ground-rules/citations/<key>")
@office("admin")
def update(key):
    citation, form = _citation(key), CitationForm()
    if not form.accepts(citation, citation.newest):
        return _edit(citation, form), form.status
    if any(getattr(citation.newest, name) != value for name, value in form.words.items()):
        citation.rewrite(current_user, **form.words)
    flash(_("Saved."), "success")
    return redirect(url_for("ground_rules.history", key=citation.key), 303)


@bp.get("/ground-rules/citations/<key>/history")
@office("admin", "coordinator")
def history(key):
    """What it said before, since when it is cited so, and who wrote it."""
    return render_template("ground_rules/citation_history.html", citation=_citation(key), today=clock.today())


def _edit(citation: Citation, form: CitationForm):
    return render_template("ground_rules/citation.html", citation=citation, form=form)


def _citation(key: str) -> Citation:
    return next((each for each in Citation.listed() if each.key == key), None) or abort(404)


def parts(edition: Edition, on: date | None = None) -> list[tuple]:
    """(part, safe HTML, its language where that is another one) of an edition in the language in use, with the citations of a
    day (today)."""
    spoken = languages.language()
    return [(each.part, page(each.cited(on=on)), each.language if each.language != spoken else "") for each in edition.parts(spoken)]
