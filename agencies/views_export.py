"""Doors through which the roster leaves as a table, and the empty table to fill in."""

from __future__ import annotations

from flask import Blueprint, request

from agencies import exporting
from agencies.models import Agency
from core import audit, clock
from core.access import office
from core.languages import _
from core.web import Refused, download

bp = Blueprint("exports", __name__)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"


@bp.get("/agencies/roster.xlsx")
@office("coordinator", "admin")
def xlsx():
    content = exporting.as_xlsx(exporting.table(Agency.listed()))
    audit.note("exported", "roster/1", "xlsx")
    return download(content, EXCEL, _named("xlsx"))


@bp.get("/agencies/roster.csv")
@office("coordinator", "admin")
def csv():
    try:
        content = exporting.as_csv(exporting.table(Agency.listed()), request.args.get("letters") == "shift_jis")
    except exporting.NotInShiftJis as fault:
        raise Refused(_("Shift_JIS has no “%(letter)s”, which is written at %(agency)s.", letter=fault.args[0], agency=fault.args[1]),
                      _("Take the Excel file or CSV in UTF-8 instead.")) from None
    audit.note("exported", "roster/1", "csv")
    return download(content, CSV, _named("csv"))


@bp.get("/agencies/template.xlsx")
@office("coordinator", "admin")
def template():
    return download(exporting.as_xlsx([], hints=True), EXCEL, "構成員名簿_ひな形.xlsx")


@bp.get("/agencies/template.csv")
@office("coordinator", "admin")
def template_csv():
    return download(exporting.as_csv([]), CSV, "構成員名簿_ひな形.csv")


def _named(ending: str) -> str:
    return f"構成員名簿_{clock.today():%Y%m%d}.{ending}"
