"""Doors of those who sat: reading the draft, agreeing, proposing other words, leaving a dissent."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from circulation import telling
from circulation.forms import HeardForm, RemarkForm
from circulation.models import Circulation
from circulation.readers import Reader, tables
from circulation.remarks import Remark
from circulation.sentences import Sentence
from circulation.words import RemarkKind
from core import audit
from core.access import signed_in
from core.database import session
from core.languages import _
from core.web import WORD, Refused, download
from exports import word
from meetings import minutes
from meetings.seen import Sight
from stationery.house import layout

bp = Blueprint("draft", __name__)


@bp.get("/circulations/<int:circulation_id>")
@signed_in(record="circulation")
def show(circulation_id):
    circulation = current_user.find("circulation", circulation_id)
    return _page(circulation, _asked(circulation))


@bp.get("/circulations/<int:circulation_id>.docx")
@signed_in(record="circulation")
def docx(circulation_id):
    circulation = current_user.find("circulation", circulation_id)
    audit.note("exported", f"circulation/{circulation.id}", "docx")
    paper = Sight(current_user, circulation.meeting, whole=False).paper(circulation.minutes)
    return download(word.write(paper, layout()), WORD, minutes.file_name(circulation.meeting))


@bp.post("/circulations/<int:circulation_id>/agreement")
@signed_in(record="circulation")
def agree(circulation_id):
    circulation = current_user.find("circulation", circulation_id)
    reader = _answering(circulation)
    form = HeardForm(heard=reader.member.user_id is None)
    if not form.accepts():
        return _page(circulation, _asked(circulation), heard=form), form.status
    reader.agree(current_user, form.way)
    telling.said(reader)
    flash(_("Recorded: no objection to the draft."), "success")
    return redirect(_back(circulation, reader), 303)


@bp.post("/circulations/<int:circulation_id>/remarks")
@signed_in(record="circulation")
def create(circulation_id):
    circulation = current_user.find("circulation", circulation_id)
    reader = _answering(circulation)
    form = _form(circulation, reader)
    if not form.accepts():
        return _page(circulation, form), form.status
    confined = form.confined.data and reader_shares(circulation, form.sentence)
    made = reader.remark(current_user, form.sentence, RemarkKind(form.kind.data), form.text.data, form.why.data, confined, form.way)
    telling.of_remarks(made)
    flash(_("Recorded. Whoever runs the meeting answers it on this page.") if made.waits else _("Recorded. Your dissent stays in the minutes."), "success")
    return redirect(_back(circulation, reader), 303)


@bp.post("/remarks/<int:remark_id>/withdrawal")
@signed_in(record="remark", act="own")
def withdraw(remark_id):
    remark = current_user.find("remark", remark_id, "own")
    remark.withdraw()
    flash(_("Withdrawn."), "success")
    return redirect(_back(remark.circulation, remark.reader), 303)


def reader_shares(circulation: Circulation, sentence: Sentence) -> bool:
    """Whether this person shares in what is limited at the table of that sentence."""
    return Sight(current_user, circulation.meeting, whole=False).sees(sentence.number, True)


def readable(circulation: Circulation, sight: Sight) -> list[Sentence]:
    """The sentences of the draft in this person's copy."""
    return [each for each in circulation.sentences if sight.sees(each.number, each.limited, each.line, each.text)]


def remarks_seen(circulation: Circulation, sight: Sight) -> list[Remark]:
    """The remarks on the parts this person sees."""
    found = session.scalars(current_user.all("remark").where(Remark.circulation_id == circulation.id, Remark.withdrawn_at.is_(None)).order_by(Remark.id))
    return [each for each in found.unique() if sight.sees(each.number, each.confined, each.line, each.sentence)]


def _answering(circulation: Circulation) -> Reader:
    """Who answers: the person themselves, or somebody without an account for whom the team writes it down (`for`)."""
    reader = _reader(circulation)
    if reader is None:
        raise Refused(_("This draft was not sent to you to be answered."), _("You sent it, or were not noted as having been there."))
    return reader


def _reader(circulation: Circulation) -> Reader | None:
    asked = request.values.get("for", "")
    if not asked:
        return circulation.reader(current_user.member)
    heard = next((each for each in circulation.readers if str(each.id) == asked and each.member.user_id is None), None) or abort(404)
    return heard if current_user.may("run", "circulation", circulation.id) else abort(404)


def _form(circulation: Circulation, reader: Reader | None, **data) -> RemarkForm:
    """The form of a remark on what the reader's own tables said; asked for by GET, it is filled with `data`."""
    own = tables(reader) if reader else set()
    choices = [each for each in readable(circulation, Sight(current_user, circulation.meeting, whole=False)) if int(each.place.split(".")[0]) in own]
    more = dict(formdata=None, data=data) if data else {}
    return RemarkForm(sentences=choices, heard=reader is not None and reader.member.user_id is None, **more)


def _asked(circulation: Circulation) -> RemarkForm:
    """The form as the address asks for it: beside which sentence, of which kind."""
    form = _form(circulation, _reader(circulation), at=request.args.get("at", ""), kind=request.args.get("kind", RemarkKind.CORRECT.value))
    if form.sentence and form.kind.data == RemarkKind.CORRECT.value:
        form.text.data = form.sentence.text
    return form


def _back(circulation: Circulation, reader: Reader) -> str:
    if reader.member.user_id == current_user.id:
        return url_for("draft.show", circulation_id=circulation.id)
    return circulation.path


def _page(circulation: Circulation, form: RemarkForm, heard: HeardForm | None = None):
    audit.saw(f"circulation/{circulation.id}")
    sight = Sight(current_user, circulation.meeting, whole=False)
    reader, own = _reader(circulation), readable(circulation, sight)
    parts = [(number, [(section, list(rows)) for section, rows in groupby(said, lambda each: each.section)])
             for number, said in groupby(own, lambda each: each.number)]
    remarks = remarks_seen(circulation, sight)
    beside = {each.key: [said for said in remarks if said.place == each.place] for each in own}
    heard = heard or HeardForm(formdata=None, heard=reader is not None and reader.member.user_id is None)
    return render_template("circulation/show.html", circulation=circulation, meeting=circulation.meeting, parts=parts, beside=beside, form=form,
                           heard=heard, reader=reader, remarks=remarks, paper=sight.paper(circulation.minutes), keys={each.place: each.key for each in own},
                           at=form.sentence, form_shares=bool(form.sentence) and sight.sees(form.sentence.number, True), open=not circulation.closed and not circulation.meeting.final,
                           running=current_user.may("run", "circulation", circulation.id))
