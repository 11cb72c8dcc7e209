"""Which day somebody is reminded of what. Pure: no web, no database.

Reminders come on working days. Before the day of a role once: so many days ahead, on the working day before where the
office is closed, and never on the day the role came up. After it every so many days, three times; then somebody else is
told once (the lead agency, else whoever runs the case), and that is the end of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
import enum

from core.workdays import add_working_days, working_day

TIMES = 3
SLACK = timedelta(days=14)  # the longest the office is closed, and the machine may be off for a while


class About(enum.Enum):
    """What a reminder is about: a day that is near, or one that has passed."""

    DUE = "due"
    OVERDUE = "overdue"


class Step(enum.Enum):
    """What is to be said of a role whose day has passed."""

    AGAIN = "again"
    PASS_ON = "pass_on"


def near(today: date, due_on: date, before: int, since: date) -> bool:
    """Whether a role's day is near enough to be reminded of; `since` is the day it came up, `before` the office's days (0: never)."""
    return before > 0 and since < today <= due_on and today >= _open(due_on - timedelta(days=before)) and working_day(today)


def after(today: date, due_on: date, every: int, told: Sequence[date]) -> Step | None:
    """What is to be said today of a role whose day has passed; `told` are the days on which it was said already."""
    if every < 1 or not working_day(today) or today < max([due_on, *told]) + timedelta(days=every):
        return None
    return (*[Step.AGAIN] * TIMES, Step.PASS_ON, None)[min(len(told), TIMES + 1)]


def horizon(today: date, before: int, every: int) -> tuple[date, date]:
    """The days of roles that are worth looking at today: of what is older, everything has been said."""
    return today - (TIMES + 2) * timedelta(days=every) - SLACK, today + timedelta(days=before) + SLACK


def unanswered(today: date, answer_by: date) -> bool:
    """Whether an answer asked for by a day is missing: the whole of that day is theirs."""
    return today > answer_by and working_day(today)


def _open(day: date) -> date:
    return day if working_day(day) else add_working_days(day, -1)
