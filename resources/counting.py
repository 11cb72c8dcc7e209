"""How many cases wish for something, as it may be told to people who know none of them (秘匿). Pure: no web, no database.

A number under three is not told. Numbers are told in steps of three, and small parts of a whole are put together until
they are enough: so nothing can be worked out by taking one number from another, nor by looking before and after a merger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple

STEP = 3
OTHERS = ""  # the part that several small ones were put together in


class Wish(NamedTuple):
    """A case that wished for it (any mark that tells cases apart), in which field and which area; an area may be empty."""

    case: Hashable
    domain: str
    area: str


def told(count: int) -> int:
    """The number as it may be told: 0 when it is under three, else rounded down to a multiple of three."""
    return count // STEP * STEP


def cases(wishes: Iterable[Wish]) -> int:
    """How many different cases there are, as it may be told."""
    return told(len({each.case for each in wishes}))


def parts(wishes: Iterable[Wish], by: str) -> list[tuple[str, int]]:
    """(domain or area, cases) as they may be told, the largest first, small ones together under `OTHERS` at the end.

    Each case counts once, in the part it was first told of. Nothing at all when the whole is small, when a part alone
    would be left over, or when there is only one part.
    """
    first: dict[Hashable, str] = {}
    for each in wishes:
        first[each.case] = first.get(each.case) or getattr(each, by)
    counts = Counter(first.values())
    rows = sorted(((count, name) for name, count in counts.items() if name), reverse=True)
    unknown = counts.get("", 0)
    large = [(name, count) for count, name in rows if count >= STEP]
    small = [count for count, name in rows if count < STEP] + ([unknown] if unknown else [])
    while small and large and (sum(small) < STEP or len(small) < 2):  # one alone, or too few: the smallest joins them
        small.append(large.pop()[1])
    if not large or (len(large) == 1 and not small):
        return []
    return [(name, told(count)) for name, count in large] + ([(OTHERS, told(sum(small)))] if small else [])
