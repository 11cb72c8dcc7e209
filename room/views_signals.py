"""Doors to the quiet signals: given by anybody at the table, taken in by its facilitator (room/signals.py)."""

from __future__ import annotations

from flask import Blueprint, abort, flash, request
from flask_login import current_user

from core.access import office, signed_in
from core.languages import _
from core.web import Refused, wants_part
from room import signals
from room.forms_seat import SignalForm
from room.pages import refused, saved
from room.signals import Signal

bp = Blueprint("signals", __name__)


@bp.app_context_processor
def words():
    """What the room's templates ask about signals."""
    return dict(signal_kinds=list(Signal), signals_waiting=signals.waiting, signals_heard=signals.heard_by, signals_few=signals.few)


@bp.post("/hearings/<int:hearing_id>/signals")
@signed_in(record="hearing", act="signal")
def give(hearing_id):
    hearing, form = current_user.hearing(hearing_id, to="signal"), SignalForm()
    if not form.accepts():
        return refused(hearing, form)
    fresh = signals.brake.ask(current_user.get_id(), hearing.id, form.kind.data)
    if fresh:
        signals.give(hearing, Signal(form.kind.data))
    said = _("Only the facilitator sees it, without a name.") if fresh else _("It has reached the facilitator already. You can send it again in a minute.")
    if not fresh and wants_part():
        raise Refused(said)
    if not wants_part():
        flash(said, "success")
    return saved(hearing.meeting, hearing)


@bp.post("/hearings/<int:hearing_id>/signals/seen")
@office("coordinator", record="hearing", act="run")
def take_in(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    seat = next((each for each in hearing.seats if each.member.user_id == current_user.id), None)
    if not signals.heard_by(seat, True, hearing):
        abort(404)
    signals.take_in(hearing, {kind: request.form.get(kind.value, 0, type=int) for kind in Signal})
    return saved(hearing.meeting, hearing)
