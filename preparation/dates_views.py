"""Doors to date finding: days are offered, people answer, one day is decided."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from core import audit, clock
from core.access import office, signed_in
from core.database import session
from core.languages import _, ngettext
from core.web import Refused
from meetings.invitations import let_go, mail_on
from meetings.models import Meeting
from meetings.table import Level
from meetings.views import warn_taken
from preparation import dates_hints, dates_letters
from preparation.dates import DatePoll, invited
from preparation.dates_forms import OfferForm, answer_form
from preparation.dates_ranking import ranked, recommended

bp = Blueprint("dates", __name__)


@bp.app_context_processor
def words():
    """Whether days are being found for a meeting, for the pages that show one."""
    return dict(date_poll=_open_poll)


@bp.get("/meetings/<int:meeting_id>/dates")
@office("coordinator", record="meeting", act="run")
def show(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    poll = DatePoll.last_of(meeting)
    if poll is None:
        return redirect(url_for("dates.edit", meeting_id=meeting.id), 303)
    audit.saw(f"meeting/{meeting.id}")  # who sits is on it
    everybody = invited(meeting)
    people = invited(meeting, current_user)
    tallies, spans = poll.tallies(everybody), [each.span for each in poll.slots]
    best, ties = recommended(tallies)
    silent, asked = [each for each in people if not poll.complete(each.member)], dates_letters.asked_on(poll, clock.today())
    return render_template(
        "preparation/date_show.html", meeting=meeting, poll=poll, people=people, order=ranked(tallies), best=best, ties=ties, others=len(everybody) - len(people),
        slots={each.id: each for each in poll.slots}, silent=silent, asked=asked, mail_on=mail_on(),
        remindable=[each for each in _others(silent) if each.email and each.id not in asked],
        hints=dict(zip([each.id for each in poll.slots], dates_hints.hints(meeting, spans, current_user) if poll.open else [])))


@bp.get("/meetings/<int:meeting_id>/dates/edit")
@office("coordinator", record="meeting", act="run")
def edit(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    poll = DatePoll.of(meeting)
    spans = [each.span for each in poll.slots] if poll else dates_hints.proposed(meeting)
    form = OfferForm(data=dict(slots=[_row(*each) for each in spans], answer_by=poll.answer_by if poll else dates_hints.answer_by(spans),
                               version=str(poll.version) if poll else "0"))  # a colleague may begin it first
    return _offering(meeting, poll, form)


@bp.post("/meetings/<int:meeting_id>/dates")
@office("coordinator", record="meeting", act="run")
def offer(meeting_id):
    meeting, form = current_user.meeting(meeting_id, to="run"), OfferForm()
    poll = DatePoll.of(meeting)
    if "check" in request.form:  # only looks whether the days are free
        sound = form.validate()
        form.pad()
        return _offering(meeting, poll, form), 200 if sound else 422
    if not form.accepts(poll):
        return _offering(meeting, poll, form), form.status
    if poll is None:
        poll = DatePoll.begin(meeting, current_user, form.spans, form.answer_by.data)
        session.flush()
        posted, without = dates_letters.ask(poll, _others(invited(meeting)))
        ours = [each.member.id for each in invited(meeting, current_user)]
        _tell(posted, [each for each in without if each.id in ours])
    else:
        poll.offer(form.spans)
        poll.answer_by = form.answer_by.data
        flash(_("Saved. Whoever has not answered a new day counts as not answered; ask them with one press below."), "success")
    return redirect(url_for("dates.show", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>/dates/answer")
@signed_in(record="meeting")
def answering(meeting_id):
    meeting = current_user.meeting(meeting_id)
    poll, member = _mine(meeting)
    return _answer_page(poll, answer_form(poll, poll.reply_of(member)), member)


@bp.post("/meetings/<int:meeting_id>/dates/answer")
@signed_in(record="meeting")
def answer(meeting_id):
    meeting = current_user.meeting(meeting_id)
    poll, member = _mine(meeting)
    form = answer_form(poll)
    if not form.accepts():
        return _answer_page(poll, form, member), form.status
    poll.answer(member, form.marks(poll.slots), form.word.data, by=current_user)
    flash(_("Thank you. You can change your answer until a day is decided."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>/dates/members/<int:member_id>")
@office("coordinator", record="meeting", act="run")
def hearing(meeting_id, member_id):
    poll, member = _theirs(current_user.meeting(meeting_id, to="run"), member_id)
    return _answer_page(poll, answer_form(poll, poll.reply_of(member)), member, heard=True)


@bp.post("/meetings/<int:meeting_id>/dates/members/<int:member_id>")
@office("coordinator", record="meeting", act="run")
def hear(meeting_id, member_id):
    poll, member = _theirs(current_user.meeting(meeting_id, to="run"), member_id)
    form = answer_form(poll)
    if not form.accepts():
        return _answer_page(poll, form, member, heard=True), form.status
    poll.answer(member, form.marks(poll.slots), form.word.data, by=current_user)
    flash(_("Written down for %(name)s.", name=member.full), "success")
    return redirect(url_for("dates.show", meeting_id=meeting_id), 303)


@bp.post("/meetings/<int:meeting_id>/dates/reminders")
@office("coordinator", record="meeting", act="run")
def remind(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    poll = _open(meeting)
    _tell(*dates_letters.ask(poll, _others(each for each in invited(meeting, current_user) if not poll.complete(each.member))))
    return redirect(url_for("dates.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/dates/decision")
@office("coordinator", record="meeting", act="run")
def decide(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    poll = _open(meeting)
    slot = next((each for each in poll.slots if str(each.id) == request.form.get("slot")), None)
    if slot is None:
        raise Refused(_("This day is not offered any more."), _("Open the page of date finding again."))
    poll.decide(slot, by=current_user)
    session.flush()
    let_go(poll.meeting)  # a council's session may have left somebody's term
    warn_taken(meeting)
    flash(_("The meeting is held on %(when)s. Next: send the invitations.", when=clock.span(*slot.span)), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/dates/closing")
@office("coordinator", record="meeting", act="run")
def close(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    _open(meeting).close(by=current_user)
    flash(_("Date finding is ended; the meeting keeps its time."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


def _open_poll(meeting: Meeting) -> DatePoll | None:
    polls = g.setdefault("date_polls", {})
    if meeting.id not in polls:
        polls[meeting.id] = DatePoll.of(meeting)
    return polls[meeting.id]


def _open(meeting: Meeting) -> DatePoll:
    poll = DatePoll.of(meeting)
    if poll is None:
        raise Refused(_("Date finding for this meeting is over."), _("Open the page of the meeting: the day stands there."))
    return poll


def _mine(meeting: Meeting):
    """The open poll and my own place at the table. Nobody else's is shown to me."""
    seats = [seat for seat in meeting.seats if seat.member.user_id == current_user.id and seat.level != Level.INQUIRY]
    if not seats:
        raise Refused(_("You are not asked for a day of this meeting."), _("Only those at the table are asked."))
    return _open(meeting), seats[0].member


