"""Doors to the room: the agenda's clock, the lines as they are written, the projection, the closing."""

from __future__ import annotations

import uuid

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from agencies.models import Agency
from core import access, audit, clock, languages, live
from core.access import office, signed_in
from core.database import session, unit, utcnow
from core.forms import plain_key
from core.languages import _
from core.web import Refused, wants_part
from ground_rules.models import Citation
from ground_rules.views import parts
from meetings import agenda
from meetings.capture import Entry, EntryKind
from meetings.forms import EntryForm, OutcomeForm, SettleForm
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Hearing
from plans import models as plans

bp = Blueprint("room", __name__)


@bp.app_context_processor
def words():
    """What the room's templates say about time and law."""
    return dict(item_seconds=lambda item: agenda.used_seconds(item.started_at, item.ended_at, utcnow()),
                citation=lambda key: Citation.of(key, languages.language()))


STREAMS = 80  # a stream holds a thread; beyond this the page asks every two seconds instead


@bp.get("/meetings/<int:meeting_id>/room")
@signed_in(record="meeting", act="enter")
def show(meeting_id):
    meeting = current_user.meeting(meeting_id, to="enter")
    if meeting.opened_at is None:
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    audit.saw(f"meeting/{meeting.id}")
    return room(meeting)


@bp.get("/meetings/<int:meeting_id>/room/table")
@signed_in(record="meeting", act="enter")
def table(meeting_id):
    """The parts of the room that change, for a page that has version n and wants the newer one."""
    meeting = current_user.meeting(meeting_id, to="enter")
    return _if_newer(meeting, "meetings/_table.html")


@bp.get("/meetings/<int:meeting_id>/projection")
@signed_in(record="meeting", act="enter")
def projection(meeting_id):
    meeting = current_user.meeting(meeting_id, to="enter")
    if meeting.opened_at is None:
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    audit.saw(f"meeting/{meeting.id}")
    return render_template("meetings/projection.html", **_words(meeting))


@bp.get("/meetings/<int:meeting_id>/projection/table")
@signed_in(record="meeting", act="enter")
def projection_table(meeting_id):
    return _if_newer(current_user.meeting(meeting_id, to="enter"), "meetings/_projection.html")


