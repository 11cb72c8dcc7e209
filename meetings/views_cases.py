"""Doors to the cases of a meeting: put one in, give each its turn, take one out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa

from cases.models import Case
from core import audit, languages, live
from core.access import office, signed_in
from core.database import session
from core.languages import _
from core.web import Refused
from meetings import invitations, templates
from meetings.forms_cases import HearForm, TurnsForm
from meetings.models import Meeting
from meetings.views_seats import running

bp = Blueprint("hearings", __name__)
RECENT = 30  # cases offered by name; any other is put in by its number


@bp.get("/meetings/<int:meeting_id>/cases")
@office("coordinator", record="meeting", act="fill")
def edit(meeting_id):
    meeting = current_user.meeting(meeting_id, to="fill")
    audit.saw(f"meeting/{meeting.id}")
    return _page(meeting, _turns(meeting), HearForm(formdata=None))


@bp.post("/meetings/<int:meeting_id>/cases")
@office("coordinator", record="meeting", act="run")
def update(meeting_id):
    meeting, form = current_user.meeting(meeting_id, to="run"), TurnsForm()
    if not form.accepts(meeting):
        return _page(meeting, form, HearForm(formdata=None)), form.status
    mine = {str(each.id): each for each in running(meeting)}
    rows = sorted((row.form for row in form.turns if row.form["id"].data in mine), key=lambda row: row.place.data or 99)
    for row in rows:
        hearing = mine[row["id"].data]
        hearing.purpose, hearing.to_decide = row.purpose.data, row.to_decide.data
    meeting.take_turns([(mine[row["id"].data], _steps(row.turn.data)) for row in rows])
    live.touch(meeting.topic)
    flash(_("Saved."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/hearings")
@signed_in(record="meeting", act="fill")
def create(meeting_id):
    meeting, form = current_user.meeting(meeting_id, to="fill"), HearForm()
    if not form.accepts():
        return _page(meeting, _turns(meeting), form), form.status
    try:
        hearing = meeting.hear(form.case, form.purpose.data, form.to_decide.data, _steps(form.turn.data))
    except Refused as refusal:
        form.number.errors = [f"{refusal} {refusal.way_on}"]
        return _page(meeting, _turns(meeting), form), 422
    session.flush()
    if over := _over(meeting):
        flash(_("The timetable is %(minutes)s minutes longer than the meeting. Give each case its turn.", minutes=over), "warning")
    flash(_("%(case)s is heard in this meeting. Next: choose who sits for it.", case=hearing.case.number), "success")
    return redirect(url_for("seats.edit", hearing_id=hearing.id), 303)


@bp.post("/hearings/<int:hearing_id>/removal")
@office("coordinator", record="hearing", act="run")
def remove(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    meeting = hearing.meeting
    if not hearing.case:
        raise Refused(_("This meeting hears no case."))
    if len(meeting.hearings) == 1 and not meeting.frame:
        raise Refused(_("It is the only case of this meeting."), _("Call the meeting off instead."))
    meeting.drop(hearing)
    told = invitations.let_go(meeting)
    flash(_("The case is taken out of the meeting; %(count)s people who were invited for it are told by mail. Tell the others.", count=len(told)), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


def _steps(key: str) -> list[dict] | None:
    return templates.steps(key, languages.language()) if key else None


def _over(meeting: Meeting) -> int:
    """Minutes by which the timetable is longer than the meeting; 0 when it fits."""
    return max(0, sum(each.minutes for each in meeting.agenda) - meeting.minutes_planned)


def _turns(meeting: Meeting) -> TurnsForm:
    return TurnsForm(formdata=None, data=dict(version=str(meeting.version), turns=[
        dict(id=str(each.id), place=place, turn="", purpose=each.purpose, to_decide=each.to_decide)
        for place, each in enumerate(running(meeting), 1)]))


def _page(meeting: Meeting, turns: TurnsForm, hear: HearForm):
    names = {str(each.id): each for each in running(meeting)}
    there = [each.case_id for each in meeting.hearings]
    recent = session.scalars(current_user.all("case", "run").where(Case.id.not_in(there)).options(sa.orm.lazyload(Case.people))
                             .order_by(Case.fiscal_year.desc(), Case.serial.desc()).limit(RECENT))
    return render_template("meetings/cases.html", meeting=meeting, turns=turns, hear=hear, names=names, recent=list(recent),
                           over=_over(meeting), others=len(meeting.hearings) - len(names))
