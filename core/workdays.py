"""Working days of a Japanese office. Pure: no web, no database.

An office is closed on Saturdays, Sundays, public holidays (国民の祝日に関する法律) and from 29 December to 3 January
(地方自治法第4条の2). A time counted in days leaves its first day out (初日不算入, 民法第140条): what came in on a
Friday has waited one working day on Monday.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import jpholiday


def working_day(day: date) -> bool:
    """Whether the office is open on a day."""
    return day.weekday() < 5 and not _new_year(day) and not _holiday(day)


def working_days_between(a: date, b: date) -> int:
    """How many working days have come after `a`, up to and including `b`; 0 when `b` does not lie after `a`."""
    return sum(working_day(a + timedelta(days=count)) for count in range(1, (b - a).days + 1))


def add_working_days(day: date, n: int) -> date:
    """The `n`th working day after `day` (before it, for a negative `n`); `day` itself for 0, open or not."""
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= working_day(day)
    return day


def _new_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


@lru_cache(maxsize=5000)
def _holiday(day: date) -> bool:
    # asked day by day: a whole year at once takes a third of a second, which the first to ask would wait for
    return jpholiday.is_holiday(day)
