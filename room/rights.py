"""Who may do what in the room beyond reading and writing lines.

- A **signal** comes from anybody who sits and has acknowledged the rules, also from those asked in writing only.
- In a **round** write those who sit and speak; of a limited one (限定共有) only those who share in it. The team of the case
  begins, reveals and ends it. What somebody without an account says to it is written down by the team or the note-taker.
"""

from __future__ import annotations

import sqlalchemy as sa

from core.access import finder
from meetings.rights import acknowledged, runs
from meetings.table import Hearing, Level, Seat, SeatRole
from room.rounds import Round


@finder("hearing", "signal")
def _hearing_signal(person):
    return sa.select(Hearing).where(Hearing.id.in_(acknowledged(person)))


@finder("round", "write")
def _round_write(person):
    asked = acknowledged(person).where(Seat.level != Level.INQUIRY)
    trusted = asked.where(Seat.confidant.is_(True))
    return sa.select(Round).where(sa.or_(Round.hearing_id.in_(trusted), sa.and_(Round.limited.is_(False), Round.hearing_id.in_(asked))))


@finder("round", "run")
def _round_run(person):
    return sa.select(Round).where(Round.hearing_id.in_(sa.select(Hearing.id).where(runs(person))))


@finder("round", "hear")
def _round_hear(person):
    noting = acknowledged(person).where(Seat.role == SeatRole.NOTE_TAKER, Seat.level != Level.INQUIRY)
    shared = sa.or_(Round.limited.is_(False), Round.hearing_id.in_(noting.where(Seat.confidant.is_(True))))
    runs_it = Round.id.in_(_round_run(person).with_only_columns(Round.id))
    return sa.select(Round).where(sa.or_(runs_it, sa.and_(Round.hearing_id.in_(noting), shared)))
