"""Doors to the office's deck of 糸口カード."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from core.access import office
from core.database import session
from core.languages import _
from room.cards import ClueCard
from room.forms_cards import CardForm

bp = Blueprint("deck", __name__)
STEPS = {"up": -1, "down": 1}


@bp.get("/clue-cards")
@office("coordinator")
def index():
    return render_template("room/deck.html", cards=ClueCard.listed())


@bp.get("/clue-cards/new")
@office("coordinator")
def new():
    return render_template("room/deck_card.html", form=CardForm(), card=None)


@bp.post("/clue-cards")
@office("coordinator")
def create():
    form = CardForm()
    if not form.accepts():
        return render_template("room/deck_card.html", form=form, card=None), form.status
    ClueCard.add(form.words)
    flash(_("The card is added at the end of the deck."), "success")
    return redirect(url_for("deck.index"), 303)


@bp.get("/clue-cards/<int:card_id>")
@office("coordinator")
def edit(card_id):
    card = _card(card_id)
    return render_template("room/deck_card.html", form=CardForm.showing(card), card=card)


@bp.post("/clue-cards/<int:card_id>")
@office("coordinator")
def update(card_id):
    card, form = _card(card_id), CardForm()
    if not form.accepts(card):
        return render_template("room/deck_card.html", form=form, card=card), form.status
    card.write(form.words)
    flash(_("Saved. Where the card was used, its words of then stay."), "success")
    return redirect(url_for("deck.index"), 303)


@bp.post("/clue-cards/<int:card_id>/place")
@office("coordinator")
def move(card_id):
    _card(card_id).move(STEPS.get(request.form.get("step"), 0))
    return redirect(url_for("deck.index", _anchor=f"card-{card_id}"), 303)


@bp.post("/clue-cards/<int:card_id>/setting-aside")
@office("coordinator")
def set_aside(card_id):
    _card(card_id).set_aside()
    return redirect(url_for("deck.index", _anchor=f"card-{card_id}"), 303)


@bp.post("/clue-cards/<int:card_id>/return")
@office("coordinator")
def bring_back(card_id):
    _card(card_id).bring_back()
    return redirect(url_for("deck.index", _anchor=f"card-{card_id}"), 303)


@bp.post("/clue-cards/<int:card_id>/restoration")
@office("coordinator")
def restore(card_id):
    _card(card_id).restore()
    flash(_("It says again what was shipped."), "success")
    return redirect(url_for("deck.edit", card_id=card_id), 303)


def _card(card_id: int) -> ClueCard:
    found = session.get(ClueCard, card_id) if 0 < card_id < 2**31 else None
    return found or abort(404)
