"""Doors to official letters: which agency has one, making them, taking them out as Word."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa

from core import audit, clock
from core.access import office
from core.database import session
from core.languages import ngettext
from core.office import office as the_office
from core.web import WORD, download
from exports import letters as paper, word
from preparation import inquiries, letters_paper
from preparation.inquiries import Inquiry
from preparation.letters import LetterKind, PaperLetter
from preparation.letters_forms import LetterForm
from preparation.sheets import SheetDeadline
from stationery.house import layout

bp = Blueprint("letters", __name__)


@bp.app_context_processor
def words():
    """For the page of a meeting: the letters made for one of its cases."""
    return dict(letters_of=PaperLetter.of)


@bp.get("/hearings/<int:hearing_id>/letters")
@office("coordinator", record="hearing", act="run")
def index(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    made = PaperLetter.of(hearing)
    audit.saw(f"meeting/{hearing.meeting_id}")
    return render_template("preparation/letter_index.html", hearing=hearing, meeting=hearing.meeting, agencies=_agencies(hearing), made=made,
                           batches=list(dict.fromkeys(each.batch for each in made)))


@bp.get("/hearings/<int:hearing_id>/letters/new")
@office("coordinator", record="hearing", act="run")
def new(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    kind = LetterKind.REQUEST if request.args.get("kind") == "request" and hearing.case else LetterKind.NOTICE
    audit.saw(f"meeting/{hearing.meeting_id}")
    return _page(hearing, LetterForm(agencies=_agencies(hearing), data=dict(
        kind=kind.value, dated_on=clock.today(), due_on=SheetDeadline.of(hearing.meeting), ground=letters_paper.usual_ground(hearing, kind),
        asks=letters_paper.usual_asks(kind, inquiries.usual_questions()), contact=the_office().letter_contact,
        agencies=[str(each) for each in _first_chosen(hearing, kind)])), kind)


@bp.post("/hearings/<int:hearing_id>/letters")
@office("coordinator", record="hearing", act="run")
def create(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    form = LetterForm(agencies=_agencies(hearing))
    if not form.accepts():
        return _page(hearing, form, LetterKind.REQUEST if form.kind.data == "request" else LetterKind.NOTICE), form.status
    kind, batch = LetterKind(form.kind.data), uuid.uuid4().hex
    if kind == LetterKind.REQUEST:
        inquiries.ask_ground(hearing) if hearing.case else abort(404)
    texts = {name: form[name].data for name in ("number", "dated_on", "due_on", "ground", "asks", "contact")}
    chosen = [each for each in _agencies(hearing) if str(each.id) in form.agencies.data]
    for agency in chosen:
        letter = letters_paper.compose(hearing, agency, kind, texts, _questions(hearing, agency) if kind == LetterKind.REQUEST else ())
        PaperLetter.make(hearing, agency, current_user, kind, letter, texts["number"], texts["dated_on"], batch)
    flash(ngettext("%(num)s letter is made.", "%(num)s letters are made.", len(chosen)), "success")
    return redirect(url_for("letters.index", hearing_id=hearing.id), 303)


@bp.get("/letters/<int:paper_id>.docx")
@office("coordinator", record="paper", act="run")
def docx(paper_id):
    made = current_user.find("paper", paper_id, to="run")
    return _word([made], letters_paper.file_name(made.hearing, made.kind, made.agency_id))


@bp.get("/letters/<int:paper_id>/all.docx")
@office("coordinator", record="paper", act="run")
def all_docx(paper_id):
    made = current_user.find("paper", paper_id, to="run")
    together = session.scalars(current_user.all("paper", "run").where(PaperLetter.batch == made.batch).order_by(PaperLetter.id)).all()
    return _word(together, letters_paper.file_name(made.hearing, made.kind))


def _word(made: list[PaperLetter], name: str):
    """These letters as one Word file, each on a page of its own; what went out stands in the audit."""
    if made[0].kind == LetterKind.REQUEST:
        inquiries.ask_ground(made[0].hearing)  # consent may have been withdrawn since it was made
    letters = [each.letter for each in made]
    for each in made:
        audit.note("exported", f"paper_letter/{each.id}", "docx")
    reference = letters[0].reference if made[0].kind == LetterKind.REQUEST else ""
    mark = letters[0].mark if made[0].kind == LetterKind.REQUEST else ""
    return download(word.draw(paper.lay_out(letters), letters[0].title, mark, reference, layout=layout()), WORD, name)


def _agencies(hearing) -> list:
    """Every agency with a seat, those of the prefecture first: they come only when they are asked by letter."""
    agencies = {seat.member.agency_id: seat.member.agency for seat in hearing.seats}.values()
    return sorted(agencies, key=lambda each: not each.prefectural)


def _first_chosen(hearing, kind: LetterKind) -> list[int]:
    """Notices: those of the prefecture, else all; requests: those asked in writing."""
    if kind == LetterKind.REQUEST:
        return [each.id for each in inquiries.asked_in_writing(hearing)]
    else:
        return [each.id for each in _agencies(hearing) if each.prefectural] or [each.id for each in _agencies(hearing)]


def _questions(hearing, agency) -> tuple[str, ...]:
    """The questions of this agency's written inquiry, if there is one."""
    inquiry = session.scalar(sa.select(Inquiry).where(Inquiry.hearing_id == hearing.id, Inquiry.agency_id == agency.id))
    return tuple(each.text for each in inquiry.questions) if inquiry else ()


def _page(hearing, form: LetterForm, kind: LetterKind):
    return render_template("preparation/letter_new.html", hearing=hearing, meeting=hearing.meeting, form=form, kind=kind,
                           prefectural={str(each.id) for each in _agencies(hearing) if each.prefectural})
