"""The sample's calendar: whole numbers counted from today become working days of a Japanese office. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import jpholiday

from core import clock


@dataclass(frozen=True)
class Days:
    """Days counted from `today`: past ones move back to a working day, coming ones forward, today stays today."""

    today: date

    def day(self, count: int) -> date:
        """The working day `count` days from today."""
        day = self.today + timedelta(days=count)
        while count and not _working(day):
            day += timedelta(days=1 if count > 0 else -1)
        return day

    def at(self, count: int, hour: str) -> datetime:
        """The instant of a wall-clock time ("14:00") on the working day `count` days from today."""
        return clock.instant(self.day(count), time.fromisoformat(hour))


def _working(day: date) -> bool:
    return day.weekday() < 5 and not jpholiday.is_holiday(day)
