"""Until when preparation sheets and written answers are asked for. Pure: no web, no database.

Three working days before the meeting is what leaves the facilitator time to read them and to ring whoever is silent.
"""

from __future__ import annotations

from datetime import date

from core.workdays import add_working_days

WORKING_DAYS_BEFORE = 3


def due(held: date) -> date:
    """The day by which answers for a meeting held on that day are wished, while the office has set no other."""
    return add_working_days(held, -WORKING_DAYS_BEFORE)
