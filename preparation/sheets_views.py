"""Doors to preparation sheets: the table's sheets, one agency's sheet, roles asked for beforehand, the record."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa

from core import access, audit
from core.access import office, signed_in
from core.database import session
from core.languages import _, ngettext
from core.web import WORD, Refused, download
from exports import word
from meetings.invitations import mail_on
from meetings.table import Hearing
from preparation import sheets, sheets_paper, sheets_record, sheets_reminder
from preparation.inquiries import Inquiry
from preparation.rights import speaks_for
from preparation.sheets import Sheet, SheetDeadline, ask_preparing
from preparation.sheets_forms import CandidateForm, DeadlineForm, SheetForm
from preparation.sheets_roles import RoleCandidate
from stationery.house import layout

bp = Blueprint("sheets", __name__)


@bp.app_context_processor
def words():
    """What the pages of a meeting and the room say about its preparation."""
    return dict(sheets_of=_handed_in, candidates_of=RoleCandidate.of, sheets_asked=sheets.asked, speaks_for=speaks_for,
                answers_of=lambda hearing: _answered(hearing))


@bp.get("/hearings/<int:hearing_id>/sheets")
@signed_in(record="hearing", act="write")
def index(hearing_id):
    return _page(_case(hearing_id, "write"))


@bp.get("/hearings/<int:hearing_id>/sheets/<int:agency_id>")
@signed_in(record="hearing", act="write")
def edit(hearing_id, agency_id):
    hearing = _case(hearing_id, "write")
    agency, own = _writable(hearing, agency_id)
    sheet = _sheet(hearing, agency)
    audit.saw(f"sheet/{sheet.id}" if sheet else f"meeting/{hearing.meeting_id}")
    return _form(hearing, agency, own, sheet, _filled(sheet, _asked_roles(hearing, agency)))


@bp.post("/hearings/<int:hearing_id>/sheets/<int:agency_id>")
@signed_in(record="hearing", act="write")
def update(hearing_id, agency_id):
    hearing = _case(hearing_id, "write")
    agency, own = _writable(hearing, agency_id)
    sheet, form = _sheet(hearing, agency), SheetForm()
    if not form.accepts(sheet):
        if form.stale:
            form.show_beside(sheet)
        return _form(hearing, agency, own, sheet, form), form.status
    sheet = sheet or Sheet.begin(hearing, agency, by=current_user)
    sheet.write(current_user, form.words, form.stated, heard=not own)
    for candidate in _asked_roles(hearing, agency):
        if candidate.id in form.answers:
            candidate.reply(current_user, *form.answers[candidate.id], heard=not own)
    if request.form.get("hand_in") or not own:  # what the office types in was given to it to be shown
        sheet.hand_in(current_user)
    flash(_("The sheet lies before the table.") if sheet.handed_in else _("Kept as a draft. Only your own agency sees it."), "success")
    return redirect(url_for("sheets.index", hearing_id=hearing.id), 303)


@bp.get("/hearings/<int:hearing_id>/sheets/<int:agency_id>.docx")
@signed_in(record="hearing", act="write")
def blank(hearing_id, agency_id):
    hearing = _case(hearing_id, "write")
    agency, _own = _writable(hearing, agency_id)
    audit.note("exported", f"meeting/{hearing.meeting_id}", f"docx sheet agency/{agency.id}")
    paper = sheets_paper.blank(hearing, agency, _asked_roles(hearing, agency), SheetDeadline.of(hearing.meeting))
    return download(word.draw(paper.blocks, paper.title, paper.mark, paper.reference, layout=layout()), WORD, paper.file_name)


@bp.post("/hearings/<int:hearing_id>/sheets/deadline")
@office("coordinator", record="hearing", act="run")
def settle(hearing_id):
    hearing = _case(hearing_id, "run")
    form = DeadlineForm(meeting=hearing.meeting)
    if not form.accepts():
        return _page(hearing, deadline=form), form.status
    SheetDeadline.set(hearing.meeting, form.due_on.data, by=current_user)
    flash(_("Saved."), "success")
    return redirect(url_for("sheets.index", hearing_id=hearing.id), 303)


@bp.post("/hearings/<int:hearing_id>/sheets/reminders")
@office("coordinator", record="hearing", act="run")
def remind(hearing_id):
    hearing = _case(hearing_id, "run")
    ask_preparing(hearing.meeting)
    posted, without = sheets_reminder.send(hearing, _silent(hearing), SheetDeadline.of(hearing.meeting))
    if mail_on():
        flash(ngettext("%(num)s reminder is in the outbox.", "%(num)s reminders are in the outbox.", posted), "success")
    else:
        flash(_("Mail is switched off on this installation, so nobody is asked by mail."), "warning")
    if without:
        flash(_("No mail reaches them; tell them on paper or by telephone: %(names)s.",
                names="、".join(each.full for each in without)), "warning")
    return redirect(url_for("sheets.index", hearing_id=hearing.id), 303)


@bp.post("/hearings/<int:hearing_id>/candidates")
@office("coordinator", record="hearing", act="run")
def ask(hearing_id):
    hearing = _case(hearing_id, "run")
    form = CandidateForm(agencies=sheets.asked(hearing))
    if not form.accepts():
        return _page(hearing, candidate=form), form.status
    agency = next(each for each in sheets.asked(hearing) if each.id == form.agency_id.data)
    RoleCandidate.ask(hearing, agency, form.what.data, by=current_user)
    flash(_("The agency reads this on its sheet and answers there."), "success")
    return redirect(url_for("sheets.index", hearing_id=hearing.id) + "#roles", 303)


@bp.post("/candidates/<int:candidate_id>/withdrawal")
@office("coordinator", record="candidate", act="run")
def withdraw(candidate_id):
    candidate = current_user.find("candidate", candidate_id, to="run")
    candidate.withdraw()
    return redirect(url_for("sheets.index", hearing_id=candidate.hearing_id) + "#roles", 303)


@bp.post("/hearings/<int:hearing_id>/sheets/record")
@office("coordinator", record="hearing", act="run")
def record(hearing_id):
    hearing = _case(hearing_id, "run")
    taken = sheets_record.take_in(hearing, _handed_in(hearing), _answered(hearing), by=current_user)
    flash(ngettext("%(num)s fact stands in the record now, with its source and agency.",
                   "%(num)s facts stand in the record now, with their sources and agencies.", taken) if taken
          else _("Everything stands in the record already."), "success")
    return redirect(url_for("room.show", meeting_id=hearing.meeting_id, hearing=hearing.id), 303)


def _case(hearing_id: int, act: str) -> Hearing:
    """The hearing, if the person may do this there and a case is heard in it."""
    hearing = current_user.hearing(hearing_id, to=act)
    return hearing if hearing.case is not None else abort(404)


def _writable(hearing: Hearing, agency_id: int):
    """(agency, whether it is the person's own), if they may write its sheet: their own, or for the office what came on paper."""
    agency = next((each for each in sheets.asked(hearing) if each.id == agency_id), None) or abort(404)
    own = agency.id in speaks_for(current_user, hearing)
    if not own and not _running(hearing):
        abort(404)
    return agency, own


def _sheet(hearing: Hearing, agency) -> Sheet | None:
    """The agency's sheet. Raises Refused when it is a draft of people the signed-in person does not belong to."""
    of = sa.and_(Sheet.hearing_id == hearing.id, Sheet.agency_id == agency.id)
    seen = session.scalars(current_user.all("sheet").where(of)).unique().first()
    if seen is None and session.scalar(sa.select(sa.exists().where(of))):
        raise Refused(_("This agency is writing its sheet itself; its draft is its own until it hands it in."),
                      _("Send a reminder, or ask them to hand in what they have."))
    return seen


def _handed_in(hearing: Hearing) -> list[Sheet]:
    return list(session.scalars(current_user.all("sheet").where(Sheet.hearing_id == hearing.id, Sheet.handed_in_at.is_not(None))
                                .order_by(Sheet.handed_in_at)))


def _answered(hearing: Hearing) -> list[Inquiry]:
    return list(session.scalars(sa.select(Inquiry).where(Inquiry.hearing_id == hearing.id, Inquiry.answered_at.is_not(None))
                                .order_by(Inquiry.answered_at)))


def _silent(hearing: Hearing) -> list:
    done = {each.agency_id for each in _handed_in(hearing)}
    return [each for each in sheets.asked(hearing) if each.id not in done]


def _asked_roles(hearing: Hearing, agency) -> list[RoleCandidate]:
    return [each for each in RoleCandidate.of(hearing) if each.agency_id == agency.id]


def _running(hearing: Hearing) -> bool:
    return access.may(current_user, "hearing", hearing.id, "run")


def _filled(sheet: Sheet | None, candidates: list[RoleCandidate]) -> SheetForm:
    roles = [dict(id=str(each.id), answer=each.answer.value, word=each.word) for each in candidates]
    if sheet is None:
        return SheetForm(data=dict(version="0", roles=roles))
    facts = [dict(id=str(each.id), text=each.text, source=each.source) for each in sheet.facts]
    return SheetForm(data=dict(version=str(sheet.version), facts=facts, roles=roles) | {name: getattr(sheet, name) for name in sheets.PARTS})


def _form(hearing: Hearing, agency, own: bool, sheet, form: SheetForm):
    return render_template("preparation/sheet_edit.html", hearing=hearing, meeting=hearing.meeting, agency=agency, own=own, sheet=sheet,
                           form=form, due_on=SheetDeadline.of(hearing.meeting),
                           asked={str(each.id): each for each in _asked_roles(hearing, agency)})


def _page(hearing: Hearing, deadline: DeadlineForm | None = None, candidate: CandidateForm | None = None):
    meeting, running = hearing.meeting, _running(hearing)
    audit.saw(f"meeting/{meeting.id}")
    due_on, handed_in = SheetDeadline.of(meeting), {each.agency_id: each for each in _handed_in(hearing)}
    return render_template(
        "preparation/sheet_index.html", hearing=hearing, meeting=meeting, running=running, own=speaks_for(current_user, hearing),
        agencies=sheets.asked(hearing), handed_in=handed_in, due_on=due_on, candidates=RoleCandidate.of(hearing) if running else [],
        deadline=deadline or DeadlineForm(formdata=None, meeting=meeting, data=dict(due_on=due_on)),
        candidate=candidate or CandidateForm(formdata=None, agencies=sheets.asked(hearing)),
        silent=[each for each in sheets.asked(hearing) if each.id not in handed_in],
        reminded=sheets_reminder.last(meeting) if running else None)
