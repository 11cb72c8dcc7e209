"""How long a record is kept (保存年限): where the count begins and on which day it ends. Pure: no web, no database.

The count begins on the first day of the fiscal year (年度, April to March) after the record was completed, as the filing
rules of municipalities say (domain.md 2.5). A record of a case is completed when its minutes are final *and* its case is
closed. 1年未満 is counted from the day of completion and ends with that fiscal year; 永年 ends never.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
import enum
from functools import lru_cache
from pathlib import Path
import tomllib

from core import clock
from core.languages import later


@dataclass(frozen=True)
class Class:
    """One class of the filing rules. `years`: None for ever, 0 for less than a year."""

    name: str
    years: int | None


@dataclass(frozen=True)
class Term:
    """From when (起算日) to when (満了日, the last day it must be kept) a record is kept; no end for 永年."""

    begins: date
    ends: date | None

    def over(self, on: date) -> bool:
        """Whether the last day has passed."""
        return self.ends is not None and self.ends < on

    def ends_in(self, year: int) -> bool:
        """Whether the last day lies in this fiscal year."""
        return self.ends is not None and clock.fiscal_year(self.ends) == year


class State(enum.Enum):
    """Where a record stands."""

    OPEN = "open"
    KEPT = "kept"
    ENDING = "ending"
    OVER = "over"
    HELD = "held"

    @property
    def label(self):
        return {"open": later("Not counted yet"), "kept": later("Being kept"), "ending": later("Ends this fiscal year"),
                "over": later("Term is over"), "held": later("Disposal stopped")}[self.value]

    @property
    def chip(self) -> str:
        """The colour that goes with it, as static/style.css names it."""
        return {"open": "quiet", "kept": "ok", "ending": "warn", "over": "stop", "held": "info"}[self.value]


@lru_cache(maxsize=1)
def shipped() -> tuple[Class, ...]:
    """The classes that come with the program, the longest first."""
    read = tomllib.loads(Path(__file__).with_name("classes.toml").read_text("utf-8"))
    return tuple(Class(each["name"], each.get("years")) for each in read["classes"])


def completed(final_on: date | None, closings: list[date | None]) -> date | None:
    """The day a record was completed: its newest minutes final, and every case it heard closed. None while one is missing."""
    if final_on is None or None in closings:
        return None
    else:
        return max([final_on, *closings])


def term(on: date, years: int | None, until: date | None = None) -> Term:
    """The term of a record completed on this day. `until`: kept longer by decision (延長), never shorter."""
    if years == 0:
        begins, ends = on, date(clock.fiscal_year(on) + 1, 3, 31)
    else:
        begins = date(clock.fiscal_year(on) + 1, 4, 1)
        ends = None if years is None else date(begins.year + years, 4, 1) - timedelta(days=1)
    return Term(begins, max(ends, until) if ends and until else ends)


def state(of: Term | None, held: bool, on: date) -> State:
    """Where a record stands on this day; a hold comes before everything else."""
    if held:
        return State.HELD
    elif of is None:
        return State.OPEN
    elif of.over(on):
        return State.OVER
    elif of.ends_in(clock.fiscal_year(on)):
        return State.ENDING
    else:
        return State.KEPT
