"""The days of a recurring meeting (定例): 毎月第2水曜, 最終金曜, every two weeks. Pure: no web, no database.

A day on which the office is closed (a holiday, the year's end) is left out or moves to the next working day, as the
series says; a single day may be left out or moved by hand, which counts before everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
import enum

from core.languages import later
from core.workdays import add_working_days, working_day

LAST = -1  # 最終


class Pattern(enum.Enum):
    MONTHLY = "monthly"
    WEEKLY = "weekly"

    @property
    def label(self):
        return {"monthly": later("On certain weeks of a month"), "weekly": later("Every few weeks")}[self.value]


class OnClosed(enum.Enum):
    """What happens to a day on which the office is closed."""

    SKIP = "skip"
    NEXT = "next"

    @property
    def label(self):
        return {"skip": later("It is left out"), "next": later("It moves to the next working day")}[self.value]


class Why(enum.Enum):
    """Why a day is not held as the rule says."""

    USUAL = "usual"
    CLOSED = "closed"
    HAND = "hand"


@dataclass(frozen=True)
class Frame:
    """One day of the rule, and the day on which it is held; None when it is left out."""

    rule_day: date
    day: date | None
    why: Why


@dataclass(frozen=True)
class Rule:
    """Which days: the nth weekdays of each month (`ordinals` 1 to 5, or LAST), or a weekday every so many weeks."""

    pattern: Pattern
    weekday: int  # 0 is Monday
    ordinals: tuple[int, ...] = ()
    weeks: int = 1

    def days(self, first: date, last: date) -> list[date]:
        """All days of the rule from `first` to `last`, both included. Every few weeks counts from the first such weekday."""
        if self.pattern == Pattern.WEEKLY:
            begin = first + timedelta(days=(self.weekday - first.weekday()) % 7)
            return _every(begin, last, 7 * self.weeks)
        months = _months(first, last)
        found = {nth_weekday(year, month, self.weekday, nth) for year, month in months for nth in self.ordinals}
        return sorted(day for day in found if day and first <= day <= last)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth weekday of a month, or its last (LAST); None when the month has no fifth one."""
    first = date(year, month, 1)
    all_ = _every(first + timedelta(days=(weekday - first.weekday()) % 7), _end_of(year, month), 7)
    if nth == LAST:
        return all_[-1]
    else:
        return all_[nth - 1] if nth <= len(all_) else None


def frames(rule: Rule, first: date, last: date, on_closed: OnClosed, by_hand: Mapping[date, date | None]) -> list[Frame]:
    """Every day of the rule with the day it is held; `by_hand` moves single days (or leaves them out, None)."""
    return [_frame(day, on_closed, by_hand) for day in rule.days(first, last)]


def paired(old: Iterable[date], new: Iterable[date], within: int = 15) -> dict[date, date]:
    """Which day of an old rule becomes which of a new one: the same day if it is in both, else the nearest still free."""
    old, new = sorted(set(old)), sorted(set(new))
    pairs = {day: day for day in old if day in set(new)}
    free = [day for day in new if day not in pairs]
    near = sorted((abs((there - day).days), day, there) for day in old if day not in pairs for there in free)
    for distance, day, there in near:
        if distance <= within and day not in pairs and there not in pairs.values():
            pairs[day] = there
    return pairs


def _frame(day: date, on_closed: OnClosed, by_hand: Mapping[date, date | None]) -> Frame:
    if day in by_hand:
        return Frame(day, by_hand[day], Why.HAND)
    elif working_day(day):
        return Frame(day, day, Why.USUAL)
    else:
        return Frame(day, add_working_days(day, 1) if on_closed == OnClosed.NEXT else None, Why.CLOSED)


def _every(begin: date, last: date, days: int) -> list[date]:
    return [begin + timedelta(days=count) for count in range(0, (last - begin).days + 1, days)]


def _months(first: date, last: date) -> list[tuple[int, int]]:
    numbered = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(each // 12, each % 12 + 1) for each in numbered]


def _end_of(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
