"""Doors to the closing: who does what by when, read aloud; the outcome; the end of the room."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core import audit, live
from core.access import office
from core.database import utcnow
from core.languages import _
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.rights import entries_for_all, entries_seen
from meetings.rule_reviews import RuleReview
from meetings.table import Hearing
from plans import models as plans
from room import held
from room.desk import still_open
from room.forms import OutcomeForm
from room.open_points import Open
from room.pages import chosen, heard

bp = Blueprint("closing", __name__)


@bp.get("/meetings/<int:meeting_id>/closing")
@office("coordinator", record="meeting", act="run")
def edit(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    hearing = chosen(heard(meeting, "run"))
    audit.saw(f"meeting/{meeting.id}")
    begun, ended = held.offered(meeting, utcnow(), kept=bool(request.args.get("asked")))
    form = OutcomeForm(hearing=hearing, data=dict(
        held_from=begun, held_to=ended,
        next_meeting=hearing.next_meeting, verdict=hearing.verdict, emergency=hearing.emergency,
        lead_agency_id=hearing.lead_agency_id or 0, version=str(meeting.version), appropriateness=_found(hearing), rules_kept=_kept(meeting)))
    return _page(meeting, form)


@bp.post("/meetings/<int:meeting_id>/closing")
@office("coordinator", record="meeting", act="run")
def update(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    hearing = chosen(heard(meeting, "run"))
    form = OutcomeForm(hearing=hearing)
    hearing.ask_capturing()
    if not form.accepts(meeting):
        return _page(meeting, form), form.status
    hearing.next_meeting, hearing.verdict, hearing.emergency = form.next_meeting.data, form.verdict.data, form.emergency.data
    hearing.lead_agency_id = form.lead_agency_id.data or None
    if meeting.kind == Kind.JUSO and form.appropriateness.raw_data:
        plans.find(hearing, current_user, form.found, form.verdict.data)
    meeting.held_from, meeting.held_to = form.held
    live.touch(meeting.topic)
    looked_back = _look_back(meeting, form.rules_kept.data)
    if request.form.get("close") and meeting.opened:
        meeting.ask_closing()
        if request.form["close"] != "knowing" and any(points for _hearing, points in _open(meeting)):
            return redirect(url_for("closing.edit", meeting_id=meeting.id, hearing=hearing.id, asked=1, _anchor="asked"), 303)
        meeting.close(by=current_user)
        flash(_("The meeting is closed. Here you ask everybody to confirm what they took."), "success")
        return redirect(looked_back or url_for("followup.show", meeting_id=meeting.id), 303)
    flash(_("Saved."), "success")
    return redirect(looked_back or url_for("room.show", meeting_id=meeting.id), 303)


def _look_back(meeting: Meeting, kept: str | None) -> str:
    """Keep that all rules were kept; where it is to be said which were not, the page for that, else nothing."""
    before = _kept(meeting)
    if kept == "all" and before != "all" and meeting.opened_at:
        RuleReview.say(meeting, current_user, {}, meeting.rule_review.note if meeting.rule_review else "")
    return url_for("rule_review.edit", meeting_id=meeting.id) if kept == "some" and before != "some" else ""


def _kept(meeting: Meeting) -> str:
    if meeting.rule_review is None:
        return "later"
    else:
        return "all" if meeting.rule_review.all_kept else "some"


def _found(hearing: Hearing) -> str:
    said = plans.verdict_of(hearing)
    return said.verdict.value if said else "none"


def _page(meeting: Meeting, form):
    hearings = heard(meeting, "run")
    hearing = chosen(hearings)
    actions = [each for each in hearing.actions if not each.removed_at]
    everywhere = [(each, points) for each, points in _open(meeting) if points]
    return render_template("room/closing.html", meeting=meeting, hearing=hearing, hearings=hearings, form=form, actions=actions, for_all=entries_for_all(hearing),
                           held_back=len(entries_seen(hearing, current_user)) - len(entries_for_all(hearing)),
                           planned=plans.before(hearing) if meeting.kind == Kind.JUSO else None, reflection=_reflection(meeting, hearings),
                           points=dict(everywhere).get(hearing, []), open_everywhere=everywhere, asked=request.args.get("asked"))


def _open(meeting: Meeting) -> list[tuple[Hearing, list[Open]]]:
    """What is open for each of the cases that the person runs here."""
    hearings = heard(meeting, "run")
    return [(each, still_open(each, meeting.steps(hearings))) for each in hearings]


def _reflection(meeting: Meeting, hearings: list[Hearing]) -> str:
    """What the agenda says for its last step, looking back; empty when it says nothing."""
    own = [each.say for each in meeting.steps(hearings) if each.screen == "reflection" and not each.limited]
    return own[-1] if own else ""
