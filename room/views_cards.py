"""Doors to the cards of one meeting: choose one, put it away, write down what came of it."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, render_template, request
from flask_login import current_user

from core import audit
from core.access import office, signed_in
from core.languages import _
from core.web import Refused, wants_part
from meetings.models import Meeting
from meetings.rights import shares
from meetings.table import Hearing
from room.cards import ClueCard
from room.cards_used import CardUse, deck, rules_of
from room.forms_cards import OutcomeOfCardForm
from room.pages import chosen, heard, saved
from room.stuck import quiet_since

bp = Blueprint("cards", __name__)
ON_THE_WALL = ("room.projection", "room.projection_table")


@bp.app_context_processor
def words():
    """What the room's views say about cards."""
    return dict(cards_of=cards_of, clue_cards=ClueCard.offered, rule_cards=rules_of, quiet_since=quiet_since,
                on_the_wall=request.endpoint in ON_THE_WALL if request else False)


@bp.get("/meetings/<int:meeting_id>/cards")
@office("coordinator", record="meeting", act="run")
def index(meeting_id):
    meeting = current_user.meeting(meeting_id, to="run")
    audit.saw(f"meeting/{meeting.id}")
    return _page(meeting, chosen(heard(meeting, "run")))


@bp.post("/hearings/<int:hearing_id>/cards")
@office("coordinator", record="hearing", act="run")
def create(hearing_id):
    hearing = current_user.hearing(hearing_id, to="run")
    name = request.form.get("card", "")
    words = deck(hearing.meeting.edition, hearing.meeting.day).get(name)
    if words is None:
        raise Refused(_("This card is not in the deck any more."), _("Open the room again."))
    CardUse.show(hearing, current_user, words, rule=name.startswith("rule-"))
    return saved(hearing.meeting, hearing)


@bp.post("/cards/<int:use_id>/end")
@office("coordinator", record="card_use", act="run")
def put_away(use_id):
    use, form = current_user.find("card_use", use_id, "run"), OutcomeOfCardForm()
    if not _noted(use, form):
        return _refused(use, form)
    use.put_away()
    return saved(use.hearing.meeting, use.hearing)


@bp.post("/cards/<int:use_id>/outcome")
@signed_in(record="card_use", act="write")
def note(use_id):
    use, form = current_user.find("card_use", use_id, "write"), OutcomeOfCardForm()
    if not _noted(use, form):
        return _refused(use, form)
    if not wants_part():
        flash(_("Saved."), "success")
    answer = make_response(saved(use.hearing.meeting, use.hearing))
    answer.headers["X-Mark"] = use.mark  # of what stands now, for somebody who has written on meanwhile
    return answer


def cards_of(hearing: Hearing, wall: bool = False) -> list[CardUse]:
    """The cards shown at a table, the newest first, as far as the person (or the wall) may see them."""
    seen = any(each.limited for each in hearing.cards) and not wall and shares(current_user, hearing)
    return [each for each in reversed(hearing.cards) if seen or not each.limited]


def _noted(use: CardUse, form: OutcomeOfCardForm) -> bool:
    """Whether what came of the card was taken as it was sent."""
    if not form.accepts():
        return False
    if not use.note(form.outcome.data, form.read.data or "", since=form.since, confidant=shares(current_user, use.hearing)):
        form.clash(use.outcome)
    return not form.stale


def _refused(use: CardUse, form: OutcomeOfCardForm):
    if wants_part():
        return render_template("room/_card_clash.html" if form.stale else "room/_refused.html", form=form), form.status
    return render_template("room/card_outcome.html", use=use, form=form), form.status


def _page(meeting: Meeting, hearing: Hearing):
    return render_template("room/cards.html", meeting=meeting, hearing=hearing, hearings=heard(meeting, "run"))
