"""Doors behind a personal link: one's own roles of that meeting, and nothing else of the house.

The forms and verbs are those of people with an account; by nobody, via the link.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from actions import guests
from actions.answering import answer_all
from actions.forms_confirming import AnswerForm
from actions.forms_progress import ProgressForm
from actions.views_confirming import changes_since
from actions.wording import Change, day
from actions.words import REPORTED, Answer, Via
from core import audit
from core.forms import Form
from core.languages import _, ngettext
from links.guests import guest

bp = Blueprint("guests", __name__)


@bp.get("/l/own")
@guest
def own(link):
    audit.saw(f"link/{link.id}")
    return _page(link)


@bp.post("/l/own")
@guest
def answer(link):
    """All that was said on the page, at once; of a role that was changed in between nothing is recorded."""
    forms = {each: AnswerForm(action=each) for each in guests.own(link) if f"r{each.id}-read" in request.form}
    said = [form for form in forms.values() if form.touched]
    if not said or not all([each.accepts() for each in said]):
        return _page(link, forms, nothing=not said), 422
    sent = answer_all([each.said for each in said if each.said], None, Via.LINK)
    if sent.answers or sent.wishes:
        count = len({each.action_id for each in (*sent.answers, *sent.wishes)})
        flash(ngettext("Thank you. What you said to %(num)s role is recorded.", "Thank you. What you said to %(num)s roles is recorded.", count), "success")
    if sent.changed:
        return _page(link, {each: _read_again(forms[each]) for each in sent.changed}, changed=sent.changed)
    return redirect(url_for("guests.own"), 303)


@bp.post("/l/roles/<int:action_id>/progress")
@guest
def report(link, action_id):
    action, form = guests.own_one(link, action_id), ProgressForm()
    if not form.accepts():
        return _page(link, reporting=(action, form)), form.status
    action.report(None, form.said, form.note.data, via=Via.LINK, link=link)
    flash(_("Recorded: %(state)s.", state=form.said.label), "success")
    return redirect(url_for("guests.own"), 303)


@bp.post("/l/wishes/<int:wish_id>/withdrawal")
@guest
def withdraw(link, wish_id):
    guests.own_wish(link, wish_id).withdraw()
    flash(_("The wish is withdrawn."), "success")
    return redirect(url_for("guests.own"), 303)


@bp.post("/l/wishes/<int:wish_id>/agreement")
@guest
def agree(link, wish_id):
    guests.own_wish(link, wish_id).agree(None, Via.LINK)
    flash(_("Thank you. The role is written in these words now, and you have taken it on."), "success")
    return redirect(url_for("guests.own"), 303)


def _page(link, forms=None, nothing=False, changed=(), reporting=(None, None)):
    """Those that wait for a word first, then those that have one; a form with what was typed stands for its role."""
    roles, forms = guests.own(link), forms or {}
    wishes = [wish for each in roles for wish in each.requests]
    return render_template(
        "links/own.html", link=link, roles=[(each, forms.get(each) or _empty(each)) for each in roles], waits=_waits, nothing=nothing, changed=changed,
        form=Form(formdata=None), progress_form=lambda: ProgressForm(formdata=None), reported=REPORTED,
        reporting=reporting[0], report_form=reporting[1], changes_since=_changes, faults=[fault for each in forms.values() for fault in each.faults],
        offered=[each for each in wishes if each.offered], wished=[each for each in wishes if each.waiting])


def _waits(action) -> bool:
    return action.confirmation is None or action.confirmation.answer == Answer.BRING_BACK


def _empty(action) -> AnswerForm:
    return AnswerForm(formdata=None, action=action, data=dict(read=action.fingerprint, wished_what=action.what, wished_on=action.due_on))


def _read_again(form: AnswerForm) -> AnswerForm:
    """What was typed to a role that changed, bound to the words that are shown now."""
    form.read.raw_data, form.read.data = None, form.action.fingerprint
    return form


def _changes(action) -> list[Change]:
    """What is said otherwise now than when they answered, were asked, or opened this page; who held it before is not theirs to know."""
    found = [each for each in changes_since(action) if each.label != _("Who")]
    return found or _changes_on_the_page(action)


def _changes_on_the_page(action) -> list[Change]:
    before = {name: request.form.get(f"r{action.id}-was_{name}") for name in ("what", "on")}
    now = dict(what=action.what, on=day(action.due_on))
    labels = dict(what=_("What"), on=_("By when"))
    return [Change(labels[name], old[:500], now[name], text=name == "what") for name, old in before.items()
            if old is not None and old.replace("\r\n", "\n") != now[name]]
