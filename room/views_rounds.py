"""Doors to the rounds: begun, written in, revealed, ended; what people without an account say to them."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, render_template
from flask_login import current_user

from core import access
from core.access import office, signed_in
from core.forms import plain_key
from core.languages import _
from core.web import wants_part
from room.forms_seat import HeardForm, RoundForm, WordForm
from room.pages import refused, room, saved
from room.rounds import Round, kept_by

bp = Blueprint("rounds", __name__)


@bp.app_context_processor
def words():
    """What the room's templates ask about rounds."""
    return dict(round_of=Round.last, kept_words=lambda hearing: kept_by(current_user, hearing), new_key=lambda: uuid.uuid4().hex,
                round_lines=lambda asked: asked.lines(current_user.all("entry")),
                may=lambda act, kind, record: access.may(current_user, kind, record.id, act))


@bp.post("/hearings/<int:hearing_id>/rounds")
@office("coordinator", record="hearing", act="run")
def begin(hearing_id):
    hearing, form = current_user.hearing(hearing_id, to="run"), RoundForm()
    if not form.accepts():
        return refused(hearing, form)
    Round.begin(hearing, current_user, plain_key(form.key.data) or uuid.uuid4().hex, form.question.data)
    return saved(hearing.meeting, hearing)


@bp.post("/rounds/<int:round_id>/word")
@signed_in(record="round", act="write")
def write(round_id):
    """One's own word: kept for oneself until the round is revealed."""
    asked, form = current_user.find("round", round_id, to="write"), WordForm()
    if not form.accepts():
        return refused(asked.hearing, form)
    seat = next(each for each in asked.hearing.seats if each.member.user_id == current_user.id)
    word = asked.write(seat, current_user, form.text.data, form.read.data or 0, bool(form.passed.data))
    if word is None:
        return _crossed(asked, seat, form)
    return saved(asked.hearing.meeting, asked.hearing, number=word.version)


@bp.post("/rounds/<int:round_id>/reveal")
@office("coordinator", record="round", act="run")
def reveal(round_id):
    asked = current_user.find("round", round_id, to="run")
    asked.reveal()
    return saved(asked.hearing.meeting, asked.hearing)


@bp.post("/rounds/<int:round_id>/end")
@office("coordinator", record="round", act="run")
def end(round_id):
    asked = current_user.find("round", round_id, to="run")
    asked.end()
    return saved(asked.hearing.meeting, asked.hearing)


@bp.post("/rounds/<int:round_id>/seats/<int:seat_id>")
@signed_in(record="round", act="hear")
def hear(round_id, seat_id):
    """For somebody without an account, after the reveal."""
    asked, form = current_user.find("round", round_id, to="hear"), HeardForm()
    seat = next((each for each in asked.hearing.seats if each.id == seat_id), None) or abort(404)
    if not form.accepts():
        return refused(asked.hearing, form)
    asked.hear(seat, current_user, form.text.data, bool(form.passed.data))
    return saved(asked.hearing.meeting, asked.hearing)


def _crossed(asked: Round, seat, form: WordForm):
    """The word was changed on another device: both texts stay in sight, and sending again keeps the one in the field."""
    stands = asked.word_of(seat)
    message = _("You changed this on another device in the meantime. There it says: “%(text)s” Press again to keep what stands in the field here.",
                text=stands.text or _("Pass"))
    form.text.errors = [message]
    if wants_part():
        return render_template("room/_refused.html", form=form), 409, {"X-Number": str(stands.version)}
    form.read.raw_data, form.read.data = None, stands.version
    return room(asked.hearing.meeting, form, 409, asked.hearing)
