"""Doors into the room and to its projection, and to the news of both."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user

from core import audit, clock, languages
from core.access import signed_in
from core.differences import pieces
from ground_rules.models import Citation
from room import desk, news, wall
from room.pace import pace
from room.pages import if_newer, room

bp = Blueprint("room", __name__)


@bp.app_context_processor
def words():
    """What the room's templates say about time, law, and what stands on the facilitator's desk."""
    return dict(pace_of=pace, differences=pieces, still_open=desk.still_open, decided=desk.decided, heard_of=desk.heard_of, say_now=desk.say_now,
                local_minutes=lambda at: clock.local(at).hour * 60 + clock.local(at).minute,
                citation=lambda key, on=None: Citation.of(key, languages.language(), on))


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
    return if_newer(current_user.meeting(meeting_id, to="enter"), "room/_table.html")


@bp.get("/meetings/<int:meeting_id>/projection")
@signed_in(record="meeting", act="enter")
def projection(meeting_id):
    meeting = current_user.meeting(meeting_id, to="enter")
    if meeting.opened_at is None:
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    audit.saw(f"meeting/{meeting.id}")
    return render_template("room/projection.html", **wall.words_of(meeting))


@bp.get("/meetings/<int:meeting_id>/projection/table")
@signed_in(record="meeting", act="enter")
def projection_table(meeting_id):
    return if_newer(current_user.meeting(meeting_id, to="enter"), "room/_projection.html", wall.words_of)


@bp.get("/meetings/<int:meeting_id>/stream")
@signed_in(record="meeting", act="enter")
def stream(meeting_id):
    """Server-Sent Events that carry only the version; they end when the person may no longer see the meeting."""
    return news.stream(current_user.meeting(meeting_id, to="enter")) or abort(503)
