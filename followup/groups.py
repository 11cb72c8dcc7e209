"""Where a role stands in a list, by the day it is due. Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
import enum
from itertools import groupby

from core.languages import later


class Group(enum.Enum):
    """The parts of a list, in their order."""

    OVERDUE = "overdue"
    WEEK = "week"
    LATER = "later"
    UNDATED = "undated"
    LOOKING = "looking"
    OVER = "over"

    @property
    def label(self):
        return {"overdue": later("Overdue"), "week": later("This week"), "later": later("Later on"), "undated": later("No date"),
                "looking": later("I coordinate them (unassigned)"),
                "over": later("Finished")}[self.value]


def group_of(due_on: date | None, over: bool, today: date) -> Group:
    """Which part a role belongs to; a week ends on its Sunday."""
    if over:
        return Group.OVER
    elif due_on is None:
        return Group.UNDATED
    elif due_on < today:
        return Group.OVERDUE
    else:
        return Group.WEEK if due_on <= sunday(today) else Group.LATER


def sunday(day: date) -> date:
    """The last day of the (ISO) week of `day`."""
    return day + timedelta(days=6 - day.weekday())


def grouped(roles: Iterable, today: date, looked_for: Iterable = ()) -> Iterator[tuple[Group, list]]:
    """Roles that come in the order of a list, part by part; those one only looks for a taker of stand apart, at the end."""
    apart = list(looked_for)
    for group, part in groupby((each for each in roles if each not in apart), lambda each: group_of(each.due_on, each.state.over, today)):
        yield group, list(part)
    if apart:
        yield Group.LOOKING, apart
