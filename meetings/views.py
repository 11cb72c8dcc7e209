"""Doors to meetings: the list, planning, the page of one meeting, its calendar entry."""

from __future__ import annotations

from datetime import time, timedelta
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from core import access, audit, clock, languages
from core.access import office, signed_in
from core.database import session, utcnow
from core.languages import _
from core.office import office as the_office
from core.pages import page_asked
from core.web import Refused
from meetings import clashes, invitations, kinds, templates
from meetings.forms import ChangeForm, PlanForm, ReplyForm
from meetings.kinds import Kind
from meetings.lists import MeetingBox, listed, searched
from meetings.models import Meeting
from meetings.rights import steps_seen
from meetings.steps import AgendaItem
from meetings.table import Hearing, Reply
from meetings.templates import AgendaTemplate

bp = Blueprint("meetings", __name__)
PAGE = 30
FRAMES = 6  # regular meetings offered to a case


@bp.get("/meetings")
@signed_in()
def index():
    return _list(MeetingBox.read())


@bp.post("/meetings/search")
@signed_in()
def find():
    box = MeetingBox()
    return redirect(box.address("meetings.index"), 303) if box.accepts() else (_list(box), box.status)


@bp.get("/meetings/new")
@office("coordinator")
def new():
    return _planning(None)


@bp.get("/cases/<int:case_id>/meetings/new")
@office("coordinator", record="case", act="run")
def new_for_case(case_id):
    return _planning(current_user.case(case_id, to="run"))


@bp.post("/meetings")
@office("coordinator")
def create():
    return _plan(None)


@bp.post("/cases/<int:case_id>/meetings")
@office("coordinator", record="case", act="run")
def create_for_case(case_id):
    return _plan(current_user.case(case_id, to="run"))


@bp.get("/meetings/<int:meeting_id>")
@signed_in(record="meeting")
def show(meeting_id):
    meeting = current_user.meeting(meeting_id)
    return _page(meeting, ReplyForm(data=_replied(meeting)))


