"""Doors to the sessions of a council: the next one is planned with its members, and what only a council says of it."""

from __future__ import annotations

from datetime import date, time, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from core import clock, languages
from core.access import office
from core.languages import _, ngettext
from core.web import Refused
from councils.forms import DetailsForm, SessionForm
from councils.models import Council
from councils.sessions import CouncilSession
from meetings.views import warn_taken

bp = Blueprint("council_sessions", __name__)


@bp.get("/councils/<int:council_id>/sessions/new")
@office("coordinator", record="council", act="run")
def new(council_id):
    council = _going_on(council_id)
    return _planning(council, SessionForm(council=council, data=_as_last_time(council)))


@bp.post("/councils/<int:council_id>/sessions")
@office("coordinator", record="council", act="run")
def create(council_id):
    council = _going_on(council_id)
    form = SessionForm(council=council)
    if not form.accepts(council):  # two who plan at once do not give one number twice
        return _planning(council, form), form.status
    begins, ends = form.span
    own = {name: form[name].data for name in ("number", "public", "closed_reason", "topics", "materials")}
    made = CouncilSession.plan(council, current_user, starts_at=begins, ends_at=ends, language=languages.language(), **own, **form.plan)
    warn_taken(made.meeting)
    seated = len(made.meeting.seats)
    flash(ngettext("The session is planned and %(num)s person is seated. Next: send the invitations.",
                   "The session is planned and %(num)s people are seated. Next: send the invitations.", seated), "success")
    return redirect(url_for("meetings.show", meeting_id=made.meeting_id), 303)


@bp.get("/councils/sessions/<int:session_id>")
@office("coordinator", record="council_session", act="run")
def edit(session_id):
    sitting = current_user.find("council_session", session_id, to="run")
    return _details(sitting, DetailsForm(sitting=sitting, data={name: getattr(sitting, name) for name in (
        "number", "public", "closed_reason", "topics", "materials", "visitors")} | dict(version=str(sitting.version))))


@bp.post("/councils/sessions/<int:session_id>")
@office("coordinator", record="council_session", act="run")
def update(session_id):
    sitting = current_user.find("council_session", session_id, to="run")
    if sitting.meeting.final:
        raise Refused(_("The minutes of this session are final."), _("To change final minutes, reopen them with a reason."))
    form = DetailsForm(sitting=sitting)
    if not form.accepts(sitting):
        return _details(sitting, form), form.status
    for name, value in form.words.items():
        setattr(sitting, name, value)
    flash(_("Saved."), "success")
    return redirect(url_for("meetings.show", meeting_id=sitting.meeting_id), 303)


def _going_on(council_id: int) -> Council:
    council = current_user.find("council", council_id, to="run")
    if council.ended:
        raise Refused(_("This council has ended."), _("Take the day of its end back on its page to plan another session."))
    return council


def _as_last_time(council: Council) -> dict:
    """How the next session is proposed: the hours, the place and the way of the last one; the business waits to be written."""
    sittings = CouncilSession.held_in(council)
    day = clock.today() + timedelta(days=30)
    usual = dict(name=council.name, public=council.public, day=day, number=CouncilSession.next_number(council, day), version=str(council.version))
    if not sittings:
        return usual | dict(start=time(14), end=time(16), mode="in_person")
    last = sittings[-1].meeting
    day = max(day, _same_weekday(clock.local(last.starts_at).date(), day))
    return usual | dict(name=last.name, day=day, number=CouncilSession.next_number(council, day), start=clock.local(last.starts_at).time(),
                        end=clock.local(last.ends_at).time(), mode=last.mode.value, place=last.place, online_url=last.online_url,
                        public=sittings[-1].public, closed_reason=sittings[-1].closed_reason)


def _same_weekday(last: date, day: date) -> date:
    return day + timedelta(days=(last.weekday() - day.weekday()) % 7)


def _planning(council: Council, form: SessionForm):
    day = form.day.data or clock.today()
    return render_template("councils/plan.html", council=council, form=form, members=council.seated(day))


def _details(sitting: CouncilSession, form: DetailsForm):
    return render_template("councils/details.html", sitting=sitting, council=sitting.council, meeting=sitting.meeting, form=form)