def _theirs(meeting: Meeting, member_id: int):
    member = next((each.member for each in invited(meeting, current_user) if each.member.id == member_id), None)
    if member is None:
        abort(404)
    return _open(meeting), member


def _others(people) -> list:
    """The members among those asked, without the person who asks."""
    return [each.member for each in people if each.member.user_id != current_user.id]


def _answer_page(poll: DatePoll, form, member, heard=False):
    spans = [each.span for each in poll.slots]
    own = dates_hints.own_meetings(member, spans, current_user, poll.meeting_id)
    return render_template("preparation/date_answer.html", poll=poll, meeting=poll.meeting, form=form, member=member, heard=heard,
                           days=list(zip(poll.slots, own)), reply=poll.reply_of(member))


def _offering(meeting: Meeting, poll, form: OfferForm):
    spans = [row.form.span for row in form.slots]
    known = dict(zip(filter(None, spans), dates_hints.hints(meeting, [each for each in spans if each], current_user)))
    return render_template("preparation/date_edit.html", meeting=meeting, poll=poll, form=form, planned=(meeting.starts_at, meeting.ends_at),
                           rows=[(row, span, known.get(span)) for row, span in zip(form.slots, spans)], nobody=not invited(meeting))


def _row(start, end) -> dict:
    begins, ends = clock.local(start), clock.local(end)
    return dict(day=begins.date(), start=begins.time(), end=ends.time())


def _tell(posted: int, without: list) -> None:
    if mail_on():
        flash(ngettext("%(num)s request is in the outbox.", "%(num)s requests are in the outbox.", posted), "success" if posted else "warning")
    else:
        flash(_("Mail is switched off on this installation, so nobody is asked by mail."), "warning")
    if without:
        flash(_("No mail reaches them; ask them on paper or by telephone: %(names)s.", names="、".join(each.full for each in without)), "warning")
