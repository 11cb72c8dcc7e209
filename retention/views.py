"""Doors to the register of retention: how long each record is kept, its class, and the stop of its disposal."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa

from core import clock
from core.access import office
from core.database import session
from core.forms import Form
from core.languages import _
from core.pages import fiscal_year_words, page_asked
from meetings import minutes
from meetings.models import Meeting
from retention import holds
from retention.forms import ClassForm, HoldForm
from retention.models import RetentionChoice, RetentionHold
from retention.register import lines
from retention.terms import State

bp = Blueprint("retention", __name__)
PAGE = 30


@bp.app_context_processor
def words():
    """What Today asks: how many records' terms are over or end this fiscal year."""
    return dict(terms_ending=lambda: sum(line.state in (State.OVER, State.ENDING) for line in lines(current_user)))


@bp.get("/retention")
@office("clerk")
def index():
    """The register by the day on which terms end; `state` shows those that stand there only."""
    every, page = lines(current_user), page_asked()
    wanted = next((each for each in State if each.value == request.args.get("state")), None)
    shown = [each for each in every if wanted in (None, each.state)]
    begin = (page - 1) * PAGE
    return render_template("retention/index.html", lines=shown[begin:begin + PAGE], page=page, more=len(shown) > begin + PAGE, State=State, wanted=wanted,
                           count={each: sum(line.state == each for line in every) for each in State}, kept={"state": wanted.value} if wanted else {},
                           title=minutes.title, year_name=fiscal_year_words)


@bp.get("/retention/meetings/<int:meeting_id>")
@office("clerk", "coordinator", record="minutes")
def show(meeting_id):
    return _page(_final(meeting_id))


@bp.post("/retention/meetings/<int:meeting_id>/class")
@office("clerk", record="minutes")
def choose(meeting_id):
    """Another class, or a longer term (延長); what stood before stays in the history."""
    meeting = _final(meeting_id)
    form = ClassForm(kept=lines(current_user, meeting.id)[0].kept)
    if not form.accepts():
        return _page(meeting, chosen=form), form.status
    kept = form.classes[form.name.data]
    session.add(RetentionChoice(meeting_id=meeting.id, name=kept.name, years=kept.years, until=form.until.data, reason=form.reason.data, by_id=current_user.id))
    flash(_("Saved."), "success")
    return redirect(url_for("retention.show", meeting_id=meeting.id), 303)


@bp.post("/retention/meetings/<int:meeting_id>/holds")
@office("clerk", "coordinator", record="minutes")
def hold(meeting_id):
    meeting, form = _final(meeting_id), HoldForm()
    if not form.accepts():
        return _page(meeting, stop=form), form.status
    holds.hold(meeting, form.reason.data, current_user, until=form.until.data)
    flash(_("The disposal of this record is stopped."), "success")
    return redirect(url_for("retention.show", meeting_id=meeting.id), 303)


@bp.post("/retention/meetings/<int:meeting_id>/holds/<int:number>/release")
@office("clerk", "coordinator", record="minutes")
def release(meeting_id, number):
    meeting = _final(meeting_id)
    # What another part of the program laid, it lifts itself: an open request for disclosure is not ended here.
    standing = next((each for each in _holds(meeting) if each.id == number and not each.source), None) or abort(404)
    holds.release(standing, current_user)
    flash(_("This stop is lifted."), "success")
    return redirect(url_for("retention.show", meeting_id=meeting.id), 303)


def _final(meeting_id: int) -> Meeting:
    """A meeting whose minutes are final; a draft has no term yet."""
    meeting = current_user.find("minutes", meeting_id)
    return meeting if meeting.final else abort(404)


def _holds(meeting: Meeting) -> list[RetentionHold]:
    return list(session.scalars(sa.select(RetentionHold).where(RetentionHold.meeting_id == meeting.id).order_by(RetentionHold.id.desc())))


def _page(meeting: Meeting, chosen=None, stop=None):
    line = lines(current_user, meeting.id)[0]
    history = session.scalars(sa.select(RetentionChoice).where(RetentionChoice.meeting_id == meeting.id).order_by(RetentionChoice.id.desc())).all()
    return render_template("retention/show.html", meeting=meeting, line=line, history=history, holds=_holds(meeting), today=clock.today(), title=minutes.title,
                           form=chosen or ClassForm(formdata=None, kept=line.kept), stop=stop or HoldForm(formdata=None), button=Form(formdata=None))
