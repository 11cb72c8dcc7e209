"""Doors of whoever runs the meeting: sending the draft round, answering corrections, asking again, giving more time."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from circulation import deadlines, telling, windows
from circulation.forms import AnswerForm, ExtensionForm, RoundForm
from circulation.models import Circulation, ask_beginning
from circulation.readers import Reader, sat
from circulation.remarks import Remark
from circulation.views import remarks_seen
from circulation.windows import Standing
from circulation.words import Outcome, RemarkKind
from core import audit, clock
from core.access import office
from core.database import utcnow
from core.languages import _
from core.office import office as the_office
from meetings.models import Meeting
from meetings.seen import Sight
from meetings.table import Hearing

bp = Blueprint("circulation", __name__)


@bp.app_context_processor
def words():
    """What the pages of the meeting show of its round."""
    return dict(draft_due=deadlines.draft_due, round_seen=lambda circulation: _seen(circulation, _sight(circulation.meeting)),
                may_read_round=lambda circulation: current_user.may("see", "circulation", circulation.id))


@bp.get("/meetings/<int:meeting_id>/circulations/new")
@office("coordinator", record="meeting", act="run")
def new(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    return _sending(meeting, RoundForm(formdata=None, data=dict(answer_by=windows.due(clock.today(), the_office().remarks_within))))


@bp.post("/meetings/<int:meeting_id>/circulations")
@office("coordinator", record="meeting", act="run")
def create(meeting_id):
    meeting, form = current_user.meeting(meeting_id, to="run"), RoundForm()
    ask_beginning(meeting)
    if not form.accepts():
        return _sending(meeting, form), form.status
    made = Circulation.begin(meeting, current_user, form.answer_by.data)
    telling.of_the_draft(made, made.readers)
    flash(_("The draft goes round: %(count)s people are asked.", count=len(_seen(made, _sight(meeting)))), "success")
    return redirect(made.path, 303)


@bp.get("/circulations/<int:circulation_id>/remarks")
@office("coordinator", record="circulation", act="run")
def show(circulation_id):
    return _page(current_user.find("circulation", circulation_id, "run"))


@bp.post("/circulations/<int:circulation_id>/reminder")
@office("coordinator", record="circulation", act="run")
def remind(circulation_id):
    circulation = current_user.find("circulation", circulation_id, "run")
    circulation.ask_open()
    silent = [each for each, _standing in _seen(circulation, _sight(circulation.meeting)) if not each.answered]
    telling.of_the_draft(circulation, silent, nudge=True)
    for each in silent:
        each.nudged_at = utcnow()
    flash(_("Asked again: %(count)s people.", count=len(silent)), "success")
    return redirect(circulation.path, 303)


@bp.post("/circulations/<int:circulation_id>/extension")
@office("coordinator", record="circulation", act="run")
def extend(circulation_id):
    circulation = current_user.find("circulation", circulation_id, "run")
    form = ExtensionForm(now=circulation.answer_by)
    if not form.accepts(circulation):
        return _page(circulation, extension=form), form.status
    circulation.extend(current_user, form.until.data, form.reason.data)
    flash(_("Remarks are taken until %(day)s.", day=clock.wareki(form.until.data)), "success")
    return redirect(circulation.path, 303)


@bp.post("/remarks/<int:remark_id>/answer")
@office("coordinator", record="remark", act="run")
def answer(remark_id):
    remark, form = current_user.find("remark", remark_id, "run"), AnswerForm()
    if not form.accepts():
        return _page(remark.circulation, answered=(remark, form)), form.status
    remark.settle(current_user, Outcome(form.outcome.data), form.words.data, form.said.data, form.line_read)
    telling.of_the_answer(remark)
    flash(_("Answered. Who proposed it is told."), "success")
    return redirect(remark.circulation.path, 303)


def _sending(meeting: Meeting, form: RoundForm):
    audit.saw(f"meeting/{meeting.id}")
    return render_template("circulation/new.html", meeting=meeting, form=form, within=the_office().remarks_within, deemed=the_office().deemed,
                           people=[each for each in sat(meeting, _heard(meeting, _sight(meeting))) if each.user_id != current_user.id])


def _sight(meeting: Meeting) -> Sight:
    return Sight(current_user, meeting, whole=False)


def _heard(meeting: Meeting, sight: Sight) -> list[Hearing]:
    return [each for each in meeting.hearings if (each.case.number if each.case else "") in sight.numbers]


def _seen(circulation: Circulation, sight: Sight) -> list[tuple[Reader, Standing]]:
    """The readers at the tables this person may see, and where each stands there: of other teams' cases they learn nothing."""
    hearings = _heard(circulation.meeting, sight)
    there = {each.id for each in sat(circulation.meeting, hearings)}
    return [(each, each.standing_at(*hearings)) for each in circulation.readers if each.member_id in there]


def _page(circulation: Circulation, extension: ExtensionForm | None = None, answered: tuple[Remark, AnswerForm] | None = None):
    audit.saw(f"circulation/{circulation.id}")
    sight = _sight(circulation.meeting)
    remarks = remarks_seen(circulation, sight)
    forms = {each.id: _empty(each) for each in remarks if each.waits} | ({answered[0].id: answered[1]} if answered else {})
    extension = extension or ExtensionForm(formdata=None, now=circulation.answer_by, data=dict(version=str(circulation.version)))
    corrections, dissents = ([each for each in remarks if each.kind == kind] for kind in RemarkKind)
    return render_template("circulation/remarks.html", circulation=circulation, meeting=circulation.meeting, corrections=corrections,
                           dissents=dissents, forms=forms, readers=_seen(circulation, sight), extension=extension, open=not circulation.closed and not circulation.meeting.final,
                           back=url_for("followup.show", meeting_id=circulation.meeting_id))


def _empty(remark: Remark) -> AnswerForm:
    return AnswerForm(formdata=None, data=dict(words=remark.text, read=str(remark.entry.number) if remark.entry else ""), prefix="")