@bp.get("/meetings/<int:meeting_id>/edit")
@office("coordinator", record="meeting", act="run")
def edit(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    begins, ends = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
    audit.saw(f"meeting/{meeting.id}")
    form = ChangeForm(data=dict(
        name=meeting.name, day=begins.date(), start=begins.time(), end=ends.time(), mode=meeting.mode.value, place=meeting.place,
        online_url=meeting.online_url, version=str(meeting.version), **_aims(meeting),
        steps=[each.step | dict(hearing=str(each.hearing_id or ""))
               for each in meeting.steps(_mine(meeting))]))
    return _changing(meeting, form)


@bp.post("/meetings/<int:meeting_id>")
@office("coordinator", record="meeting", act="run")
def update(meeting_id):
    meeting, form = current_user.meeting(meeting_id, to="run"), ChangeForm()
    if not meeting.pending:
        raise Refused(_("Only a meeting that has not been opened yet can be changed here."))
    if not form.accepts(meeting):
        return _changing(meeting, form), form.status
    moved = meeting.settle_in(form.place.data, form.online_url.data)
    for name, value in form.plan.items():
        for record in [meeting] if hasattr(Meeting, name) else _alone(meeting):
            setattr(record, name, value)
    if form.span != (meeting.starts_at, meeting.ends_at):
        sat = {each.id: each.full for each in meeting.people()}
        meeting.reschedule(*form.span, by=current_user)
        session.flush()
        _tell_seats(meeting, sat, invitations.let_go(meeting))
        flash(_("The time has changed. Send the invitations again, so that everybody knows."), "warning")
    elif moved:
        flash(_("The place has changed. Send the invitations again, so that everybody knows."), "warning")
    _set_steps(meeting, form)
    warn_taken(meeting)
    flash(_("Saved."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


def _tell_seats(meeting, sat: dict[int, str], told: list) -> None:
    """A council's session moved to another term: who sits there now, and who does not any more. `told` had been invited."""
    now = {each.id: each.full for each in meeting.people()}
    for words, names in ((_("Seated, as members of the new day: %(names)s."), now.keys() - sat.keys()), (_("Not seated any more, being no members on the new day: %(names)s."), sat.keys() - now.keys())):
        if names:
            flash(words % dict(names="、".join((now | sat)[each] for each in sorted(names))), "info")
    if told and not invitations.mail_on():
        flash(_("No mail reaches them; tell them on paper or by telephone: %(names)s.", names="、".join(each.full for each in told)), "warning")


@bp.post("/meetings/<int:meeting_id>/reply")
@signed_in(record="meeting")
def reply(meeting_id):
    meeting, form = current_user.meeting(meeting_id), ReplyForm()
    seats = [seat for seat in meeting.seats if seat.member.user_id == current_user.id]
    if not seats:
        raise Refused(_("You have no seat at this meeting."))
    if not meeting.pending:
        raise Refused(_("This meeting has begun or was called off; there is nothing to answer any more."))
    if not form.accepts():
        return _page(meeting, form), form.status
    for seat in seats:
        seat.answer(Reply(form.reply.data), form.note.data)
    flash(_("Your answer has reached the organiser."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/cancellation")
@office("coordinator", record="meeting", act="run")
def cancel(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    meeting.cancel()
    told = invitations.let_go(meeting)
    flash(_("The meeting is called off; %(count)s people are told by mail.", count=len(told)), "success")
    return redirect(url_for("meetings.index"), 303)


@bp.post("/meetings/<int:meeting_id>/juso")
@office("coordinator", record="meeting", act="run")
def switch(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    if meeting.kind != Kind.SHIEN or not meeting.pending:
        raise Refused(_("Only a statutory support meeting that has not been opened yet can be switched."))
    meeting.switch_to_juso(by=current_user)
    flash(_("It is a plan review meeting (重層的支援会議) now; the record keeps both."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>.ics")
@signed_in(record="meeting")
def ics(meeting_id):
    meeting = current_user.meeting(meeting_id)
    name = quote(f"{meeting.reference}.ics")
    seat = None if access.may(current_user, "meeting", meeting.id, "run") else meeting.seat_of(current_user)
    return Response(invitations.published(meeting, seat.member if seat else None), mimetype="text/calendar",
                    headers={"Content-Disposition": f"attachment; filename=meeting.ics; filename*=UTF-8''{name}"})


def _list(box: MeetingBox):
    page, past = page_asked(), request.args.get("when") == "past"
    query = searched(current_user, box.words) if box.used else listed(current_user, past)
    found = session.scalars(query.options(orm.selectinload(Meeting.minutes_versions)).limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return render_template("meetings/index.html", meetings=found[:PAGE], page=page, past=past, more=len(found) > PAGE, box=box)


def _page(meeting: Meeting, form: ReplyForm):
    entered = access.may(current_user, "meeting", meeting.id, "enter")
    running = access.may(current_user, "meeting", meeting.id, "run")
    if entered:
        audit.saw(f"meeting/{meeting.id}")
    hearings, seat, mine = _mine(meeting, "see"), meeting.seat_of(current_user), _mine(meeting)
    return render_template("meetings/show.html", meeting=meeting, form=form, entered=entered, running=running, hearings=hearings, mine=mine,
                           seat=seat, span=meeting.span_of(seat.member) if seat and not running else (meeting.starts_at, meeting.ends_at),
                           agenda=steps_seen(meeting, hearings or [each for each in meeting.hearings if seat and seat.hearing is each], current_user),
                           acks=meeting.acknowledgements, letters=_letters(meeting) if running else {}, mail_on=invitations.mail_on())


def _mine(meeting: Meeting, to: str = "run") -> list[Hearing]:
    """The hearings of this meeting that the person may act on, in their order."""
    allowed = current_user.all("hearing", to).where(Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id)
    ids = set(session.scalars(allowed))
    return [each for each in meeting.hearings if each.id in ids]


def _alone(meeting: Meeting) -> list[Hearing]:
    """The one hearing whose purpose stands on the meeting's own form; none where there are several, or it is another team's."""
    mine = _mine(meeting)
    return mine if len(mine) == len(meeting.hearings) == 1 else []


def _aims(meeting: Meeting) -> dict:
    """Purpose and what to decide, where the meeting has them for one case alone; several cases have their own."""
    return next((dict(purpose=each.purpose, to_decide=each.to_decide) for each in _alone(meeting)), {})


def _changing(meeting: Meeting, form: ChangeForm):
    return render_template("meetings/edit.html", form=form, meeting=meeting, alone=bool(_alone(meeting)),
                           names={str(each.id): each.case.number for each in _mine(meeting) if each.case and len(meeting.hearings) > 1})


def _set_steps(meeting: Meeting, form: ChangeForm) -> None:
    """The agenda as the person left it; the steps of cases they do not see stay, after their own."""
    mine = {str(each.id): each for each in _mine(meeting)}
    rows = [row.form for row in form.steps if row.form.title.data]
    kept = [each for each in meeting.agenda if each.hearing_id and str(each.hearing_id) not in mine]
    typed = [AgendaItem(title=row.title.data, minutes=row.minutes.data or 5, screen=row.screen.data or "none",
                        say=row.say.data, limited=row.limited.data,
                        hearing=mine.get(row["hearing"].data)) for row in rows]
    before = [(each.hearing_id, each.minutes) for each in meeting.agenda]
    meeting.agenda = typed + kept
    for place, item in enumerate(meeting.agenda, 1):
        item.position = place
    if len(meeting.hearings) > 1 and before != [(each.hearing.id if each.hearing else None, each.minutes) for each in meeting.agenda]:
        meeting.timetable_changes()


def _letters(meeting: Meeting) -> dict:
    """The newest letter of this meeting to each address."""
    from core.outbox import Letter

    return {each.recipient: each for each in session.scalars(sa.select(Letter).where(Letter.topic == meeting.topic).order_by(Letter.id))}


def _replied(meeting: Meeting) -> dict:
    seat = meeting.seat_of(current_user)
    return dict(reply=seat.reply.value, note=seat.reply_note) if seat and seat.reply != Reply.NONE else {}


def _offered(case) -> list[Kind]:
    return [Kind.JUSO, Kind.SHIEN] if case else [Kind.PREMEETING, Kind.GENERAL, Kind.SHIEN, Kind.JUSO]


def warn_taken(meeting: Meeting) -> None:
    """Point out that another meeting is at the same place at that time: by its reference, never by its case."""
    taken = clashes.in_place(meeting.place, [(meeting.starts_at, meeting.ends_at)], except_meeting=meeting.id)
    if taken:
        flash(_("Another meeting is at %(place)s at that time: %(references)s.", place=meeting.place,
                references="、".join(each.reference for each in taken)), "warning")


def _planning(case):
    first = kinds.allowed(case.consented(clock.today()))[0] if case else Kind.GENERAL
    form = PlanForm(kinds=_offered(case), data=dict(
        kind=first.value, name=f"{the_office().name}{first.law_name}" if case else "", day=clock.today() + timedelta(days=14),
        start=time(14), end=time(15), mode="in_person",
        template="standard" if case else "general"))
    return _new(form, case), 200


def _new(form: PlanForm, case):
    return render_template("meetings/new.html", form=form, case=case, allowed=_allowed(case), frames=_frames(case) if case else [],
                           turn=_usual_turn() if case else "")


def _usual_turn() -> str:
    """How long a case is heard in a meeting of several, unless somebody says otherwise."""
    keys = [each.key for each in AgendaTemplate.offered("case")]
    return "case_20" if "case_20" in keys else keys[0]


def _frames(case) -> list[Meeting]:
    """The next meetings of the office that take this case: planned as frames, and not hearing it yet."""
    there = sa.select(Hearing.meeting_id).where(Hearing.case_id == case.id)
    query = current_user.all("meeting", "fill").where(
        Meeting.frame.is_(True), Meeting.opened_at.is_(None), Meeting.cancelled_at.is_(None), Meeting.starts_at > utcnow(),
        Meeting.kind.in_(kinds.allowed(case.consented(clock.today()))), Meeting.id.not_in(there))
    return list(session.scalars(query.order_by(Meeting.starts_at).limit(FRAMES)))


def _allowed(case) -> list[str]:
    return [each.value for each in (kinds.allowed(case.consented(clock.today())) if case else _offered(None))]


def _plan(case):
    form = PlanForm(kinds=_offered(case))
    if not form.accepts():
        return _new(form, case), form.status
    begins, ends = form.span
    try:
        meeting = Meeting.schedule(current_user, Kind(form.kind.data), starts_at=begins, ends_at=ends, case=case, **form.plan)
    except Refused as refusal:
        form.kind.errors = [f"{refusal} {refusal.way_on}"]
        return _new(form, case), 422
    meeting.divide([(None, step) for step in templates.steps(form.template.data, languages.language())])
    session.flush()
    warn_taken(meeting)
    if meeting.frame:
        flash(_("The frame is planned. Next: put cases into it, from here or from the page of a case."), "success")
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    flash(_("The meeting is planned. Next: choose who sits."), "success")
    return redirect(url_for("seats.edit", hearing_id=meeting.hearings[0].id), 303)
