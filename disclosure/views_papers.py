"""Doors to the papers of a request: as drafts, and as they were issued."""

from __future__ import annotations

import json

from flask import Blueprint, abort, flash, redirect, url_for
from flask_login import current_user

from core import audit
from core.access import office
from core.languages import _
from core.web import WORD, Refused, download
from disclosure import papers
from disclosure.models import DisclosureRequest
from disclosure.words import PaperKind
from exports import word
from stationery.house import layout

bp = Blueprint("disclosure_papers", __name__)


@bp.get("/disclosures/<int:disclosure_id>/<kind>.docx")
@office("clerk", record="disclosure", act="run")
def draft(disclosure_id, kind):
    kept = current_user.find("disclosure", disclosure_id, to="run")
    content = papers.content(kept, _kind(kind))
    audit.note("exported", f"disclosure_request/{kept.id}", f"docx {kind}")
    return _word(kept, content, "案")


@bp.post("/disclosures/<int:disclosure_id>/papers/<kind>")
@office("clerk", record="disclosure", act="run")
def issue(disclosure_id, kind):
    kept, of = current_user.find("disclosure", disclosure_id, to="run"), _kind(kind)
    if of is PaperKind.NOTICE and kept.decision is None or of is PaperKind.EXTENSION and kept.extended_on is None:
        raise Refused(_("This paper can be issued once there is something to tell."))
    papers.issue(kept, current_user, of)
    flash(_("The paper is issued and kept as it is now."), "success")
    return redirect(url_for("disclosure.show", disclosure_id=kept.id) + "#papers", 303)


@bp.get("/disclosure-papers/<int:disclosure_paper_id>.docx")
@office("clerk", record="disclosure_paper", act="run")
def docx(disclosure_paper_id):
    paper = current_user.find("disclosure_paper", disclosure_paper_id, to="run")
    if not papers.sound(paper):
        raise Refused(_("This paper was altered past Kurumaza."), _("It is not shown, so that nobody relies on it. Tell the administrator; a backup may have it whole."))
    audit.note("exported", f"disclosure_paper/{paper.id}", f"docx {paper.hash[:12]}")
    return _word(paper.request, json.loads(paper.content), "", f"照合番号 {paper.hash[:12]}")


def _kind(kind: str) -> PaperKind:
    return next((each for each in PaperKind if each.value == kind), None) or abort(404)


def _word(kept: DisclosureRequest, content: dict, status: str, seal: str = ""):
    name = "_".join(filter(None, [kept.number, PaperKind(content["kind"]).law_name, status])) + ".docx"
    return download(word.draw(papers.lay_out(content), content["title"], content["mark"], content["number"], status, seal, layout()), WORD, name)
