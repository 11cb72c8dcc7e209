"""Small numbers in what is told of households (世帯の内訳), for people who may not see the cases behind them. Pure: no web, no database.

Whoever may see a row may count it. Of the rest, a part with fewer than FEW is not counted out, nor is it said that it is empty: else the
one household behind it could be known by what it is. The whole is known, and so is this rule; so nothing held back may follow from both:

- Every part held back is called the same, whyever it is.
- Held back are the small ones. As long as they are all alike (one alone, or all of them none), the next smallest go with them, and all
  that are as large as these. Then at least two numbers stand among them, and whoever has which could be exchanged without anything that is
  told becoming different: every part may have two numbers at least. (Were one of two equal ones told, its name would say which.)
- Where nothing at all is told, any part may be all of it, or none.
- What is told of the running year is made of finished quarters (reports/parts.py): whoever looks before and after a household came in
  would read what it is like from the numbers that grew.
- Where one may fall into several parts, a part as large as the whole would say that nobody fell into none: then nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from papers.case_book_facts import held_up_to


class Told(NamedTuple):
    """How a part may be told: `count` of what the reader may know of; `exact`, or there may be more."""

    count: int
    exact: bool = True


def told(counts: Mapping[str | None, tuple[int, int]], parts: list[str | None], whole: int | None = None) -> dict[str | None, Told]:
    """What may be said of each of the parts, of {part: (how many, how many of them the reader may see)}. `whole`: where one may fall into
    several parts (None: into none of them), how many there are that the reader may not see."""
    rows = {part: counts.get(part, (0, 0)) for part in parts}
    held = _held({part: count - seen for part, (count, seen) in rows.items()}, whole)
    return {part: Told(seen, exact=False) if part in held else Told(count) for part, (count, seen) in rows.items()}


def _held(unseen: dict[str | None, int], whole: int | None) -> set[str | None]:
    """The parts that are not told."""
    numbers = set(unseen.values())
    up_to = held_up_to(numbers)
    held = {part for part, number in unseen.items() if number <= up_to}
    none_shows = whole is not None and None in held and max(numbers) + up_to > whole
    return set(unseen) if none_shows else held


def beside(count: int, seen: int, whole: tuple[int, int]) -> Told:
    """What may be said of the rows in one part of a breakdown that the reader may not see: how many, only if of the `whole` (how many, how
    many of them seen) they see every one. A number here, of a month too, could be taken from what is told elsewhere."""
    return Told(count - seen) if whole[0] == whole[1] else Told(0, exact=False)
