"""Doors through which the register of minutes (会議録台帳) leaves, year by year."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask_login import current_user

from core import audit, clock
from core.access import office
from core.office import office as the_office
from core.web import download
from meetings.kinds import Kind
from records import ledger
from records.workbook import EXCEL, workbook

bp = Blueprint("ledger", __name__)


@bp.get("/records/ledger.csv")
@office("clerk", "coordinator")
def csv():
    year, lines = _lines()
    content = ledger.csv(lines)
    audit.note("exported", f"ledger/{year}", "csv")
    return download(content, "text/csv", f"{name(year)}.csv")


@bp.get("/records/ledger.xlsx")
@office("clerk", "coordinator")
def xlsx():
    year, lines = _lines()
    content = sheet(year, lines)
    audit.note("exported", f"ledger/{year}", "xlsx")
    return download(content, EXCEL, f"{name(year)}.xlsx")


def sheet(year: int, lines) -> bytes:
    """The workbook of these lines of a 年度."""
    here = the_office()
    return workbook(f"{clock.fiscal_year_name(year)} 会議録台帳", here.name if here else "", ledger.COLUMNS, map(ledger.cells, lines), clock.today())


def name(year: int) -> str:
    """R08_会議録台帳."""
    return f"{clock.fiscal_year_code(year)}_会議録台帳"


def _lines():
    """The 年度 the address asks for (this one, if it names none), and its lines."""
    year, kind = request.args.get("year", clock.fiscal_year(clock.today()), type=int), request.args.get("of", "")
    if not 1990 <= year <= 2100 or kind not in ("", *(each.value for each in Kind)):
        abort(404)
    return year, ledger.rows(current_user, ledger.versions(current_user, year, kind))
