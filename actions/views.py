"""Doors to action items: put on the table in the room, confirmed by their holder afterwards."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from actions import balance, rules
from actions.forms import ActionForm, CompanyForm, ConfirmForm, value_of
from actions.forms_heard import HeardForm
from actions.models import ActionItem, Answer, Rank
from actions.told import tell_answers
from actions.turned import role_of
from core import audit, clock
from core.access import signed_in
from core.database import session
from core.forms import plain_key
from core.languages import _
from core.web import wants_part
from meetings.models import Meeting
from meetings.table import Hearing
from room.pages import refused, saved

bp = Blueprint("actions", __name__)


@bp.app_context_processor
def words():
    """What the room shows of roles: the tasks, the empty form of a role, how they lie between the agencies, one's own to answer."""
    return dict(action_form=_empty, tasks_of=_tasks, balance_of=balance.of,
                own_roles=lambda hearing: [(each, asked(each)) for each in _own(hearing)])


@bp.post("/hearings/<int:hearing_id>/actions")
@signed_in(record="hearing", act="write")
def create(hearing_id):
    hearing = current_user.hearing(hearing_id, to="write")
    form = ActionForm(hearing=hearing, by=current_user, next_on=_next(hearing))
    if not form.accepts():
        return refused(hearing, form)
    ActionItem.assign(hearing, current_user, plain_key(form.key.data) or uuid.uuid4().hex, **form.words)
    return saved(hearing.meeting, hearing)


@bp.post("/entries/<int:entry_id>/action")
@signed_in(record="entry", act="write")
def turn(entry_id):
    """A role in the words of a line."""
    entry = current_user.entry(entry_id, to="write")
    role_of(entry, current_user, plain_key(request.form.get("key")) or uuid.uuid4().hex)
    return saved(entry.hearing.meeting, entry.hearing)


@bp.get("/actions/<int:action_id>/edit")
@signed_in(record="action", act="write")
def edit(action_id):
    action = current_user.action(action_id, to="write")
    audit.saw(f"action/{action.id}")
    return _page(action)


@bp.post("/actions/<int:action_id>")
@signed_in(record="action", act="write")
def update(action_id):
    action = current_user.action(action_id, to="write")
    action.hearing.hold()  # before anything of it is written: two who change roles of one task wait here, not for each other
    form = ActionForm(hearing=action.hearing, by=current_user, action=action, next_on=_next(action.hearing))
    if not form.accepts(action):
        return _page(action, form), form.status
    action.rewrite(by=current_user, **form.words)
    return saved(action.hearing.meeting, action.hearing)


@bp.post("/actions/<int:action_id>/company")
@signed_in(record="action", act="write")
def accompany(action_id):
    action = current_user.action(action_id, to="write")
    form = CompanyForm(action=action, by=current_user)
    if not form.accepts():
        return _page(action, company=form), form.status
    action.accompany(current_user, plain_key(form.key.data) or uuid.uuid4().hex, *form.holder, Rank(form.part.data))
    return saved(action.hearing.meeting, action.hearing)


@bp.post("/actions/<int:action_id>/removal")
@signed_in(record="action", act="write")
def remove(action_id):
    action = current_user.action(action_id, to="write")
    action.remove(current_user, read=request.form.get("version", ""))
    return saved(action.hearing.meeting, action.hearing)


@bp.post("/actions/<int:action_id>/confirmation")
@signed_in(record="action", act="answer")
def confirm(action_id):
    action = current_user.action(action_id, to="answer")
    form = HeardForm(action=action) if _hearsay(action) else ConfirmForm()
    in_the_room = wants_part() or request.form.get("in_room")
    if not form.accepts() and in_the_room:
        return refused(action.hearing, form)
    elif form.errors:
        return _one(action, form), form.status
    heard = dict(via=form.via.data, heard_on=form.heard_on.data) if isinstance(form, HeardForm) else {}
    tell_answers([action.confirm(current_user, Answer(form.answer.data), form.word.data, form.read.data, form.promised, **heard)], current_user)
    if in_the_room:
        return saved(action.hearing.meeting, action.hearing)
    flash(_("Thank you: “%(answer)s” is recorded.", answer=Answer(form.answer.data).label), "success")
    return redirect(url_for("lists.index"), 303)


@bp.get("/actions/<int:action_id>")
@signed_in(record="action", act="read")
def show(action_id):
    """The page of one role, for whoever may see it; its holder answers there."""
    return _one(current_user.action(action_id, to="read"))


def asked(action: ActionItem, heard: bool = False) -> ConfirmForm:
    """The form of the answer to a role, as it was answered last; for what was heard, with how and when it was."""
    now = action.confirmation
    said = dict(read=action.fingerprint, answer=now.answer.value if now else None, word=now.word if now else "", answer_by=now.answer_by if now else None)
    return HeardForm(formdata=None, action=action, data=said | dict(heard_on=clock.today())) if heard else ConfirmForm(formdata=None, data=said)


def _one(action: ActionItem, form: ConfirmForm | None = None):
    audit.saw(f"action/{action.id}")
    answering = current_user.may("answer", "action", action.id)
    form = form or asked(action, heard=answering and _hearsay(action))
    return render_template("actions/one.html", action=action, form=form, answering=answering,
                           writing=current_user.may("write", "action", action.id), case_open=action.hearing.case_id and current_user.may("see", "case", action.hearing.case_id))


def _hearsay(action: ActionItem) -> bool:
    """Whether I may only write down what its holder said: they have no account, and it is no role of mine."""
    return not current_user.may("own", "action", action.id)


def _empty(hearing: Hearing) -> ActionForm:
    return ActionForm(formdata=None, hearing=hearing, next_on=_next(hearing), data=dict(rank="main"))


def _page(action: ActionItem, form: ActionForm | None = None, company: CompanyForm | None = None):
    form = form or _filled(action)
    company = company or CompanyForm(formdata=None, action=action, data=dict(part="support", key=uuid.uuid4().hex))
    return render_template("actions/edit.html", form=form, company=company, action=action)


def _filled(action: ActionItem) -> ActionForm:
    return ActionForm(formdata=None, hearing=action.hearing, action=action, next_on=_next(action.hearing), data=dict(
        what=action.what, who=value_of(action.agency, action.member), due_on=action.due_on, rank=action.rank.value,
        until_on=action.until_on, nature=action.nature.value if action.nature else None, escalation_on=action.escalation_on,
        escalation=value_of(action.escalation_agency, action.escalation_member), version=str(action.version)))


def _tasks(hearing: Hearing) -> list[list[ActionItem]]:
    """The roles on the table, those of one task together."""
    return rules.together([each for each in hearing.actions if not each.removed_at])


def _next(hearing: Hearing):
    """The day of the next meeting on the same case, if the person may know of it."""
    later = sa.and_(Meeting.starts_at > hearing.meeting.starts_at, Meeting.cancelled_at.is_(None))
    query = current_user.all("hearing").join(Meeting, Meeting.id == Hearing.meeting_id).where(Hearing.case_id == hearing.case_id, later)
    starts = session.scalar(query.with_only_columns(sa.func.min(Meeting.starts_at))) if hearing.case_id else None
    return clock.local(starts).date() if starts else None


def _own(hearing: Hearing) -> list[ActionItem]:
    """This person's roles at one table, in the order they came up."""
    return list(session.scalars(current_user.all("action", "own").options(orm.selectinload(ActionItem.asked)).where(ActionItem.hearing_id == hearing.id).order_by(ActionItem.id)).unique())
