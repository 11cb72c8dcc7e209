"""Doors to the minutes: reading, Word, finality, reopening, the clerk's records."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user

from core import access, audit
from core.access import office, signed_in
from core.database import session
from core.languages import _
from core.web import WORD, Refused, download
from exports import blocks, markdown, pdf, text, word
from exports.minutes import Minutes
from meetings import minutes, record
from meetings.forms import ReopenForm
from meetings.models import Meeting
from meetings.seen import Sight
from meetings.table import Hearing
from stationery.handing import PDF, as_pdf
from stationery.house import layout

bp = Blueprint("minutes", __name__)


@bp.get("/meetings/<int:meeting_id>/minutes")
@signed_in(record="minutes")
def show(meeting_id):
    return _page(_readable(meeting_id), ReopenForm())


@bp.get("/meetings/<int:meeting_id>/minutes.docx")
@signed_in(record="minutes")
def docx(meeting_id):
    meeting = _readable(meeting_id)
    paper = _paper(meeting)
    _note(meeting, "docx", paper)
    return download(word.write(paper, layout()), WORD, minutes.file_name(meeting, meeting.final))


@bp.get("/meetings/<int:meeting_id>/minutes.txt")
@signed_in(record="minutes")
def txt(meeting_id):
    meeting = _readable(meeting_id)
    audit.note("exported", f"meeting/{meeting.id}", "txt")
    return download(text.write(_paper(meeting), layout()).encode(), "text/plain; charset=utf-8",
                    minutes.file_name(meeting, meeting.final).removesuffix(".docx") + ".txt")


@bp.get("/meetings/<int:meeting_id>/minutes.md")
@signed_in(record="minutes")
def md(meeting_id):
    meeting = _readable(meeting_id)
    audit.note("exported", f"meeting/{meeting.id}", "md")
    return download(markdown.write(_paper(meeting), layout()).encode(), "text/markdown; charset=utf-8",
                    minutes.file_name(meeting, meeting.final).removesuffix(".docx") + ".md")


@bp.get("/meetings/<int:meeting_id>/minutes.pdf")
@signed_in(record="minutes")
def as_a_pdf(meeting_id):
    meeting = _readable(meeting_id)
    paper = _paper(meeting)
    content = as_pdf(word.write(paper, layout()), url_for("minutes.docx", meeting_id=meeting.id))
    _note(meeting, "pdf", paper)
    return download(content, PDF, minutes.file_name(meeting, meeting.final).removesuffix(".docx") + ".pdf")


@bp.get("/meetings/<int:meeting_id>/minutes/<int:number>.docx")
@signed_in(record="minutes")
def version_docx(meeting_id, number):
    meeting = _readable(meeting_id)
    version = next((each for each in meeting.minutes_versions if each.number == number), None) or abort(404)
    paper = Sight(current_user, meeting).paper(version.minutes)
    _note(meeting, "docx", paper)
    return download(word.write(paper, layout()), WORD, minutes.file_name(meeting, version))


@bp.post("/meetings/<int:meeting_id>/minutes/finalisation")
@office("coordinator", record="meeting", act="run")
def finalise(meeting_id):
    meeting = _kept_by_me(meeting_id)
    version = record.finalise(meeting, current_user, minutes.lay_out)
    record.announce(version, meeting)
    flash(_("The minutes are final, version %(number)s. The records clerk can file them now.", number=version.number), "success")
    return redirect(url_for("minutes.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/minutes/reopening")
@office("coordinator", record="meeting", act="run")
def reopen(meeting_id):
    meeting, form = _kept_by_me(meeting_id), ReopenForm()
    if not form.accepts():
        return _page(meeting, form), form.status
    record.reopen(meeting, current_user, form.reason.data)
    flash(_("The minutes are open again. The earlier version stays as it was, with your reason."), "success")
    return redirect(url_for("minutes.show", meeting_id=meeting.id), 303)


def _readable(meeting_id: int) -> Meeting:
    """A meeting that has minutes, if the person may read some of them."""
    meeting = current_user.find("minutes", meeting_id)
    return meeting if meeting.opened_at else abort(404)


def _kept_by_me(meeting_id: int) -> Meeting:
    """A meeting whose minutes the person may freeze: they run it, and read at least one case of it."""
    current_user.find("minutes", meeting_id)
    return current_user.meeting(meeting_id, to="run")


def _note(meeting: Meeting, kind: str, paper: Minutes) -> None:
    """Note which paper went out, by the seal of this very copy: one over more than the reader sees would let words be tried out."""
    audit.note("exported", f"meeting/{meeting.id}", f"{kind} {paper.content_hash[:12]}" if paper.finalised_on else f"{kind} draft")


def _paper(meeting: Meeting) -> Minutes:
    return Sight(current_user, meeting).paper(minutes.current(meeting))


def _page(meeting: Meeting, form: ReopenForm):
    audit.saw(f"minutes/{meeting.id}")
    running = access.may(current_user, "meeting", meeting.id, "run")
    paper = _paper(meeting)
    return render_template("meetings/minutes.html", meeting=meeting, minutes=paper, running=running, form=form,
                           blocks=[(type(each).__name__, each) for each in blocks.lay_out(paper, layout().annexes)], layout=layout(), open_roles=_open_roles(meeting), unsettled=_unsettled(meeting),
                           file_name=minutes.file_name(meeting, meeting.final), pdf_made=pdf.available())


def _unsettled(meeting: Meeting) -> Refused | None:
    """Why these minutes cannot become final now."""
    try:
        record.ask_settled(meeting)
    except Refused as reason:
        return reason
    else:
        return None


def _open_roles(meeting: Meeting) -> int:
    """How many roles of the cases the person sees nobody has, or whose holder has not answered."""
    seen = set(session.scalars(current_user.all("hearing").where(Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id)))
    return sum(not each.removed_at and (each.seeking or each.confirmation is None)
               for hearing in meeting.hearings if hearing.id in seen for each in hearing.actions)
