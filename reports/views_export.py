"""Doors through which the figures of a 年度 leave: CSV, Excel, Word. `?to=public` holds back small numbers, whoever asks."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask_login import current_user

from core import audit
from core.access import office
from core.tables import Number, as_csv
from core.web import download
from exports import word
from records.workbook import EXCEL
from reports import behind, paper, sheets, taking_out
from reports.rights import FIGURES
from reports.span import FIRST, LAST
from reports.taking_out import HEAD, PARTS_HEAD, WORDS_HEAD, Report
from stationery.handing import hand_out
from stationery.house import layout

bp = Blueprint("report_exports", __name__)


@bp.get("/reports/years/<int:year>.csv")
@office(*FIGURES)
def csv(year):
    made = _report(year, "csv")
    rows = [HEAD, *(_signed(each) for each in made.numbers), (), PARTS_HEAD, *made.parts, (), *((taking_out.trend_head(), *made.trend, (taking_out.TREND,), ()) if made.trend else ()), WORDS_HEAD, *made.words, (), *((note,) for note in made.notes)]
    return download(as_csv([_text(each) for each in row] for row in rows), "text/csv", f"{taking_out.file_name(made)}.csv")


@bp.get("/reports/years/<int:year>.xlsx")
@office(*FIGURES)
def xlsx(year):
    made = _report(year, "xlsx")
    book = sheets.workbook(made.title, f"{made.office} {made.made}", (
        ("月別", HEAD, (18, 34, 8, *(7,) * 12, 9, 9, 9), made.numbers, 1), ("内訳", PARTS_HEAD, (18, 34, 26, 34, 12, 12), made.parts, 0),
        *([("振り返りの推移", taking_out.trend_head(), (24, 16, 16, 16, 16, 16, 8), made.trend, 0)] if made.trend else []),
        ("数え方", WORDS_HEAD, (18, 34, 90), made.words, 0)), made.notes)
    return download(book, EXCEL, f"{taking_out.file_name(made)}.xlsx")


@bp.get("/reports/years/<int:year>.docx")
@office(*FIGURES)
def docx(year):
    made = _report(year, "docx")
    return hand_out(word.draw(paper.lay_out(made), made.title, layout=paper.across(layout())), f"{taking_out.file_name(made)}.docx")


def _report(year: int, kind: str) -> Report:
    if not FIRST <= year <= LAST:
        abort(404)
    public = request.args.get("to") == "public"
    made = taking_out.report(year, None if public else lambda of: behind.open_to(current_user, of))
    audit.note("exported", f"reports/{year}", f"{kind}, public" if public else kind)
    return made


def _signed(row: tuple) -> tuple:
    """A row of numbers with a sign before the last, the difference."""
    *those, change = row
    return (*those, change if isinstance(change, str) else Number(f"{change:+.1f}" if isinstance(change, float) else f"{change:+d}" if change else "0"))


def _text(value) -> str:
    if isinstance(value, str):
        return value
    return Number(f"{value:.1f}" if isinstance(value, float) else value)
