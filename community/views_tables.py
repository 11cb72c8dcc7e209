"""Doors through which the map leaves: as a table, as the empty table to fill in, as a paper."""

from __future__ import annotations

from flask import Blueprint, request
import sqlalchemy as sa
from sqlalchemy import orm

from agencies.exporting import NotInShiftJis
from agencies.views_export import CSV, EXCEL
from community import exporting, paper
from community.forms import ResourceBox
from community.models import SocialResource, areas
from community.views import narrowed
from core import audit, clock
from core.access import office, signed_in
from core.database import session
from core.languages import _
from core.office import office as the_office
from core.web import Refused, download
from exports import word
from stationery.handing import asked_as, hand_out
from stationery.house import layout

bp = Blueprint("map_tables", __name__)
READERS = ("coordinator", "clerk", "admin")
NAME = "社会資源一覧"


@bp.get("/resources/map.xlsx")
@office(*READERS)
def xlsx():
    content = exporting.as_xlsx(exporting.table(_list()))
    audit.note("exported", "social_resource/list", "xlsx")
    return download(content, EXCEL, _named("xlsx"))


@bp.get("/resources/map.csv")
@office(*READERS)
def csv():
    try:
        content = exporting.as_csv(exporting.table(_list()), request.args.get("letters") == "shift_jis")
    except NotInShiftJis as fault:
        raise Refused(_("Shift_JIS has no “%(letter)s”, which is written at %(agency)s.", letter=fault.args[0], agency=fault.args[1]),
                      _("Take the Excel file or CSV in UTF-8 instead.")) from None
    audit.note("exported", "social_resource/list", "csv")
    return download(content, CSV, _named("csv"))


@bp.get("/resources/map/template.xlsx")
@office("coordinator", "admin")
def template():
    return download(exporting.as_xlsx([], hints=True), EXCEL, f"{NAME}_ひな形.xlsx")


@bp.get("/resources/map/template.csv")
@office("coordinator", "admin")
def template_csv():
    return download(exporting.as_csv([]), CSV, f"{NAME}_ひな形.csv")


@bp.get("/resources/map.docx")
@signed_in()
def docx():
    """The list as it is narrowed, for the wall or to be handed out; PDF with ?as=pdf."""
    found = _list()
    blocks = paper.listed(found, the_office().name, clock.today())
    answer = hand_out(word.draw(blocks, NAME, layout=layout()), f"{NAME}.docx")
    audit.note("exported", "social_resource/list", asked_as())
    return answer


def _list() -> list[SocialResource]:
    query: sa.Select = narrowed(ResourceBox.read(areas=areas()))
    return list(session.scalars(query.options(orm.selectinload(SocialResource.domains))).unique())


def _named(ending: str) -> str:
    return f"{NAME}_{clock.today():%Y%m%d}.{ending}"
