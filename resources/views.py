"""Doors to resource ideas: put on the table in the room, listed for those who may see their cases."""

from __future__ import annotations

import uuid

from flask import Blueprint, render_template, request
from flask_login import current_user
from sqlalchemy import orm

from core import audit
from core.access import office, signed_in
from core.database import session
from core.forms import plain_key
from core.pages import page_asked
from resources import forums, leaving, suggestions
from resources.forms import IdeaForm
from resources.models import ResourceIdea
from resources.turned import ask_open, link
from room.pages import line_of, refused, room, saved

bp = Blueprint("resources", __name__)
PAGE = 50


@bp.app_context_processor
def words():
    """The empty form of an idea, for the room to show, and what it suggests."""
    return dict(idea_form=lambda hearing: IdeaForm(formdata=None, hearing=hearing), near_of=suggestions.nearest,
                forums=forums.listed, community_missing=suggestions.community_missing)


@bp.get("/resources")
@office("coordinator")
def index():
    page = page_asked()
    query = current_user.all("idea").options(orm.joinedload(ResourceIdea.hearing)).order_by(ResourceIdea.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    found = session.scalars(query).unique().all()
    audit.saw("resources/list")
    running = set(session.scalars(current_user.all("idea", "run").where(ResourceIdea.id.in_([each.id for each in found])).with_only_columns(ResourceIdea.id)))
    return render_template("resources/index.html", ideas=found[:PAGE], page=page, more=len(found) > PAGE, running=running, waiting=leaving.waiting(found))


@bp.post("/hearings/<int:hearing_id>/ideas")
@signed_in(record="hearing", act="write")
def create(hearing_id):
    hearing = current_user.hearing(hearing_id, to="write")
    form = IdeaForm(hearing=hearing)
    if form.looks(current_user.all("social_resource")):
        return room(hearing.meeting, form, 200, hearing)
    if not form.accepts():
        return refused(hearing, form)
    idea = ResourceIdea.suggest(hearing, current_user, plain_key(form.key.data) or uuid.uuid4().hex, **form.words)
    if form.entry_id.data:
        link(idea, line_of(hearing, form.entry_id.data), current_user)
    return saved(hearing.meeting, hearing)


@bp.get("/entries/<int:entry_id>/idea")
@signed_in(record="entry", act="write")
def turn(entry_id):
    """The form of an idea with a line of the discussion in it, to be completed."""
    entry = current_user.entry(entry_id, to="write")
    ask_open(entry)
    audit.saw(f"meeting/{entry.hearing.meeting_id}")
    form = IdeaForm(formdata=None, hearing=entry.hearing, data=dict(wished=entry.text, entry_id=entry.id))
    return room(entry.hearing.meeting, form, 200, entry.hearing)


@bp.get("/ideas/<int:idea_id>/edit")
@signed_in(record="idea", act="write")
def edit(idea_id):
    idea = current_user.idea(idea_id, to="write")
    audit.saw(f"idea/{idea.id}")
    form = IdeaForm(hearing=idea.hearing, idea=idea, data=dict(
        need=idea.need, wished=idea.wished, enables=idea.enables, kind=idea.kind.value if idea.kind else "", nearest=idea.nearest,
        first_step=idea.first_step, forum=idea.forum, owner_id=idea.owner_id or 0, owner_member_id=idea.owner_member_id or 0, due_on=idea.due_on, suggested_by_id=idea.suggested_by_id or 0, version=str(idea.version)))
    return render_template("resources/edit.html", form=form, idea=idea)


@bp.post("/ideas/<int:idea_id>")
@signed_in(record="idea", act="write")
def update(idea_id):
    idea = current_user.idea(idea_id, to="write")
    form = IdeaForm(hearing=idea.hearing, idea=idea)
    if form.looks(current_user.all("social_resource")):
        return render_template("resources/edit.html", form=form, idea=idea)
    if not form.accepts(idea):
        return render_template("resources/edit.html", form=form, idea=idea), form.status
    idea.rewrite(**form.words)
    return saved(idea.hearing.meeting, idea.hearing)


@bp.post("/ideas/<int:idea_id>/removal")
@signed_in(record="idea", act="write")
def remove(idea_id):
    idea = current_user.idea(idea_id, to="write")
    idea.remove(read=request.form.get("version", ""))
    return saved(idea.hearing.meeting, idea.hearing)
