"""Why an office would rather not meet on a day, in words. Pure: no web, no database."""

from __future__ import annotations

from datetime import date

import jpholiday

from core.languages import _
from core.workdays import working_day


def closed_because(day: date) -> str:
    """Public holiday, year-end, Saturday or Sunday; empty for a working day."""
    holiday = jpholiday.is_holiday_name(day)
    if holiday:
        return _("Public holiday (%(name)s)", name=holiday)
    elif working_day(day):
        return ""
    else:
        return _("The office is closed over the year's end") if (day.month, day.day) in _YEAR_END else (
            _("Saturday") if day.weekday() == 5 else _("Sunday"))


_YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
