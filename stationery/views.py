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
from stationery import choices, house
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


@bp.post("/settings/paper/trial")
@office("admin")
def try_out():
    """The sample as it would look with what is typed; nothing is saved."""
    form = StyleForm()
    if not form.accepts():
        return _page(form), form.status
    return _page(form, trial=_typed(form))


@bp.get("/settings/paper/sample.docx")
@office("admin")
def sample():
    """A meeting that never was, on the office's paper."""
    return download(word.write(_sample(PaperStyle.own()), house.layout()), WORD, "用紙の見本.docx")


@bp.get("/paper.css")
@signed_in()
def sheet():
    """How a page of minutes is printed: the size, margins and typefaces of the Word file."""
    here = the_office()
    answer = Response(render_template("stationery/paper.css", layout=house.layout(), mark=here.handling_mark if here else ""), mimetype="text/css")
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@bp.get("/paper.logo")
@signed_in()
def logo():
    """The office's sign as it stands above the first page of its papers; 204 where there is none."""
    picture = house.layout().logo
    answer = Response(picture, 200 if picture else 204, mimetype="image/png" if picture.startswith(b"\x89PNG") else "image/jpeg")
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@bp.app_template_filter("css_text")
def css_text(words: str) -> Markup:
    """Words of the office inside quotes of a style sheet: nothing in them ends the quotes (CSS Syntax, 4.3.7)."""
    return Markup("".join(each if each.isalnum() or each in " 　・、。（）〔〕" else f"\\{ord(each):x} " for each in words))


def _page(form: StyleForm, fault: str = "", trial: PaperStyle | None = None):
    """The form beside the sample, which looks as saved, or as in a `trial`."""
    own = PaperStyle.own()
    style = trial or own
    paper, layout = _sample(style), style.layout if style else house.layout()
    return render_template("stationery/edit.html", form=form, fault=fault, logo=bool(own and own.logo), sets=list(SETS), minutes=paper, trial=trial,
                           blocks=[(type(each).__name__, each) for each in blocks.lay_out(paper, layout.annexes)], layout=layout)


def _typed(form: StyleForm) -> PaperStyle:
    """A style of what is typed, with the logo that is saved; it is no record."""
    own = PaperStyle.own()
    return PaperStyle(**{name: form[name].data for name in KEPT}, logo=own.logo if own and not form.logo_away.data else b"")


def _sample(style: PaperStyle | None):
    here = the_office()
    number = style.number_rule.replace("{番号}", "12").replace("{年度}", "8") if style else ""
    days, times = (style.days, style.times) if style else ("long", "half")
    begins = clock.instant(date(2026, 6, 10), time(14))
    return replace(example(), document_number=number, handling_mark=here.handling_mark if here else "", finalised_on=choices.day(date(2026, 6, 17), days),
                   written_on=choices.day(date(2026, 6, 11), days), held=choices.span(begins, begins + timedelta(hours=1), days, times)).sealed()


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
