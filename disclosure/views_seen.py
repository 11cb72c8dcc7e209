"""Doors to who saw the records of a request."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user

from core import audit
from core.access import office
from core.web import WORD, download
from disclosure import papers_seen, seen, sources
from exports import word
from stationery.house import layout

bp = Blueprint("disclosure_seen", __name__)


@bp.get("/disclosures/<int:disclosure_id>/seen")
@office("clerk", record="disclosure", act="run")
def show(disclosure_id):
    kept, asked = current_user.find("disclosure", disclosure_id, to="run"), _asked()
    found = seen.looks(kept, **asked)
    faults = audit.verify() if request.args.get("verify") else None
    audit.saw(f"disclosure_request/{kept.id}", "who saw it")
    return render_template("disclosure/seen.html", request_=kept, looks=found, asked=asked, labels=sources.LABELS, faults=faults)


@bp.get("/disclosures/<int:disclosure_id>/seen.csv")
@office("clerk", record="disclosure", act="run")
def csv(disclosure_id):
    kept = current_user.find("disclosure", disclosure_id, to="run")
    audit.note("exported", f"disclosure_request/{kept.id}", "csv who saw it")
    return download(papers_seen.csv(seen.looks(kept, **_asked())), "text/csv", f"{kept.number}_取扱い状況.csv")


@bp.get("/disclosures/<int:disclosure_id>/seen.docx")
@office("clerk", record="disclosure", act="run")
def docx(disclosure_id):
    kept = current_user.find("disclosure", disclosure_id, to="run")
    blocks = papers_seen.lay_out(kept, seen.looks(kept, **_asked()), audit.verify())
    audit.note("exported", f"disclosure_request/{kept.id}", "docx who saw it")
    return download(word.draw(blocks, "記録の取扱い状況", reference=kept.number, layout=layout()), WORD, f"{kept.number}_取扱い状況.docx")


def _asked() -> dict[str, str]:
    """What the page is narrowed down to; anything unknown narrows nothing."""
    act, kind, who = (request.args.get(name, "") for name in ("act", "kind", "who"))
    return dict(act=act if act in seen.GROUPS else "", kind=kind if kind in sources.LABELS else "", who=who[:60] if "\x00" not in who else "")
