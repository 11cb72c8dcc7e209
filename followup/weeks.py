"""How many roles were open, and how many of them over their day, at each week's end. Pure: no web, no database.

A role is open from the day it was written down until it is over (done, not needed any more) or taken off the table; a
later report may open it again. It is overdue on every day after the day it is due, as that day is known today. Weeks begin
on Monday (ISO); the present one is counted as it stands today, so that the last figure is the one the lists show.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

WEEKS = 12


class Life(NamedTuple):
    """What the figures know of one role: whose it is (an agency, never a person), and its days in the office's calendar."""

    agency: int | None
    begun: date
    due: date | None
    removed: date | None
    steps: tuple[tuple[date, bool], ...]  # (day of a report, whether it was over then), in their order


class Count(NamedTuple):
    open: int
    overdue: int


class Week(NamedTuple):
    monday: date
    counted: date  # its Sunday; today in the present week
    open: int
    overdue: int


def ends(today: date, weeks: int = WEEKS) -> list[tuple[date, date]]:
    """(Monday, day on which it is counted) of the last weeks, the oldest first."""
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    return [(each, min(each + timedelta(days=6), today)) for each in mondays]


def open_on(life: Life, day: date) -> bool:
    """Whether something was left to do at the end of a day."""
    said = [over for on, over in life.steps if on <= day]
    return life.begun <= day and not (life.removed and life.removed <= day) and not (said and said[-1])


def overdue_on(life: Life, day: date) -> bool:
    """Whether it was open at the end of a day that lies after the day it is due."""
    return life.due is not None and life.due < day and open_on(life, day)


def by_week(lives: Iterable[Life], today: date, weeks: int = WEEKS) -> list[Week]:
    """The last weeks, the oldest first."""
    lives = list(lives)
    return [Week(monday, day, *count(lives, day)) for monday, day in ends(today, weeks)]


def by_agency(lives: Iterable[Life], today: date) -> dict[int | None, Count]:
    """What is open and overdue today, agency by agency; under None what nobody has. Agencies with nothing open are left out."""
    held: dict[int | None, list[Life]] = {}
    for life in lives:
        held.setdefault(life.agency, []).append(life)
    counts = {agency: count(theirs, today) for agency, theirs in held.items()}
    return {agency: each for agency, each in counts.items() if each.open}


def count(lives: Iterable[Life], day: date) -> Count:
    """How many of these roles were open, and overdue, at the end of a day."""
    there = [each for each in lives if open_on(each, day)]
    return Count(len(there), sum(overdue_on(each, day) for each in there))
