"""What readers outside the house (公表用) are told of a figure's numbers. Pure: no web, no database.

Inside, coordinators and clerks read every number. What leaves the house is read by neighbours, too, who know when somebody was asked
for consent, or who stopped coming. So of whatever counts or tells of households, cases or people:

- **No month.** One refusal in May names whoever was asked in May. An `x` stands in every month that has begun, also where there was nothing.
- **Finished years only.** Two papers of a running year, one before and one after somebody came in, would differ by that one.
- **No year's number under FEW**, nor 0, and no average or share of fewer than FEW. The difference to the year before is told where both are.
- **No stock.** How many cases are under way differs from year to year by those that came, ended, rested and came back: with two stocks a small
  one among these could be worked out, however it is held back itself, and over several years, too. Without stocks no figure of people is
  the sum or the difference of others.
- Where a year's number is held back, nothing is told of its parts (reports/parts.py); the parts of the others go by reports/small.py.

What counts meetings, minutes, sessions or proposals alone is told by month: that a meeting was held is no secret, whom it was about is.
What this cannot do: a year that was published and is published again after something was entered for it later differs by that. Whoever
takes it out once more is told so, with the day of the last time (reports/taking_out.py).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from papers.case_book_facts import FEW, HELD
from reports.span import ended

BY_MONTH = "x"  # as official statistics mark what is kept secret


class Said(NamedTuple):
    """The numbers of a figure as they may be printed: numbers, HELD, BY_MONTH, or None for nothing to say."""

    months: tuple
    total: float | str | None
    before: float | str | None
    change: float | str | None


def said(line, year: int, today: date, reached: int) -> Said:
    """The numbers of a line (reports/counting.py) for readers outside. `reached`: how many months of the year have begun."""
    if not line.figure.people:
        return Said(line.months, line.total, line.before, line.change)
    total, before = (_year(line.figure.measure.value, number, of, ended(each, today)) for number, of, each in
                     ((line.total, line.of, year), (line.before, line.of_before, year - 1)))
    return Said(tuple(BY_MONTH if turn < reached else None for turn in range(12)), total if reached else None, before, HELD if HELD in (total, before) else line.change)


def _year(measure: str, number: float | None, of: int, over: bool) -> float | str:
    small = of < FEW if measure in ("average", "share") else measure == "stock" or not number or number < FEW
    return HELD if small or not over else number
