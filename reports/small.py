"""Small numbers in what is told of households (世帯の内訳), for people who may not see the cases behind them. Pure: no web, no database.

Whoever may see a row may count it. Of the rest, a part with fewer than FEW is not counted out, nor is it said that it is empty: else the
one household behind it could be known by what it is. Where exactly one part would be held back, the next smallest is, too, for the whole
is known and the difference would give it away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from papers.case_book_facts import FEW


class Told(NamedTuple):
    """How a part may be told: `count` of what the reader may know of; `exact`, or there may be more; `beside`: not few itself, held back for another."""

    count: int
    exact: bool = True
    beside: bool = False


def told(counts: Mapping[str | None, tuple[int, int]], parts: list[str | None]) -> dict[str | None, Told]:
    """What may be said of each of the parts, of {part: (how many, how many of them the reader may see)}."""
    rows = {part: counts.get(part, (0, 0)) for part in parts}
    unseen = {part: count - seen for part, (count, seen) in rows.items()}
    if not any(unseen.values()):
        return {part: Told(count) for part, (count, _seen) in rows.items()}
    held = {part for part, rest in unseen.items() if rest < FEW}
    others = sorted((rest, str(part), part) for part, rest in unseen.items() if rest >= FEW)
    beside = {others[0][2]} if len(held) == 1 and others else set()
    return {part: Told(count) if part not in held | beside else Told(seen, exact=False, beside=part in beside) for part, (count, seen) in rows.items()}



def beside(count: int, seen: int, whole: tuple[int, int]) -> Told:
    """What may be said of the rows in one part of a breakdown that the reader may not see: how many, only if of the `whole` (how many, how
    many of them seen) they see every one. A number here, of a month too, could be taken from what is told elsewhere."""
    return Told(count - seen) if whole[0] == whole[1] else Told(0, exact=False)
