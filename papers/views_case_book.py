"""Doors to the case book: the examples of a 年度, writing one, going through its findings, and the book as a paper."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.office import office as the_office
from core.web import download
from exports import markdown, pdf, word
from identities.traces import names_unread
from papers.case_book import WORDS, CaseExample, ExampleState
from papers.case_book_of_case import alike, facts_of, figures, year_of
from papers.case_book_paper import file_name, lay_out, title
from papers.forms_case_book import ConfirmForm, ExampleForm, ReadyForm, WithdrawForm
from resources import leaving
from stationery.handing import asked_as, hand_out
from stationery.house import layout

bp = Blueprint("case_book", __name__)
READERS = ("coordinator", "clerk", "admin")


@bp.get("/case-book")
@office(*READERS)
def index():
    years = session.scalars(current_user.all("example").with_only_columns(CaseExample.fiscal_year).distinct().order_by(CaseExample.fiscal_year.desc())).all()
    year = request.args.get("year", type=int)
    year = year if year in years else next(iter(years), clock.fiscal_year(clock.today()))
    query = current_user.all("example").where(CaseExample.fiscal_year == year).order_by(CaseExample.state, CaseExample.id)
    mine = set(session.scalars(current_user.all("example", "run").with_only_columns(CaseExample.id)))
    return render_template("papers/case_book.html", examples=session.scalars(query).unique().all(), mine=mine, years=years, year=year,
                           name=clock.fiscal_year_name, pdf_made=pdf.available(), State=ExampleState)


@bp.get("/case-book/<int:example_id>")
@office(*READERS, record="example")
def show(example_id):
    example = current_user.find("example", example_id)
    audit.saw(f"case_example/{example.id}")
    return render_template("papers/case_book_show.html", example=example, mine=current_user.may("run", "example", example.id),
                           year=clock.fiscal_year_name(example.fiscal_year))


@bp.get("/cases/<int:case_id>/case-book")
@office("coordinator", record="case", act="run")
def new(case_id):
    case = current_user.case(case_id, to="run")
    audit.saw(f"case/{case.id}")
    return _new(case, ExampleForm())


@bp.post("/cases/<int:case_id>/case-book")
@office("coordinator", record="case", act="run")
def create(case_id):
    case, form = current_user.case(case_id, to="run"), ExampleForm()
    if not form.accepts():
        return _new(case, form), form.status
    made = CaseExample.begin(case, current_user._get_current_object(), year_of(case), facts_of(case, form.widened.data), form.widened.data, **form.words)
    return redirect(url_for("case_book.edit", example_id=made.id), 303)


@bp.get("/case-book/<int:example_id>/edit")
@office("coordinator", record="example", act="run")
def edit(example_id):
    return _page(_example(example_id))


@bp.post("/case-book/<int:example_id>")
@office("coordinator", record="example", act="run")
def update(example_id):
    example, form = _example(example_id), ExampleForm()
    if not form.accepts(example):
        return _page(example, form), form.status
    example.rewrite(current_user._get_current_object(), facts_of(example.case, form.widened.data), form.widened.data, **form.words)
    flash(_("Saved."), "success")
    return redirect(url_for("case_book.edit", example_id=example.id), 303)


@bp.post("/case-book/<int:example_id>/confirmations")
@office("coordinator", record="example", act="run")
def confirm(example_id):
    example, form = _example(example_id), ConfirmForm()
    if form.key.data not in {each.key for each in _findings(example)}:
        status = 409 if form.validate() else 422
        return _page(example, confirming=form), status
    if not form.accepts(example):
        return _page(example, confirming=form), form.status
    example.confirm(form.key.data, form.reason.data, current_user._get_current_object())
    return redirect(url_for("case_book.edit", example_id=example.id, _anchor="findings"), 303)


@bp.post("/case-book/<int:example_id>/ready")
@office("coordinator", record="example", act="run")
def make_ready(example_id):
    example, form = _example(example_id), ReadyForm()
    if not form.accepts(example):
        return _page(example, readying=form), form.status
    left = [each for each in _findings(example) if each.key not in example.confirmed]
    example.make_ready(current_user._get_current_object(), len(left), form.note.data)
    flash(_("The office can read this example now."), "success")
    return redirect(url_for("case_book.show", example_id=example.id), 303)


@bp.post("/case-book/<int:example_id>/withdrawal")
@office("coordinator", record="example", act="run")
def withdraw(example_id):
    example, form = _example(example_id), WithdrawForm()
    if not form.accepts(example):
        return _page(example, withdrawing=form), form.status
    example.withdraw(current_user._get_current_object(), form.reason.data)
    flash(_("The example is out of the book. What it said stays on record."), "success")
    return redirect(url_for("case_book.edit", example_id=example.id), 303)


@bp.get("/case-book/years/<int:year>.docx")
@office(*READERS)
def docx(year):
    """The book of a 年度 as Word, or as PDF with ?as=pdf."""
    made = word.draw(_blocks(year), title(year), "", "", layout=layout())
    answer = hand_out(made, file_name(year))
    audit.note("exported", f"case_book/{year}", asked_as())
    return answer


@bp.get("/case-book/years/<int:year>.md")
@office(*READERS)
def md(year):
    made = markdown.draw(_blocks(year), numbering=layout().numbering)
    audit.note("exported", f"case_book/{year}", "markdown")
    return download(made.encode(), "text/markdown; charset=utf-8", file_name(year).replace(".docx", ".md"))


def _blocks(year: int) -> list:
    if not 1990 <= year <= 2100:
        abort(404)
    ready = current_user.all("example").where(CaseExample.fiscal_year == year, CaseExample.state == ExampleState.READY).order_by(CaseExample.id)
    return list(lay_out(year, the_office().name, list(session.scalars(ready).unique()), figures(year)))


def _example(example_id: int) -> CaseExample:
    found = current_user.find("example", example_id, "run", orm.selectinload(CaseExample.confirmations), orm.selectinload(CaseExample.steps))
    audit.saw(f"case_example/{found.id}")
    return found


def _findings(example: CaseExample):
    return leaving.of_an_example(example.case, example.texts, current_user.may("identify", "case", example.case_id))


def _new(case, form):
    there = session.scalars(sa.select(CaseExample).where(CaseExample.case_id == case.id).order_by(CaseExample.id)).all()
    return render_template("papers/case_book_new.html", case=case, form=form, facts=facts_of(case), few=alike(case, False), there=there,
                           year=clock.fiscal_year_name(year_of(case)))


def _page(example: CaseExample, form=None, confirming=None, readying=None, withdrawing=None):
    found = _findings(example)
    version = dict(version=str(example.version))
    own = {name: getattr(example, name) for name in (*WORDS, "widened")}
    return render_template(
        "papers/case_book_edit.html", example=example, case=example.case, form=form or ExampleForm(formdata=None, data=own | version),
        facts=example.told, few=alike(example.case, example.widened), found=found, left=[each for each in found if each.key not in example.confirmed],
        confirming=confirming, blank=ConfirmForm(formdata=None, data=version), ready=readying or ReadyForm(formdata=None, data=version),
        out=withdrawing or WithdrawForm(formdata=None, data=version), unread=names_unread(example.case), State=ExampleState,
        labels={each.name: each.label.text for each in (form or ExampleForm(formdata=None))}, year=clock.fiscal_year_name(example.fiscal_year))
