"""The stretches of time that are counted: the twelve months of a 年度 and of the one before it. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)  # as a 年度 runs
FIRST, LAST = 1990, 2100  # 年度 that an address may name


@dataclass(frozen=True)
class Span:
    """Days cut at `edges`, one stretch between each two: the last edge is the first day that does not count any more."""

    edges: tuple[date, ...]
    today: date

    @classmethod
    def of(cls, year: int, today: date) -> Span:
        """24 months: those of the 年度 before, then those of this one."""
        return cls(tuple(month_of(year - 1 + turn // 12, turn % 12) for turn in range(25)), today)

    @classmethod
    def between(cls, year: int, month: int | None, today: date) -> Span:
        """One 年度, or one month of it (0 for April)."""
        ends = (month_of(year, 0), month_of(year + 1, 0)) if month is None else (month_of(year, month), month_of(year, month + 1))
        return cls(ends, today)

    @classmethod
    def finished(cls, year: int, today: date) -> Span:
        """The quarters of a 年度 that are over; no day at all, if none is."""
        months = max(months for months in (0, 3, 6, 9, 12) if not months or month_of(year, months) <= today)
        return cls((month_of(year, 0), month_of(year, months)), today)

    @classmethod
    def over(cls, year: int, today: date) -> Span:
        """A 年度 that is over; no day at all, while it is not."""
        return cls((month_of(year, 0), month_of(year + 1, 0) if ended(year, today) else month_of(year, 0)), today)

    @property
    def months(self) -> int:
        """How many months it has."""
        first, end = self.edges[0], self.edges[-1]
        return 12 * (end.year - first.year) + end.month - first.month

    def begun(self, stretch: int) -> bool:
        """Whether this stretch has begun by today: of the months to come nothing is said, not even 0."""
        return self.edges[stretch] <= self.today


def ended(year: int, today: date) -> bool:
    """Whether a 年度 is over."""
    return month_of(year + 1, 0) <= today


def month_of(year: int, turn: int) -> date:
    """The first day of the month that is `turn` months after the April of a 年度."""
    year, turn = year + turn // 12, turn % 12
    return date(year + (turn > 8), MONTHS[turn], 1)
