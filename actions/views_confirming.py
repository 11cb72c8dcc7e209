"""Doors to confirming after the meeting: all one's waiting roles on one page, one button; what one would rather have."""

from __future__ import annotations

from datetime import date
import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from actions.answering import answer_all
from actions.asking import Asking, asked_in_other_words
from actions.behind import behind_the_rules
from actions.forms_confirming import AnswerForm
from actions.models import ActionItem
from actions.requests import ChangeRequest, offered_request, open_request
from actions.standing import after_meeting, answered
from actions.wording import changes
from actions.words import Answer
from core import audit
from core.access import signed_in
from core.database import session
from core.forms import Form
from core.languages import _, ngettext
from meetings.models import Meeting
from meetings.table import Hearing

bp = Blueprint("confirming", __name__)
AT_ONCE = 50  # so many roles on one page
NEEDED = (orm.selectinload(ActionItem.requests), orm.selectinload(ActionItem.asked), orm.joinedload(ActionItem.hearing).joinedload(Hearing.meeting).selectinload(Meeting.minutes_versions))


@bp.app_context_processor
def words():
    """What every page that shows a role may say of it: what changed, what its holder wishes, what is proposed to them."""
    return dict(changes_since=changes_since, open_request=open_request, offered_request=offered_request)


@bp.get("/actions/confirm")
@signed_in()
def edit():
    """My roles that wait for my word."""
    audit.saw("actions/own")
    return _page([(each, _empty(each)) for each in _waiting()])


@bp.post("/actions/confirm")
@signed_in()
def update():
    """All that was said on the page, at once; a mistake in one keeps what was typed for the others."""
    forms = [(each, AnswerForm(action=each)) for each in map(_mine, _named())]
    said = [form for _action, form in forms if form.touched]
    if not said or not all([each.accepts() for each in said]):
        return _page(_with_the_rest(forms), form=Form(), nothing=not said), 422
    sent = answer_all([each.said for each in said if each.said], current_user)
    _thank(sent)
    if sent.changed:
        left = [(action, form) for action, form in forms if action in sent.changed or form not in said]
        return _page(_with_the_rest([(action, _read_again(form)) for action, form in left], without=[action for action, _form in forms]), changed=sent.changed)
    return redirect(url_for("confirming.edit"), 303)


@bp.post("/wishes/<int:wish_id>/withdrawal")
@signed_in(record="change", act="own")
def withdraw(wish_id):
    _wish(wish_id).withdraw()
    flash(_("The wish is withdrawn."), "success")
    return redirect(url_for("confirming.edit"), 303)


@bp.post("/wishes/<int:wish_id>/agreement")
@signed_in(record="change", act="own")
def agree(wish_id):
    """The counter-proposal is what I take on."""
    _wish(wish_id).agree(current_user)
    flash(_("Thank you. The role is written in these words now, and you have taken it on."), "success")
    return redirect(url_for("confirming.edit"), 303)


def changes_since(action: ActionItem) -> list:
    """Exactly what is said otherwise now than when somebody answered, or else than when they were asked."""
    if action.confirmation is not None:
        return []
    return changes(action.outdated, action) or changes(asked_in_other_words(action), action)


def _wish(wish_id: int) -> ChangeRequest:
    return current_user.find("change", wish_id, "own")


def _mine(action_id: int) -> ActionItem:
    return current_user.action(action_id, to="own")


def _named() -> list[int]:
    """The roles that the page sent, by their numbers."""
    named = [re.fullmatch(r"r(\d{1,9})-read", each) for each in request.form]
    return [int(each[1]) for each in named if each][:AT_ONCE]


def _waiting() -> list[ActionItem]:
    """My roles of closed meetings without an answer to their present words, and those I took back to my agency."""
    query = current_user.all("action", "own").where(after_meeting(), sa.or_(~answered(), answered(Answer.BRING_BACK)))
    mine = session.scalars(query.options(*NEEDED).order_by(ActionItem.hearing_id.desc(), ActionItem.due_on, ActionItem.id).limit(AT_ONCE)).unique()
    return [each for each in mine if each.hearing.meeting.final is None]


def _empty(action: ActionItem) -> AnswerForm:
    return AnswerForm(formdata=None, action=action, data=dict(read=action.fingerprint, wished_what=action.what, wished_on=action.due_on))


def _with_the_rest(forms: list, without=()) -> list:
    there = [*without, *(each for each, _form in forms)]
    return forms + [(each, _empty(each)) for each in _waiting() if each not in there]


def _read_again(form: AnswerForm) -> AnswerForm:
    """What was typed to a role that changed, bound to the words that are shown now."""
    form.read.raw_data, form.read.data = None, form.action.fingerprint
    return form


def _page(forms: list, form: Form | None = None, nothing: bool = False, changed=()):
    """By meeting: each with the day until which I am asked to answer."""
    tables = {}
    for action, each in forms:
        tables.setdefault(action.hearing, []).append((action, each))
    wishes = _wishes()
    return render_template("actions/confirm.html", form=form or Form(formdata=None), tables=tables, count=sum(open_request(action) is None for action, _form in forms), nothing=nothing, changed=changed,
                           answer_by=_asked_by(tables), behind=behind_the_rules(current_user), faults=[fault for _action, each in forms for fault in each.faults],
                           wished=[each for each in wishes if each.waiting and each.action not in [action for action, _form in forms]], offered=[each for each in wishes if each.offered])


def _wishes() -> list[ChangeRequest]:
    """What I asked for and what was proposed to me instead, as far as it is open."""
    own = current_user.all("action", "own").with_only_columns(ActionItem.id)
    query = sa.select(ChangeRequest).where(ChangeRequest.action_id.in_(own), ChangeRequest.agreed_at.is_(None)).order_by(ChangeRequest.id)
    whole = orm.joinedload(ChangeRequest.action).joinedload(ActionItem.hearing).joinedload(Hearing.meeting).selectinload(Meeting.minutes_versions)
    return [each for each in session.scalars(query.options(whole)).unique() if each.action.hearing.meeting.final is None]


def _asked_by(hearings) -> dict[Hearing, date]:
    """Until when I was asked to answer at each of these tables."""
    mine = sa.and_(Asking.member_id == current_user.member.id if current_user.member else sa.false(), Asking.hearing_id.in_([each.id for each in hearings]))
    days = dict(tuple(row) for row in session.execute(sa.select(Asking.hearing_id, sa.func.max(Asking.answer_by)).where(mine).group_by(Asking.hearing_id)))
    return {each: days.get(each.id) for each in hearings}


def _thank(sent) -> None:
    """In one message, however much of it there was."""
    said = []
    if sent.answers:
        said.append(ngettext("Thank you. %(num)s answer is recorded.", "Thank you. %(num)s answers are recorded.", len(sent.answers)))
    if sent.wishes:
        said.append(ngettext("%(num)s wish went to whoever runs the case; you hear from them.", "%(num)s wishes went to whoever runs the case; you hear from them.", len(sent.wishes)))
    if said:
        flash(" ".join(said), "success")
    if sent.changed:
        flash(ngettext("%(num)s role was changed after you opened the page: nothing of it is recorded. What changed is shown below.",
                      "%(num)s roles were changed after you opened the page: nothing of them is recorded. What changed is shown below.", len(sent.changed)), "warning")
