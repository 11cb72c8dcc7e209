"""Doors to what comes after a meeting: one page for whoever ran it; asking everybody, asking somebody once more."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from actions.asking import day_for_answers
from core import audit
from core.access import office
from core.languages import _, ngettext
from followup import asking, orphans, stuck  # noqa: F401  the last two listen
from followup.forms import AskingForm, ReceptionForm
from room.pages import heard

bp = Blueprint("followup", __name__)


@bp.app_context_processor
def words():
    """How the roles stand after a meeting, and the forms of that page."""
    return dict(standing_of=asking.standing, hours_since=asking.hours_since, last_day=asking.last_day, reception_form=_reception,
                asking_form=lambda: AskingForm(formdata=None, data=dict(answer_by=day_for_answers())))


@bp.get("/meetings/<int:meeting_id>/follow-up")
@office("coordinator", record="meeting", act="run")
def show(meeting_id):
    """Who was asked for what, who has answered, the draft that goes round: of the cases one runs."""
    meeting = current_user.meeting(meeting_id, to="run")
    audit.saw(f"meeting/{meeting.id}")
    return _page(meeting)


@bp.post("/meetings/<int:meeting_id>/askings")
@office("coordinator", record="meeting", act="run")
def ask(meeting_id):
    """One button: everybody not asked yet is asked for their roles."""
    meeting = current_user.meeting(meeting_id, to="run")
    hearings, form = heard(meeting, "run"), AskingForm()
    asking.ask_asking(meeting)
    if not form.accepts():
        return _page(meeting, asked=form), form.status
    count = asking.ask_everybody(meeting, hearings, current_user, form.answer_by.data)
    if count:
        flash(ngettext("%(num)s person is asked to confirm.", "%(num)s people are asked to confirm.", count), "success")
    else:
        flash(_("Everybody who can answer on the screen was asked already."), "success")
    return redirect(url_for("followup.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/nudges")
@office("coordinator", record="meeting", act="run")
def nudge(meeting_id):
    """Somebody is asked once more, at most once a day."""
    meeting = current_user.meeting(meeting_id, to="run")
    hearings = heard(meeting, "run")
    asking.ask_asking(meeting)
    if asking.nudge(meeting, hearings, current_user, request.form.get("member", 0, type=int)):
        flash(_("They are asked once more."), "success")
    else:
        flash(_("They were asked today already, or have answered. Once a day is enough; a telephone call is kinder than a third mail."), "warning")
    return redirect(url_for("followup.show", meeting_id=meeting.id), 303)


@bp.post("/wishes/<int:wish_id>/reception")
@office("coordinator", record="change", act="run")
def receive(wish_id):
    """A wish for other words or another day is answered."""
    wish = current_user.find("change", wish_id, "run")
    meeting, form = wish.action.hearing.meeting, ReceptionForm(wish=wish)
    if not form.accepts():
        return _page(meeting, received=form), form.status
    form.carry_out(current_user)
    flash(_("The wish is answered, and they are told."), "success")
    return redirect(url_for("followup.show", meeting_id=meeting.id, _anchor="wishes"), 303)


def _reception(wish) -> ReceptionForm:
    return ReceptionForm(formdata=None, wish=wish, data=dict(counter_what=wish.wished_what or wish.what, counter_on=wish.wished_on or wish.due_on))


def _page(meeting, **typed):
    return render_template("followup/show.html", meeting=meeting, hearings=heard(meeting, "run"), **typed)
