"""Doors to the next edition of the ground rules while it is written: begun, written, looked at, given up."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core.access import office
from core.database import session
from core.forms import Form, paragraph
from core.languages import LANGUAGES, _, later
from core.web import Refused
from ground_rules.drafts import EditionDraft, place
from ground_rules.models import Citation, Edition, Part

bp = Blueprint("drafts", __name__)
LONGEST = 12_000  # characters of one part


def _text(part: Part, language: str):
    """English may stay empty: those who read English then read the Japanese."""
    return paragraph(later("In Japanese") if language == "ja" else later("In English (may stay empty)"), limit=LONGEST, required=language == "ja", rows=18)


class DraftForm(Form):
    compliance_ja, compliance_en = _text(Part.COMPLIANCE, "ja"), _text(Part.COMPLIANCE, "en")
    safety_ja, safety_en = _text(Part.SAFETY, "ja"), _text(Part.SAFETY, "en")
    procedure_ja, procedure_en = _text(Part.PROCEDURE, "ja"), _text(Part.PROCEDURE, "en")
    note = paragraph(later("What is new, and why"), limit=2000, rows=3)

    @property
    def words(self) -> dict[str, str]:
        return {name: self[name].data for name in ("note", *(place(part, each) for part in Part for each in LANGUAGES))}


@bp.get("/ground-rules/draft")
@office("admin", "coordinator")
def edit():
    draft = EditionDraft.now()
    return _page(draft, DraftForm(obj=draft) if draft else None)


@bp.post("/ground-rules/draft/begin")
@office("admin", "coordinator")
def begin():
    EditionDraft.begin(current_user)
    return redirect(url_for("drafts.edit"), 303)


@bp.post("/ground-rules/draft")
@office("admin", "coordinator")
def update():
    draft, form = EditionDraft.now() or _over(), DraftForm()
    if not form.accepts(draft):
        return _page(draft, form), form.status
    draft.write(form.words)
    flash(_("The draft is saved. Nobody else goes by it yet."), "success")
    return redirect(url_for("editions.preview" if request.form.get("then") == "preview" else "drafts.edit"), 303)


@bp.post("/ground-rules/draft/discard")
@office("admin", "coordinator")
def discard():
    session.delete(EditionDraft.now() or _over())
    flash(_("The draft is given up. The rules stay as they are."), "success")
    return redirect(url_for("ground_rules.show"), 303)


def _over():
    raise Refused(_("There is no draft: it was published or given up."), _("Begin the next edition from the page of the ground rules."), url_for("drafts.edit"))


def _page(draft: EditionDraft | None, form: DraftForm | None):
    return render_template("ground_rules/draft.html", draft=draft, form=form, parts=list(Part), languages=LANGUAGES, place=place,
                           citations=Citation.listed(), last=Edition.newest())
