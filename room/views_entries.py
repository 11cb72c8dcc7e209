"""Doors to the lines of the discussion: kept, changed, settled, moved, removed, brought back."""

from __future__ import annotations

import uuid

from flask import Blueprint, request
from flask_login import current_user
from sqlalchemy import orm

from agencies.models import Agency
from core.access import signed_in
from core.database import session
from core.forms import plain_key
from meetings.capture import Entry, EntryKind
from meetings.rights import shares
from meetings.table import Hearing
from room.forms import EntryForm, SettleForm, TurnForm
from room.pages import line_beside, line_of, refused, saved

bp = Blueprint("entries", __name__)
WITHOUT_CASE = orm.lazyload(Hearing.case)  # a line is kept many times a minute: the household and its consents stay where they are


@bp.post("/hearings/<int:hearing_id>/entries")
@signed_in(record="hearing", act="write")
def create(hearing_id):
    hearing = current_user.hearing(hearing_id, "write", WITHOUT_CASE)
    form = EntryForm(hearing=hearing)
    form.take_signs()
    if not form.accepts():
        return refused(hearing, form)
    Entry.capture(hearing, current_user, plain_key(form.key.data) or uuid.uuid4().hex, EntryKind(form.kind.data), form.text.data,
                  form.source.data, session.get(Agency, form.agency_id.data), since=form.since, confidant=shares(current_user, hearing),
                  limited=bool(form.limited.data))
    return saved(hearing.meeting, hearing)


@bp.post("/entries/<int:entry_id>")
@signed_in(record="entry", act="write")
def update(entry_id):
    entry = current_user.entry(entry_id, to="write")
    form = EntryForm(hearing=entry.hearing, entry=entry)
    if not form.accepts():
        return refused(entry.hearing, form)
    stands = entry.rewrite(current_user, form.read.data or 0, EntryKind(form.kind.data), form.text.data, form.source.data,
                           session.get(Agency, form.agency_id.data), since=form.since,
                           confidant=shares(current_user, entry.hearing))
    return saved(entry.hearing.meeting, entry.hearing, rival=not stands, number=entry.number)


@bp.post("/entries/<int:entry_id>/settlement")
@signed_in(record="entry", act="write")
def settle(entry_id):
    entry, form = current_user.entry(entry_id, to="write"), SettleForm()
    if not form.accepts():
        return refused(entry.hearing, form)
    stands = entry.settle(current_user, form.text.data, form.like.data or 0, form.seen.data,
                          confidant=shares(current_user, entry.hearing))
    return saved(entry.hearing.meeting, entry.hearing, rival=not stands, number=entry.number)


@bp.post("/entries/<int:entry_id>/kind")
@signed_in(record="entry", act="write")
def turn(entry_id):
    entry, form = current_user.entry(entry_id, to="write"), TurnForm()
    if not form.accepts():
        return refused(entry.hearing, form)
    entry.turn(current_user, form.read.data or 0, EntryKind(form.kind.data))
    return saved(entry.hearing.meeting, entry.hearing)


@bp.post("/entries/<int:entry_id>/place")
@signed_in(record="entry", act="write")
def move(entry_id):
    entry, form = current_user.entry(entry_id, to="write"), request.form
    after = line_beside(entry, form["way"]) if "way" in form else form.get("after", 0, type=int)
    entry.move(current_user, line_of(entry.hearing, after) if after else None)
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
    entry.restore(current_user)
    return saved(entry.hearing.meeting, entry.hearing)
