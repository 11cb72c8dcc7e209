"""Doors along the way of a request: more time, third parties, decision, carrying out, taking back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_login import current_user

from core.access import office
from core.languages import _
from core.web import Refused
from disclosure import holding
from disclosure.forms import DecisionForm, DeliveryForm, ExtensionForm, OpinionAnswerForm, OpinionForm
from disclosure.gathering import gather
from disclosure.models import DisclosureRequest, Opinion
from disclosure.views import page_of
from disclosure.words import Answer, Decision, Delivery, State

bp = Blueprint("deciding", __name__)


@bp.post("/disclosures/<int:disclosure_id>/extension")
@office("clerk", record="disclosure", act="run")
def extend(disclosure_id):
    kept = _undecided(disclosure_id)
    form = ExtensionForm(until=kept.first_term)
    if not form.accepts():
        return page_of(kept, extension=form)
    kept.extended_on, kept.extension_reason = form.extended_on.data, form.extension_reason.data
    return _back(kept)


@bp.post("/disclosures/<int:disclosure_id>/gathering")
@office("clerk", record="disclosure", act="run")
def look_again(disclosure_id):
    kept = _undecided(disclosure_id)
    new = gather(kept, current_user)
    flash(_("Looked for again: %(count)s records are new.", count=new), "success")
    return redirect(url_for("disclosure.show", disclosure_id=kept.id), 303)


@bp.post("/disclosures/<int:disclosure_id>/opinions")
@office("clerk", record="disclosure", act="run")
def ask(disclosure_id):
    kept, form = _undecided(disclosure_id), OpinionForm()
    if not form.accepts():
        return page_of(kept, opinion=form)
    kept.opinions.append(Opinion(party=form.party.data, asked_on=form.asked_on.data, answer_by=form.answer_by.data, by_id=current_user.id))
    return _back(kept)


@bp.post("/disclosure-opinions/<int:opinion_id>")
@office("clerk", record="disclosure_opinion", act="run")
def answer(opinion_id):
    opinion, form = current_user.find("disclosure_opinion", opinion_id, to="run"), OpinionAnswerForm()
    if not form.accepts():
        return page_of(opinion.request, answer=form)
    opinion.answer, opinion.answered_on = Answer(form.answer.data), form.answered_on.data
    return _back(opinion.request)


@bp.post("/disclosures/<int:disclosure_id>/decision")
@office("clerk", record="disclosure", act="run")
def decide(disclosure_id):
    kept = _undecided(disclosure_id)
    form = DecisionForm(waiting=len(kept.undecided_items))
    if not form.accepts():
        return page_of(kept, decision=form)
    kept.decision, kept.decided_on, kept.decided_by = Decision(form.decision.data), form.decided_on.data, form.decided_by.data
    kept.ground, kept.reason = form.ground.data, form.reason.data
    kept.go(State.DECIDED, current_user)
    return _back(kept)


@bp.post("/disclosures/<int:disclosure_id>/delivery")
@office("clerk", record="disclosure", act="run")
def deliver(disclosure_id):
    kept, form = current_user.find("disclosure", disclosure_id, to="run"), DeliveryForm()
    if kept.state is not State.DECIDED:
        raise Refused(_("This is carried out once it is decided."))
    if not form.accepts():
        return page_of(kept, delivery=form)
    kept.delivered_on, kept.delivery, kept.delivery_note = form.delivered_on.data, Delivery(form.delivery.data), form.delivery_note.data
    kept.go(State.DONE, current_user)
    holding.release(kept, current_user)
    return _back(kept)


@bp.post("/disclosures/<int:disclosure_id>/withdrawal")
@office("clerk", record="disclosure", act="run")
def withdraw(disclosure_id):
    kept = _undecided(disclosure_id)
    kept.go(State.WITHDRAWN, current_user)
    holding.release(kept, current_user)
    return _back(kept)


def _undecided(disclosure_id: int) -> DisclosureRequest:
    kept = current_user.find("disclosure", disclosure_id, to="run")
    if not kept.state.undecided:
        raise Refused(_("This request is settled already."))
    return kept


def _back(kept: DisclosureRequest):
    flash(_("Saved."), "success")
    return redirect(url_for("disclosure.show", disclosure_id=kept.id), 303)
