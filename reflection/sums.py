"""The office's sums by quarter: sealed, until a quarter that is over can be shown by itself.

A quarter in plain figures while it runs would tell each meeting by the difference of two copies of the database; one with a
single meeting, or one whose share is shown together with such a one, would tell it afterwards. Those stay sealed for good.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from core import log
from core.database import insert_once, session
from identities.seal import Broken
from reflection import rules, seals
from reflection.models import QuarterSum, SealedSum
from reflection.rules import Quarter, Question, Tally, quarter_of


def quarters() -> list[Quarter]:
    """The office's sums, by quarter; without those sealed with the secret of another installation."""
    return _plain() + _sealed()


def add(today: date, screen: Tally | None, paper: Tally | None) -> None:
    """Take a meeting's answers into today's quarter: those of the screen, and those on sheets, each if it is enough."""
    begins = quarter_of(today)
    insert_once(SealedSum, begins=begins, sums=_seal(Quarter.empty(begins)))
    row = session.get(SealedSum, begins, with_for_update=True, populate_existing=True)
    row.sums = _seal((_open(row) or Quarter.empty(begins)).plus(screen, paper))


def seal(quarter: Quarter) -> None:
    """Put a quarter's sums down sealed. Raises IntegrityError when it has some."""
    session.add(SealedSum(begins=quarter.begins, sums=_seal(quarter)))


def write_out(today: date) -> None:
    """Put into plain figures the quarters that are shown by themselves; seal again what lies there plain and is not."""
    plain, sealed = _plain(), _sealed()
    alone = rules.alone(plain + sealed, today)
    for each in sealed:
        if each.begins in alone:
            session.add_all(QuarterSum(begins=each.begins, question=question, meetings=each.meetings, answers=each.answers, yes=each.yes[question])
                            for question in Question)
            session.execute(sa.delete(SealedSum).where(SealedSum.begins == each.begins))
    for each in plain:
        if each.begins not in alone:  # written by an earlier edition of the program
            session.execute(sa.delete(QuarterSum).where(QuarterSum.begins == each.begins))
            seal(each)
    session.flush()


def _plain() -> list[Quarter]:
    found: dict[date, list[QuarterSum]] = {}
    for each in session.scalars(sa.select(QuarterSum)):
        found.setdefault(each.begins, []).append(each)
    return [Quarter(begins, rows[0].meetings, rows[0].answers, {each.question: each.yes for each in rows}) for begins, rows in found.items()]


def _sealed() -> list[Quarter]:
    return [found for each in session.scalars(sa.select(SealedSum)) if (found := _open(each))]


def _seal(quarter: Quarter) -> bytes:
    return seals.key().seal(quarter.text, f"reflection_sealed/{quarter.begins}")


def _open(row: SealedSum) -> Quarter | None:
    try:
        return Quarter.read(row.begins, seals.key().open(row.sums, f"reflection_sealed/{row.begins}"))
    except (Broken, ValueError):  # sealed with the secret of another installation: nobody will ever open it
        log.say("reflection sums unreadable", quarter=str(row.begins))
        return None
