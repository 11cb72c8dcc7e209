"""The numbers of a 年度, in the order of the days: the history's and the sample's own, so that none is given twice. Plain data."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


def serials(things: Iterable[tuple[Hashable, object, Hashable]]) -> dict[Hashable, int]:
    """{key: number} of things (group, when, key): within each group 1, 2, 3 … by when; a tie as they come."""
    counts: dict[Hashable, int] = {}
    numbers = {}
    for group, _when, key in sorted(things, key=lambda each: each[1]):
        counts[group] = numbers[key] = counts.get(group, 0) + 1
    return numbers
