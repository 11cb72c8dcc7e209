"""Doors to the table: who sits, invitations, the ground rules before a case opens, the opening."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa

from agencies.models import Agency, Member
from core import access, audit, live, text
from core.access import office, signed_in
from core.database import session
from core.languages import _, ngettext
from core.outbox import Letter
from core.web import Refused
from ground_rules.proxies import ProxyAcknowledgement
from ground_rules.views import parts
from meetings import invitations, pledge_asking, roll, selection, situation
from meetings.choosing import SHARES, Picker, table_of
from meetings.rule_reviews import RuleReview
from meetings.selection import Caution
from meetings.table import Attendance, Hearing, Level, SeatRole

bp = Blueprint("seats", __name__)


@bp.get("/hearings/<int:hearing_id>/seats")
@office("coordinator", record="hearing", act="run")
def edit(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    audit.saw(f"meeting/{hearing.meeting_id}")
    return _picker(Picker(hearing, table_of(hearing) or _proposed(hearing)))


@bp.post("/hearings/<int:hearing_id>/seats")
@office("coordinator", record="hearing", act="run")
def update(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    ids = [int(each[:9]) for each in request.form.getlist("member") if each.isdecimal()]
    chosen = {id: (request.form.get(f"level-{id}", "required"), request.form.get(f"role-{id}", "participant"),
                   request.form.get(f"shares-{id}", "")) for id in ids}
    picker = Picker(hearing, chosen, text.revealed(request.form.get("text", ""))[:80], text.revealed(request.form.get("domain", ""))[:8],
                    request.form.get("read", ""))
    if request.form.get("look"):  # who else there is: nothing is kept, and nothing chosen is lost
        return _picker(picker)
    if request.form.get("take") in ("required", "desired"):
        picker.take(request.form["take"])
        return _picker(picker)
    if picker.overtaken():
        return _picker(picker, [_("Somebody else set this table in the meantime: %(names)s. Your choice stands below; look at it and set the table again.",
                                  names="、".join(seat.member.full for seat in hearing.seats))]), 409
    faults = _faults(hearing, ids, chosen) or _recusal(picker)
    if faults:
        return _picker(picker, faults), 422
    for seat in [seat for seat in hearing.seats if seat.member_id not in chosen]:
        hearing.unseat(seat)
    for id, (level, role, shares) in picker.chosen.items():
        hearing.seat(session.get(Member, id), Level(level), SeatRole(role), shares == "yes")
    live.touch(hearing.meeting.topic)
    flash(_("The table is set. Next: send the invitations."), "success")
    told = invitations.let_go(hearing.meeting)
    if told and not invitations.mail_on():
        flash(_("No mail reaches them; tell them on paper or by telephone: %(names)s.", names="、".join(each.full for each in told)), "warning")
    elif told:
        flash(ngettext("%(num)s person who was invited is told by mail not to come.", "%(num)s people who were invited are told by mail not to come.", len(told)), "info")
    return redirect(url_for("meetings.show", meeting_id=hearing.meeting_id), 303)


@bp.post("/meetings/<int:meeting_id>/invitations")
@office("coordinator", record="meeting", act="run")
def invite(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    if not meeting.pending:
        raise Refused(_("Invitations are sent before a meeting opens."))
    mine = running(meeting)
    if not any(each.seats for each in mine):
        raise Refused(_("Nobody sits at this meeting yet."), _("Choose the participants first."))
    posted, without = invitations.send(meeting, mine)
    if invitations.mail_on():
        flash(ngettext("%(num)s invitation is in the outbox.", "%(num)s invitations are in the outbox.", posted), "success")
    else:
        flash(_("Mail is switched off on this installation, so nobody is told by mail. The calendar file is on this page."), "warning")
    if without:
        flash(_("No mail reaches them; tell them on paper or by telephone: %(names)s.",
                names="、".join(each.full for each in without)), "warning")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.post("/meetings/<int:meeting_id>/letters/<int:letter_id>/retry")
@office("coordinator", record="meeting", act="run")
def retry(meeting_id, letter_id):
    meeting = current_user.meeting(meeting_id, to="run")
    letter = session.get(Letter, letter_id)
    if letter and (letter.topic + "/").startswith(meeting.topic + "/") and letter.state == "failed" and letter.sendable:
        letter.try_again()
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>/rules")
@signed_in(record="meeting")
def rules(meeting_id):
    meeting = current_user.meeting(meeting_id)
    seat = meeting.seat_of(current_user)
    done = meeting.acknowledged_by(seat.member) if seat else None
    return render_template("meetings/rules.html", meeting=meeting, parts=parts(meeting.edition, meeting.day), seat=seat, done=done)


@bp.post("/meetings/<int:meeting_id>/acknowledgement")
@signed_in(record="meeting")
def acknowledge(meeting_id):
    meeting = current_user.meeting(meeting_id)
    seat = meeting.seat_of(current_user)
    if seat is None:
        raise Refused(_("You have no seat at this meeting."))
    if not request.form.get("accepted"):
        flash(_("Tick the box once you have read the rules."), "error")
        return rules(meeting_id), 422
    meeting.acknowledge(seat.member, by=current_user)
    session.flush()
    if not meeting.kind.hears_cases:
        flash(_("Thank you. The meeting is open to you now."), "success")
    elif access.may(current_user, "meeting", meeting.id, "enter"):
        flash(_("Thank you. The case is open to you now."), "success")
    else:
        flash(_("Thank you; it is noted. The case opens to you as soon as the consent it needs is there."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@bp.get("/meetings/<int:meeting_id>/opening")
@office("coordinator", record="meeting", act="run")
def opening(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    hearing = _next(meeting)
    return _opening(meeting, hearing, roll.expected(hearing))


@bp.post("/meetings/<int:meeting_id>/opening")
@office("coordinator", record="meeting", act="run")
def open_(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    hearing = _next(meeting)
    calls = roll.read(hearing, request.form, meeting.acknowledgements, ProxyAcknowledgement.of(meeting))
    if any(each.amiss for each in calls) and hearing.opened_at is None and not meeting.cancelled:
        return _opening(meeting, hearing, calls), 422
    for each in calls:
        each.keep(by=current_user)
    session.flush()
    hearing.open(by=current_user) if meeting.opened else meeting.open(current_user, hearing)
    return redirect(url_for("room.show", meeting_id=meeting.id, hearing=hearing.id if len(meeting.hearings) > 1 else None), 303)


def running(meeting) -> list[Hearing]:
    """The hearings of a meeting that the person runs, in their order."""
    mine = current_user.all("hearing", "run").where(Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id)
    ids = set(session.scalars(mine))
    return [each for each in meeting.hearings if each.id in ids]


def _next(meeting) -> Hearing:
    """The case to be opened: the one the address names, else the first that is not open yet. 404 for none of one's own."""
    mine = running(meeting)
    named = next((each for each in mine if each.id == request.args.get("hearing", type=int)), None)
    waiting = [each for each in mine if each.opened_at is None]
    return named or next(iter(waiting or mine), None) or _nothing_to_open(meeting)


