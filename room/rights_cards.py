"""Who may see and note what came of a card: those at the table, and of what was shared with some only, those who share in it."""

from __future__ import annotations

import sqlalchemy as sa

from core.access import finder, visible
from meetings.table import Hearing
from room.cards_used import CardUse


@finder("card_use")
def _card_use(person):
    return sa.select(CardUse).where(CardUse.hearing_id.in_(_hearings(person, "see")), _open_to(person))


@finder("card_use", "write")
def _card_use_write(person):
    return sa.select(CardUse).where(CardUse.hearing_id.in_(_hearings(person, "write")), _open_to(person))


@finder("card_use", "run")
def _card_use_run(person):
    return sa.select(CardUse).where(CardUse.hearing_id.in_(_hearings(person, "run")))


def _open_to(person):
    return sa.or_(CardUse.limited.is_(False), CardUse.hearing_id.in_(_hearings(person, "share")))


def _hearings(person, act: str):
    return visible(person, "hearing", act).with_only_columns(Hearing.id)
