"""What the room's doors answer with: the whole room, its changing parts, or nothing but "kept"."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
import uuid

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from core import access, live
from core.database import session
from core.languages import _
from core.web import wants_part
from ground_rules.views import parts
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.rights import shares, steps_seen
from meetings.steps import AgendaItem
from meetings.table import Hearing
from room.forms import EntryForm
from room.lines import Lines
from room.viewpoints import View, views_for


def room(meeting: Meeting, typed=None, status: int = 200, hearing: Hearing | None = None):
    """The whole room; `typed` is a form of it (a line, a role, an idea) that was refused, shown as it was sent."""
    words = words_of(meeting, hearing)
    if getattr(typed, "at_home", None) in words["views"]:  # where this form has its place
        words["view"] = typed.at_home
    line = typed if isinstance(typed, EntryForm) else EntryForm(formdata=None, hearing=words["hearing"], data=dict(kind="opinion"))
    return render_template("room/show.html", form=line, typed=typed, key=uuid.uuid4().hex, rules=parts(meeting.edition, meeting.day),
                           **words), status


def saved(meeting: Meeting, hearing: Hearing | None = None, rival: bool = False, number: int = 0):
    """The answer to a line that was kept: nothing for our script, the room for a plain form."""
    if wants_part():
        return "", 204, {"X-Rival": "1"} if rival else {"X-Number": str(number)}
    if rival:
        flash(_("Somebody changed this line at the same time. Both texts are kept, side by side."), "warning")
    several = hearing.id if hearing is not None and len(meeting.hearings) > 1 else None
    back = "closing.edit" if request.args.get("view") == "closing" else "room.show"  # what is open is mended from there, too
    return redirect(url_for(back, meeting_id=meeting.id, hearing=several), 303)


def refused(hearing: Hearing, form):
    """The answer to a line that cannot be kept as it is: why, and what was typed."""
    if wants_part():
        return render_template("room/_refused.html", form=form), 422
    return room(hearing.meeting, form, 422, hearing)


def if_newer(meeting: Meeting, template: str, words=None):
    """A part of the room for a page that has version n (its ETag), or 304 when there is no newer one."""
    rights = "-".join(str(id) for id in session.scalars(current_user.all("hearing", "share").where(
        Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id).order_by(Hearing.id)))
    tag = f"{rights}/{live.version(meeting.topic)}-{current_user.id}-{request.args.get('hearing', 0, type=int)}-{request.args.get('view', '')[:8]}"
    if request.if_none_match.contains(tag):
        response = make_response("", 304)
    else:
        response = make_response(render_template(template, **(words or words_of)(meeting)))
    response.set_etag(tag)
    response.headers["X-Who"] = str(current_user.id)  # another person may have signed in on this browser meanwhile
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def words_of(meeting: Meeting, hearing: Hearing | None = None) -> dict:
    """What every view of the room says, for the case on the table."""
    hearings = heard(meeting)
    hearing = hearing or chosen(hearings)
    running = access.may(current_user, "meeting", meeting.id, "run")
    seat = next((each for each in hearing.seats if each.member.user_id == current_user.id), None)
    views = views_for(seat.role.value if seat else "", running)
    view, version = _view(views), live.version(meeting.topic)
    writing = hearing.capturing and access.may(current_user, "hearing", hearing.id, "write")
    return dict(meeting=meeting, hearings=hearings, hearing=hearing, agenda=steps_seen(meeting, hearings, current_user),
                waiting=hearing.confiding and not shares(current_user, hearing), kinds=list(EntryKind), version=version,
                running=running, seat=seat, views=sorted(views, key=list(View).index), view=view, writing=writing,
                lines=Lines(hearing, version, (view.value, running, writing)))


def _view(views: list[View]) -> View:
    """The view that is asked for; else the one a plain form was sent from; else the one that fits the seat."""
    came_from = parse_qs(_query(request.referrer or "")).get("view", [""])[0]
    asked = [each for name in (request.args.get("view"), came_from) for each in views if each.value == name]
    return (asked or views)[0]


def _query(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:  # no address at all
        return ""


def heard(meeting: Meeting, to: str = "see") -> list[Hearing]:
    """The cases of this meeting that the person may see (or run); without any the request ends with 404."""
    allowed = set(session.scalars(current_user.all("hearing", to).where(Hearing.meeting_id == meeting.id).with_only_columns(Hearing.id)))
    return [each for each in meeting.hearings if each.id in allowed] or abort(404)


def chosen(hearings: list[Hearing]) -> Hearing:
    """The case on the table: the one the address names, else the one whose step is running, else the last one opened."""
    named = [each for each in hearings if each.id == request.args.get("hearing", type=int)]
    now = [item.hearing for item in hearings[0].meeting.agenda if item.current and item.hearing in hearings]
    opened = [each for each in reversed(hearings) if each.opened_at]
    return (named or now or opened or hearings)[0]


def line_of(hearing: Hearing, entry_id: int) -> Entry:
    """Another line of this table that the person may write in; otherwise the request ends with 404."""
    entry = current_user.entry(entry_id, to="write")
    return entry if entry.hearing_id == hearing.id else abort(404)


def line_beside(entry: Entry, way: str) -> int:
    """The line behind which this one stands after a step up or down, among those the person sees; 0 for the first."""
    seen = current_user.all("entry").where(Entry.hearing_id == entry.hearing_id, Entry.removed_at.is_(None) | (Entry.id == entry.id))
    order = list(session.scalars(seen.with_only_columns(Entry.id).order_by(Entry.position)))
    now = order.index(entry.id)
    order.remove(entry.id)
    return [0, *order][max(0, now - 1) if way == "up" else min(now + 1, len(order))]


def step_of(meeting: Meeting, item_id: int) -> AgendaItem:
    """A step of the agenda that the person may see; otherwise the request ends with 404."""
    return next((each for each in meeting.steps(heard(meeting)) if each.id == item_id), None) or abort(404)