@bp.get("/meetings/<int:meeting_id>/stream")
@signed_in(record="meeting", act="enter")
def stream(meeting_id):
    """Server-Sent Events that carry only the version; they end when the person may no longer see the meeting."""
    meeting = current_user.meeting(meeting_id, to="enter")
    if live.hub.streams >= STREAMS:
        abort(503)
    app, secret, topic = current_app._get_current_object(), current_user.get_id(), meeting.topic
    from accounts.models import SignIn

    def still_allowed() -> int | None:
        with app.app_context(), unit(read_only=True):
            standing = SignIn.of(secret)
            allowed = standing and access.may(standing.user, "meeting", meeting_id, "enter")
            return live.version(topic) if allowed else None

    return Response(_news(still_allowed), mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


@bp.post("/hearings/<int:hearing_id>/entries")
@signed_in(record="hearing", act="write")
def capture(hearing_id):
    hearing = current_user.hearing(hearing_id, to="write")
    form = EntryForm(hearing=hearing)
    if not form.accepts():
        return refused(hearing, form)
    Entry.capture(hearing, current_user, plain_key(form.key.data) or uuid.uuid4().hex, EntryKind(form.kind.data), form.text.data,
                  form.source.data, session.get(Agency, form.agency_id.data))
    return saved(hearing.meeting, hearing)


@bp.post("/entries/<int:entry_id>")
@signed_in(record="entry", act="write")
def rewrite(entry_id):
    entry = current_user.entry(entry_id, to="write")
    form = EntryForm(hearing=entry.hearing)
    if not form.accepts():
        return refused(entry.hearing, form)
    stands = entry.rewrite(current_user, form.read.data or 0, EntryKind(form.kind.data), form.text.data, form.source.data,
                           session.get(Agency, form.agency_id.data))
    return saved(entry.hearing.meeting, entry.hearing, rival=not stands, number=entry.number)


@bp.post("/entries/<int:entry_id>/settlement")
@signed_in(record="entry", act="write")
def settle(entry_id):
    entry, form = current_user.entry(entry_id, to="write"), SettleForm()
    if not form.accepts():
        return refused(entry.hearing, form)
    entry.settle(current_user, form.text.data)
    return saved(entry.hearing.meeting, entry.hearing)


@bp.post("/entries/<int:entry_id>/removal")
@signed_in(record="entry", act="write")
def remove(entry_id):
    entry = current_user.entry(entry_id, to="write")
    entry.remove(current_user, request.form.get("read", 0, type=int))
    return saved(entry.hearing.meeting, entry.hearing)


@bp.post("/entries/<int:entry_id>/restoration")
@signed_in(record="entry", act="write")
def restore(entry_id):
    entry = current_user.entry(entry_id, to="write")
    entry.restore()
    return saved(entry.hearing.meeting, entry.hearing)


@bp.post("/meetings/<int:meeting_id>/agenda/<int:item_id>")
@office("coordinator", record="meeting", act="run")
def step(meeting_id, item_id):
    meeting = current_user.meeting(meeting_id, to="run")
    if not meeting.opened:
        raise Refused(_("This meeting is not open."))
    item = _item(meeting, item_id)
    if item.hearing and item.hearing.opened_at is None:
        raise Refused(_("This case has not been opened yet."), _("Note who is here for it, then open it."))
    item.start()
    return saved(meeting, item.hearing)


@bp.post("/meetings/<int:meeting_id>/agenda/<int:item_id>/extension")
@office("coordinator", record="meeting", act="run")
def extend(meeting_id, item_id):
    meeting = current_user.meeting(meeting_id, to="run")
    _item(meeting, item_id).extend(3)
    return saved(meeting)


@bp.get("/meetings/<int:meeting_id>/closing")
@office("coordinator", record="meeting", act="run")
def closing(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    hearing = _chosen(_heard(meeting, "run"))
    audit.saw(f"meeting/{meeting.id}")
    form = OutcomeForm(hearing=hearing, data=dict(
        held_from=_minute(meeting.held_from or meeting.starts_at), held_to=_minute(meeting.held_to or meeting.ends_at),
        next_meeting=hearing.next_meeting, verdict=hearing.verdict, emergency=hearing.emergency,
        lead_agency_id=hearing.lead_agency_id or 0, version=str(meeting.version), appropriateness=_found(hearing)))
    return _closing(meeting, form)


@bp.post("/meetings/<int:meeting_id>/closing")
@office("coordinator", record="meeting", act="run")
def close(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    hearing = _chosen(_heard(meeting, "run"))
    form = OutcomeForm(hearing=hearing)
    hearing.ask_capturing()
    if not form.accepts(meeting):
        return _closing(meeting, form), form.status
    hearing.next_meeting, hearing.verdict, hearing.emergency = form.next_meeting.data, form.verdict.data, form.emergency.data
    hearing.lead_agency_id = form.lead_agency_id.data or None
    if meeting.kind == Kind.JUSO and form.appropriateness.raw_data:
        plans.find(hearing, current_user, form.found, form.verdict.data)
    meeting.held_from, meeting.held_to = form.held(meeting)
    live.touch(meeting.topic)
    if request.form.get("close") and meeting.opened:
        meeting.close(by=current_user)
        flash(_("The meeting is closed. Everybody who took a role is asked to confirm it now."), "success")
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    flash(_("Saved."), "success")
    return redirect(url_for("room.show", meeting_id=meeting.id), 303)


def _found(hearing: Hearing) -> str:
    said = plans.verdict_of(hearing)
    return said.verdict.value if said else "none"


def room(meeting: Meeting, typed=None, status: int = 200, hearing: Hearing | None = None):
    """The whole room; `typed` is a form of it (a line, a role, an idea) that was refused, shown as it was sent."""
    words = _words(meeting, hearing)
    line = typed if isinstance(typed, EntryForm) else EntryForm(formdata=None, hearing=words["hearing"], data=dict(kind="fact"))
    return render_template("meetings/room.html", form=line, typed=typed, key=uuid.uuid4().hex, rules=parts(meeting.edition),
                           **words), status


def saved(meeting: Meeting, hearing: Hearing | None = None, rival: bool = False, number: int = 0):
    """The answer to a line that was kept: nothing for our script, the room for a plain form."""
    if wants_part():
        return "", 204, {"X-Rival": "1"} if rival else {"X-Number": str(number)}
    if rival:
        flash(_("Somebody changed this line at the same time. Both texts are kept, side by side."), "warning")
    several = hearing.id if hearing is not None and len(meeting.hearings) > 1 else None
    return redirect(url_for("room.show", meeting_id=meeting.id, hearing=several), 303)


def refused(hearing: Hearing, form):
    """The answer to a line that cannot be kept as it is: why, and what was typed."""
    if wants_part():
        return render_template("meetings/_refused.html", form=form), 422
    return room(hearing.meeting, form, 422, hearing)


def _item(meeting: Meeting, item_id: int):
    """A step of the agenda that the person may see."""
    return next((each for each in meeting.steps(_heard(meeting)) if each.id == item_id), None) or abort(404)


def _minute(at):
    return clock.local(at).time().replace(second=0, microsecond=0)


def _closing(meeting: Meeting, form):
    hearings = _heard(meeting, "run")
    hearing = _chosen(hearings)
    actions = [each for each in hearing.actions if not each.removed_at]
    return render_template("meetings/closing.html", meeting=meeting, hearing=hearing, hearings=hearings, form=form, actions=actions,
                           planned=plans.before(hearing) if meeting.kind == Kind.JUSO else None)


def _heard(meeting: Meeting, to: str = "see") -> list[Hearing]:
    allowed = set(session.scalars(current_user.all("hearing", to).where(Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id)))
    return [each for each in meeting.hearings if each.id in allowed] or abort(404)


def _words(meeting: Meeting, hearing: Hearing | None = None) -> dict:
    hearings = _heard(meeting)
    hearing = hearing or _chosen(hearings)
    return dict(meeting=meeting, hearings=hearings, hearing=hearing, agenda=meeting.steps(hearings), kinds=list(EntryKind), version=live.version(meeting.topic),
                running=access.may(current_user, "meeting", meeting.id, "run"),
                writing=hearing.capturing and access.may(current_user, "hearing", hearing.id, "write"))


def _chosen(hearings: list[Hearing]) -> Hearing:
    """The case on the table: the one the address names, else the one whose step is running, else the last one opened."""
    named = [each for each in hearings if each.id == request.args.get("hearing", type=int)]
    now = [item.hearing for item in hearings[0].meeting.agenda if item.current and item.hearing in hearings]
    opened = [each for each in reversed(hearings) if each.opened_at]
    return (named or now or opened or hearings)[0]


def _if_newer(meeting: Meeting, template: str):
    tag = f"{live.version(meeting.topic)}-{current_user.id}-{request.args.get('hearing', 0, type=int)}"
    if request.if_none_match.contains(tag):
        response = make_response("", 304)
    else:
        response = make_response(render_template(template, **_words(meeting)))
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _news(look):
    live.hub.streams += 1
    try:
        sent = None
        turn = live.hub.turn()
        while (now := look()) is not None:
            yield f"data: {now}\n\n" if now != sent else ": still here\n\n"
            sent = now
            turn = live.hub.wait(turn, seconds=15)
        yield "event: ended\ndata: ended\n\n"
    finally:
        live.hub.streams -= 1
