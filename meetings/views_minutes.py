"""Doors to the minutes: reading, Word, finality, reopening, the clerk's records."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa

from core import access, audit
from core.access import office, signed_in
from core.database import session
from core.languages import _
from core.pages import page_asked
from core.web import WORD, download
from exports import blocks, text, word
from exports.minutes import Minutes
from meetings import counts, minutes, record
from meetings.capture import Entry, Revision
from meetings.forms import ReopenForm
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing

bp = Blueprint("minutes", __name__)
PAGE = 30


@bp.get("/meetings/<int:meeting_id>/minutes")
@signed_in(record="minutes")
def show(meeting_id):
    return _page(_readable(meeting_id), ReopenForm())


@bp.get("/meetings/<int:meeting_id>/minutes.docx")
@signed_in(record="minutes")
def docx(meeting_id):
    meeting = _readable(meeting_id)
    audit.note("exported", f"meeting/{meeting.id}", f"docx {meeting.final.hash[:12]}" if meeting.final else "docx draft")
    return download(word.write(_paper(meeting)), WORD, minutes.file_name(meeting, meeting.final))


@bp.get("/meetings/<int:meeting_id>/minutes.txt")
@signed_in(record="minutes")
def txt(meeting_id):
    meeting = _readable(meeting_id)
    audit.note("exported", f"meeting/{meeting.id}", "txt")
    return download(text.write(_paper(meeting)).encode(), "text/plain; charset=utf-8",
                    minutes.file_name(meeting, meeting.final).removesuffix(".docx") + ".txt")


@bp.get("/meetings/<int:meeting_id>/minutes/<int:number>.docx")
@signed_in(record="minutes")
def version_docx(meeting_id, number):
    meeting = _readable(meeting_id)
    version = next((each for each in meeting.minutes_versions if each.number == number), None) or abort(404)
    audit.note("exported", f"meeting/{meeting.id}", f"docx {version.hash[:12]}")
    return download(word.write(_seen(meeting, version.minutes)), WORD, minutes.file_name(meeting, version))


@bp.post("/meetings/<int:meeting_id>/minutes/finalisation")
@office("coordinator", record="meeting", act="run")
def finalise(meeting_id):
    meeting = _kept_by_me(meeting_id)
    version = record.finalise(meeting, current_user, minutes.lay_out)
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


@bp.post("/meetings/<int:meeting_id>/minutes/filing")
@office("clerk", record="minutes")
def file(meeting_id):
    meeting = current_user.find("minutes", meeting_id)
    if meeting.final:
        record.file(meeting.final, current_user)
        flash(_("Noted as filed."), "success")
    return redirect(url_for("minutes.records"), 303)


@bp.get("/records")
@office("clerk", "coordinator")
def records():
    page = page_asked()
    readable = current_user.all("minutes").with_only_columns(Meeting.id)
    query = (sa.select(MinutesVersion, Meeting).join(Meeting).where(
        MinutesVersion.reopened_at.is_(None), Meeting.id.in_(readable)).order_by(MinutesVersion.finalised_at.desc()))
    found = session.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE)).unique().all()
    return render_template("meetings/records.html", rows=found[:PAGE], page=page, more=len(found) > PAGE, title=minutes.title,
                           file_name=minutes.file_name)


def _readable(meeting_id: int) -> Meeting:
    """A meeting that has minutes, if the person may read some of them."""
    meeting = current_user.find("minutes", meeting_id)
    return meeting if meeting.opened_at else abort(404)


def _kept_by_me(meeting_id: int) -> Meeting:
    """A meeting whose minutes the person may freeze: they run it, and read at least one case of it."""
    current_user.find("minutes", meeting_id)
    return current_user.meeting(meeting_id, to="run")


def _paper(meeting: Meeting) -> Minutes:
    return _seen(meeting, minutes.current(meeting))


def _seen(meeting: Meeting, whole: Minutes) -> Minutes:
    """The minutes with only the cases this person may see, whoever runs the rest, and of them without what was told to some
    of the table only unless they share in it (a clerk files final ones whole)."""
    if current_user.clerk and meeting.final:
        return whole
    numbers, shared = _numbers(meeting, "see"), _numbers(meeting, "share")
    seen = replace(whole, hearings=tuple(each for each in whole.hearings if each.case_number in numbers))
    seen = seen if len(seen.hearings) == len(whole.hearings) else replace(seen, **_head(seen), **_counts(seen))
    late = _limited_since(meeting)
    return seen.copied(lambda hearing: hearing.case_number in shared, lambda said: said.limited or said.text in late)


def _limited_since(meeting: Meeting) -> set[str]:
    """The words of all lines that are limited now: a version from before they were still has them for everybody."""
    of = sa.select(Revision.text).join(Entry, Entry.id == Revision.entry_id).join(Hearing, Hearing.id == Entry.hearing_id)
    return set(session.scalars(of.where(Hearing.meeting_id == meeting.id, Entry.limited.is_(True))))


def _numbers(meeting: Meeting, to: str) -> set[str]:
    """The numbers of this meeting's cases that the person may see, or see whole; "" for a meeting without a case."""
    of = current_user.all("hearing", to).where(Hearing.meeting_id == meeting.id)
    return {each.case.number if each.case else "" for each in session.scalars(of).unique()}


def _head(paper: Minutes) -> dict:
    """Who led, wrote and kept the time, as far as they sat at one of the tables on this paper."""
    there = [each for hearing in paper.hearings for each in hearing.attendees]
    names = {name: getattr(paper, name) for name in ("facilitator", "note_taker", "timekeeper", "author")}
    return {name: who if any(who.startswith(each.agency) and who.endswith(each.name) for each in there) else "" for name, who in names.items()}


def _counts(paper: Minutes) -> dict:
    """What is counted on the whole paper, counted from the cases on this one."""
    return dict(rules=counts.of_rules(paper.rules, paper.hearings), confirmation=counts.of_roles(paper.hearings))


def _page(meeting: Meeting, form: ReopenForm):
    audit.saw(f"minutes/{meeting.id}")
    running = access.may(current_user, "meeting", meeting.id, "run")
    paper = _paper(meeting)
    return render_template("meetings/minutes.html", meeting=meeting, minutes=paper, running=running, form=form,
                           blocks=[(type(each).__name__, each) for each in blocks.lay_out(paper)], open_roles=_open_roles(meeting),
                           file_name=minutes.file_name(meeting, meeting.final))


def _open_roles(meeting: Meeting) -> int:
    """How many roles of the cases the person sees nobody has, or whose holder has not answered."""
    seen = set(session.scalars(current_user.all("hearing").where(Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id)))
    return sum(not each.removed_at and (each.seeking or each.confirmation is None)
               for hearing in meeting.hearings if hearing.id in seen for each in hearing.actions)
