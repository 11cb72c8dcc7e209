"""Until when a request for disclosure is to be decided. Pure: no web, no database.

個人情報保護法第83条: within 30 days of the day the request came in, the days in which it had to be corrected not counted; for
difficulties of the work or other good reason extendable by at most 30 more. The first day is left out (初日不算入, 民法第140条).

A last day on which the office is closed is not moved by law: 地方自治法第4条の2第4項 speaks of what is sent *to* an office. So an
office decides on the working day before it, unless it has settled otherwise (`closed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
import tomllib

from core.workdays import add_working_days, working_day

LAW = tomllib.loads(Path(__file__).with_name("law.toml").read_text(encoding="utf-8"))
BEFORE, AFTER, SAME = "before", "after", "same"
SOON = 7  # days before the last one from which it is time


@dataclass(frozen=True)
class Term:
    """The days an office has, and what it does about a last day on which it is closed."""

    days: int = LAW["days"]
    extension: int = LAW["extension"]
    closed: str = LAW["closed"]

    def last_day(self, received_on: date, corrected: int = 0, extended: bool = False) -> date:
        """The last day by law, open or closed; `corrected` days went into correcting the request (補正)."""
        return received_on + timedelta(days=self.days + corrected + (self.extension if extended else 0))

    def decide_by(self, received_on: date, corrected: int = 0, extended: bool = False) -> date:
        """The day until which the office decides."""
        last = self.last_day(received_on, corrected, extended)
        if self.closed == SAME or working_day(last):
            return last
        return add_working_days(last, 1 if self.closed == AFTER else -1)


def extendable(on: date, decide_by: date) -> bool:
    """Whether the time may still be extended: the requester is told in writing within the first term."""
    return on <= decide_by


def urgency(decide_by: date, today: date) -> str:
    """late, soon or calm."""
    if today > decide_by:
        return "late"
    else:
        return "soon" if (decide_by - today).days <= SOON else "calm"