def _nothing_to_open(meeting):
    raise Refused(_("No case is put into this meeting yet."), _("Put one in from the page of the case."))


def _opening(meeting, hearing, calls):
    return render_template("meetings/opening.html", meeting=meeting, hearing=hearing, parts=parts(meeting.edition, meeting.day), acks=meeting.acknowledgements,
                           calls=calls, attendances=list(Attendance), proxies=ProxyAcknowledgement.of(meeting), tried=_to_try(hearing), ways=pledge_asking.ways(meeting, [hearing]) if meeting.kind.hears_cases else {})


def _to_try(hearing) -> RuleReview | None:
    """What the last meeting of this case wanted to try next time, told to those who ran it."""
    review = RuleReview.before(hearing)
    return review if review and current_user.may("run", "meeting", review.meeting_id) else None


def _picker(picker: Picker, faults=(), domain_names=situation.domain_names):
    hearing = picker.hearing
    return render_template("meetings/seats.html", picker=picker, hearing=hearing, meeting=hearing.meeting, faults=faults,
                           domains=domain_names(), levels=list(Level), roles=_roles(picker))


def _roles(picker: Picker) -> list[SeatRole]:
    """Nobody presents a case where none is heard."""
    taken = {role for _level, role, _shares in picker.chosen.values()}
    return [each for each in SeatRole if each is not SeatRole.PRESENTER or picker.hearing.meeting.kind.hears_cases or each.value in taken]


def _proposed(hearing) -> dict:
    """Who plans the meeting sits as its facilitator, until decided otherwise."""
    member = current_user.member
    return {member.id: ("required", "facilitator", "")} if member and member.active else {}


def _led(hearing) -> set[int]:
    return {seat.member_id for seat in hearing.seats if seat.role is SeatRole.FACILITATOR}


def _faults(hearing, ids: list[int], chosen: dict) -> list[str]:
    faults = []
    asked = session.scalars(sa.select(Member).join(Agency).where(Member.id.in_(ids), Member.active, Agency.active))
    known = {each.id: each for each in asked} | {seat.member_id: seat.member for seat in hearing.seats}
    if selection.twice(ids):
        faults.append(_("Somebody was chosen twice for one table: %(names)s.",
                        names="、".join(known[id].full for id in selection.twice(ids) if id in known)))
    if any(id not in known for id in ids) or any(
            level not in [each.value for each in Level] or role not in [each.value for each in SeatRole]
            or shares not in ("", *SHARES.values()) for level, role, shares in chosen.values()):
        faults.append(_("Choose one of the choices shown."))
    for one in (SeatRole.FACILITATOR, SeatRole.NOTE_TAKER, SeatRole.TIMEKEEPER):
        if sum(role == one.value for _level, role, _shares in chosen.values()) > 1:
            faults.append(_("There can be one %(role)s only.", role=one.label))
    if not ids:
        faults.append(_("Choose at least one participant."))
    if hearing.meeting.closed_at and {id for id, (_level, role, _shares) in chosen.items() if role == SeatRole.FACILITATOR.value} != _led(hearing):
        faults.append(_("Who led stays as it was when the meeting closed: they alone read what the reflection came to."))
    if hearing.meeting.opened_at:
        present = [seat for seat in hearing.seats if seat.member_id not in chosen and seat.attendance.here]
        if present:
            faults.append(_("Somebody who was present cannot be taken from the table: %(names)s.",
                            names="、".join(seat.member.full for seat in present)))
    return faults


def _recusal(picker: Picker) -> list[str]:
    """Somebody related to the household sits only where the facilitator has said that this is known and wanted."""
    if not picker.related or request.form.get("knowing"):
        return []
    names = "、".join(f"{each.full}({picker.now.related[each.id] or Caution.RELATED.label})" for each in picker.related)
    return [_("Related to the household: %(names)s. Somebody else of the agency should sit, or tick that you know and want it.", names=names)]
