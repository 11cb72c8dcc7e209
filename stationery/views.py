"""Doors to how the office's papers look: the administrator's settings, a paper to look at, and the style sheet for printing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from markupsafe import Markup

from core import clock
from core.access import office, signed_in
from core.languages import _
from core.office import office as the_office
from core.web import WORD, download
from exports import blocks, word
from exports.example import example
from exports.numbers import Numbers
from stationery import house
from stationery.choices import SETS
from stationery.forms import StyleForm
from stationery.logo import NoPicture, taken_in
from stationery.models import LAYOUT, PaperStyle

bp = Blueprint("stationery", __name__)
bp.add_app_template_global(Numbers, "counted")
KEPT = (*(name for name in LAYOUT), "days", "times", "box_labels", "number_rule")


@bp.get("/settings/paper")
@office("admin")
def edit():
    wanted = SETS.get(request.args.get("set", ""), {})
    own = PaperStyle.own()
    return _page(StyleForm(obj=own, data=None if own else _standard()) if not wanted else StyleForm(data=_standard(own) | wanted))


@bp.post("/settings/paper")
@office("admin")
def update():
    own, form, picture, fault = PaperStyle.chosen(), StyleForm(), b"", ""
    sent = request.files.get("logo")
    if sent and sent.filename:
        try:
            picture = taken_in(sent.read(400_000))
        except NoPicture as broken:
            fault = _why(str(broken))
    if not form.accepts(own) or fault:
        return _page(form, fault), form.status if form.status != 200 and form.errors else 422
    for name in KEPT:
        setattr(own, name, form[name].data)
    if picture or form.logo_away.data:
        own.logo = picture
    flash(_("Saved. Papers made from now on look like this; what was handed out stays as it is."), "success")
    return redirect(url_for("stationery.edit"), 303)


@bp.get("/settings/paper/sample.docx")
@office("admin")
def sample():
    """A meeting that never was, on the office's paper."""
    return download(word.write(_sample(), house.layout()), WORD, "用紙の見本.docx")


@bp.get("/paper.css")
@signed_in()
def sheet():
    """How a page of minutes is printed: the size, margins and typefaces of the Word file."""
    here = the_office()
    answer = Response(render_template("stationery/paper.css", layout=house.layout(), mark=here.handling_mark if here else ""), mimetype="text/css")
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@bp.app_template_filter("css_text")
def css_text(words: str) -> Markup:
    """Words of the office inside quotes of a style sheet: nothing in them ends the quotes (CSS Syntax, 4.3.7)."""
    return Markup("".join(each if each.isalnum() or each in " 　・、。（）〔〕" else f"\\{ord(each):x} " for each in words))


def _page(form: StyleForm, fault: str = ""):
    own = PaperStyle.own()
    paper = _sample()
    return render_template("stationery/edit.html", form=form, fault=fault, logo=bool(own and own.logo), sets=list(SETS), minutes=paper,
                           blocks=[(type(each).__name__, each) for each in blocks.lay_out(paper, house.layout().annexes)], layout=house.layout())


def _sample():
    here = the_office()
    number = PaperStyle.own().number_rule.replace("{番号}", "12").replace("{年度}", "8") if PaperStyle.own() else ""
    begins = clock.instant(date(2026, 6, 10), time(14))
    return replace(example(), document_number=number, handling_mark=here.handling_mark if here else "", finalised_on=house.day(date(2026, 6, 17)),
                   written_on=house.day(date(2026, 6, 11)), held=house.span(begins, begins + timedelta(hours=1))).sealed()


def _standard(own: PaperStyle | None = None) -> dict:
    """The values the form begins with: the office's own, or what papers look like without any choice."""
    names = (*KEPT,)
    if own:
        return {name: getattr(own, name) for name in names}
    return {name: getattr(house.layout(), name, "") for name in names} | dict(days="long", times="half", box_labels="", number_rule="")


def _why(word_: str) -> str:
    return {"size": _("The picture is too large: at most 300 KB."), "kind": _("The logo must be a PNG or JPEG picture."),
            "dots": _("The picture must be at most 2,000 dots wide and high, and not more than eight times as wide as high."),
            "broken": _("The picture cannot be read. Save it anew as PNG.")}[word_]
