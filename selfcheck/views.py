"""Doors to the self-check (自己点検): beginning one, answering a section, finishing it, and the paper."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user

from core import audit, clock, languages
from core.access import office, opens
from core.languages import _
from core.office import office as the_office
from core.pages import fiscal_year_words
from exports import pdf, word
from selfcheck import sheet
from selfcheck.forms import BeginForm, FinishForm, ReopenForm, form_of
from selfcheck.models import SelfCheck, before, chosen
from selfcheck.paper import file_name, lay_out, title
from selfcheck.survey import read
from stationery.handing import asked_as, hand_out
from stationery.house import layout

bp = Blueprint("selfcheck", __name__)
ANSWERING = ("coordinator", "admin")
READING = ("coordinator", "clerk", "admin")
YEARS = 3  # this 年度 and those before it that may be begun


@bp.app_template_filter()
def said(words) -> str:
    """Words of a survey or a tip in the language of the page."""
    return words.said(languages.language())


@bp.get("/self-check")
@office(*READING)
def index():
    return _index(_begin_form())


@bp.post("/self-check")
@office(*ANSWERING)
def create():
    form = _begin_form()
    if not form.accepts():
        return _index(form), form.status
    made = SelfCheck.begin(current_user._get_current_object(), int(form.year.data))
    return redirect(url_for("selfcheck.edit", year=made.fiscal_year, section=made.survey.sections[0].key), 303)


@bp.get("/self-check/<int:year>")
@office(*READING)
def show(year):
    check = _check(year)
    audit.saw(f"self_check/{check.id}")
    return _page(check)


@bp.get("/self-check/<int:year>/<section>")
@office(*ANSWERING)
def edit(year, section):
    check = _check(year)
    part = _section(check, section)
    if check.finished:
        return redirect(url_for("selfcheck.show", year=year, _anchor=section), 303)
    data = sheet.evidence_of(check, part)
    return _answers(check, part, data, form_of(part, data, check.answers, str(check.part(section).version)))


@bp.post("/self-check/<int:year>/<section>")
@office(*ANSWERING)
def update(year, section):
    check = _check(year)
    part = _section(check, section)
    check.ask_open()
    data, kept = sheet.evidence_of(check, part), check.part(section)
    form = form_of(part, data)
    if not form.accepts(kept):
        return _answers(check, part, data, form), form.status
    kept.answer(current_user._get_current_object(), form.said)
    flash(_("Saved."), "success")
    following = check.survey.after(section)
    if following is not None and kept.check.part(following.key).saved_at is None:
        return redirect(url_for("selfcheck.edit", year=year, section=following.key), 303)
    return redirect(url_for("selfcheck.show", year=year), 303)


@bp.post("/self-check/<int:year>/end")
@office(*ANSWERING)
def finish(year):
    check, form = _check(year), FinishForm()
    if not form.accepts(check):
        return _page(check, finishing=form), form.status
    check.finish(current_user._get_current_object(), form.resolve.data, sheet.evidence_of(check))
    flash(_("The self-check is finished. Its answers and figures stay as they are."), "success")
    return redirect(url_for("selfcheck.show", year=year), 303)


@bp.post("/self-check/<int:year>/reopening")
@office(*ANSWERING)
def reopen(year):
    check, form = _check(year), ReopenForm()
    if not form.accepts(check):
        return _page(check, reopening=form), form.status
    check.reopen(current_user._get_current_object(), form.reason.data)
    return redirect(url_for("selfcheck.show", year=year), 303)


@bp.get("/self-check/<int:year>.docx")
@office(*READING)
def docx(year):
    """The self-check as Word, or as PDF with ?as=pdf."""
    check = _check(year)
    with languages.speaking("ja"):
        blocks = list(lay_out(sheet.of(check), the_office().name))
    answer = hand_out(word.draw(blocks, title(check), "", "", check.state.law_name, layout=layout()), file_name(check))
    audit.note("exported", f"self_check/{check.id}", asked_as())
    return answer


def _check(year: int) -> SelfCheck:
    return SelfCheck.of(year) or abort(404)


def _section(check: SelfCheck, key: str):
    return check.survey.section(key) or abort(404)


def _begin_form() -> BeginForm:
    form, there = BeginForm(), {each.fiscal_year for each in SelfCheck.listed()}
    now = clock.fiscal_year(clock.today())
    form.year.choices = [(str(each), fiscal_year_words(each)) for each in range(now, now - YEARS, -1) if each not in there]
    return form


def _index(form):
    return render_template("selfcheck/index.html", checks=SelfCheck.listed(), form=form, survey=read(), name=fiscal_year_words, mine=_mine())


def _answers(check, section, data, form):
    last = before(check)
    return render_template("selfcheck/edit.html", check=check, section=section, data=data, form=form, name=fiscal_year_words, last=last,
                           then=chosen(last), answers=check.answers)


def _page(check: SelfCheck, finishing=None, reopening=None):
    whole, version = sheet.of(check), dict(version=str(check.version))
    return render_template(
        "selfcheck/show.html", sheet=whole, check=check, earlier=whole.earlier, name=fiscal_year_words, code=clock.fiscal_year_code, mine=_mine(), open_to=opens,
        finishing=finishing or FinishForm(formdata=None, data=version | dict(resolve=check.resolve)),
        reopening=reopening or ReopenForm(formdata=None, data=version), pdf_made=pdf.available())


def _mine() -> bool:
    return bool(set(ANSWERING) & current_user.role_names)
