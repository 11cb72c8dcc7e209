"""The time in which a draft of the minutes goes round, in working days. Pure: no web, no database.

Two times of the office count: within how many working days after the meeting the draft goes round, and for how many it does.
Nothing runs out unsaid: from the day after the last one it is `OVER`, and who has said nothing is `UNANSWERED`. Only where
the office says so is silence taken for having read the *wording* (みなし確認, 字句のみ). Silence never takes on a role, and a
dissent never turns into an agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
import enum

from core.workdays import add_working_days, working_days_between


class State(enum.Enum):
    """Where a round stands today."""

    RUNNING = "running"
    OVER = "over"  # the last day has passed; until the minutes are final, whoever is late is still heard
    ALL_ANSWERED = "all_answered"
    CLOSED = "closed"  # final since, or another round has begun


class Standing(enum.Enum):
    """Where one reader stands."""

    AGREED = "agreed"
    DISSENTS = "dissents"
    REMARKED = "remarked"
    UNANSWERED = "unanswered"
    DEEMED = "deemed"


@dataclass(frozen=True)
class Clock:
    """A day to keep, seen from today."""

    day: date
    left: int  # working days still to come, today left out; 0 on the last day and after it
    over: bool


def due(start: date, within: int) -> date:
    """The day until which something is asked that begins on `start` and has `within` working days."""
    return add_working_days(start, within)


def clock(day: date, today: date) -> Clock:
    """How far off a day is."""
    return Clock(day, working_days_between(today, day), today > day)


def state(answer_by: date, today: date, answered: int, asked: int, closed: bool = False) -> State:
    """Where a round stands: closed before anything, else all answered, else by its day."""
    if closed:
        return State.CLOSED
    elif answered >= asked:
        return State.ALL_ANSWERED
    else:
        return State.OVER if today > answer_by else State.RUNNING


def standing(agreed: bool, dissents: bool, remarked: bool, over: bool, deemed: bool) -> Standing:
    """Where a reader stands. A dissent outweighs everything, an agreement the corrections that came before it; silence is
    taken for the wording read only when the time is over and the office has said so."""
    if dissents:
        return Standing.DISSENTS
    elif agreed:
        return Standing.AGREED
    elif remarked:
        return Standing.REMARKED
    else:
        return Standing.DEEMED if over and deemed else Standing.UNANSWERED
