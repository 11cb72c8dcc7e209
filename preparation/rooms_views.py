"""Doors to the meeting rooms: a week of them, and the list they are kept in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core import clock
from core.access import office
from core.database import session
from core.languages import _
from meetings.models import Meeting
from preparation.dates_calendar import closed_because
from preparation.rooms import Room, booked, week_of
from preparation.rooms_forms import RoomForm

bp = Blueprint("rooms", __name__)


@bp.app_context_processor
def words():
    """The rooms, for the field of a meeting's place to offer."""
    return dict(meeting_rooms=Room.listed)


@bp.get("/rooms")
@office("coordinator")
def index():
    """A week: which meeting is where, by its reference only. Others open only to those who may see them."""
    days, rooms = week_of(_day_asked()), Room.listed()
    found = booked(days)
    ids = [meeting.id for meetings in found.values() for meeting in meetings]
    mine = set(session.scalars(current_user.all("meeting").where(Meeting.id.in_(ids)).with_only_columns(Meeting.id)))
    elsewhere = sorted({place for place, _day in found if place} - {room.name for room in rooms})
    shown = [day for day in days if day.weekday() < 5 or any(on == day for _place, on in found)]
    return render_template("preparation/room_week.html", days=shown, rooms=rooms, elsewhere=elsewhere, found=found, mine=mine,
                           closed={day: closed_because(day) for day in shown}, before=days[0] - timedelta(days=7), after=days[0] + timedelta(days=7))


@bp.get("/rooms/new")
@office("coordinator")
def new():
    return render_template("preparation/room_edit.html", form=RoomForm(), room=None)


@bp.post("/rooms")
@office("coordinator")
def create():
    form = RoomForm()
    if not form.accepts():
        return render_template("preparation/room_edit.html", form=form, room=None), form.status
    session.add(Room(**form.words))
    flash(_("Saved."), "success")
    return redirect(url_for("rooms.index"), 303)


@bp.get("/rooms/<int:room_id>")
@office("coordinator")
def edit(room_id):
    room = _room(room_id)
    form = RoomForm(room=room, data=dict(name=room.name, seats=room.seats, note=room.note, version=str(room.version)))
    return render_template("preparation/room_edit.html", form=form, room=room)


@bp.post("/rooms/<int:room_id>")
@office("coordinator")
def update(room_id):
    room = _room(room_id)
    form = RoomForm(room=room)
    if not form.accepts(room):
        return render_template("preparation/room_edit.html", form=form, room=room), form.status
    for name, value in form.words.items():
        setattr(room, name, value)
    flash(_("Saved."), "success")
    return redirect(url_for("rooms.index"), 303)


@bp.post("/rooms/<int:room_id>/removal")
@office("coordinator")
def remove(room_id):
    session.delete(_room(room_id))
    flash(_("The room is off the list; meetings planned there keep their place."), "success")
    return redirect(url_for("rooms.index"), 303)


def _room(room_id: int) -> Room:
    return session.get(Room, room_id) or abort(404)


def _day_asked():
    """The day the address names, today otherwise."""
    try:
        day = clock.read_date(request.args.get("week", ""))
    except clock.UnreadableDate:
        return clock.today()
    return day if 2000 <= day.year <= 2100 else clock.today()
