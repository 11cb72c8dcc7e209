"""How big the type of a table may be so that it fits on one page: arithmetic only, so that it can be tried without a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
import math
import unicodedata

MM_PER_POINT = 25.4 / 72
LINE = 1.5  # the height of a line, in type sizes: what Word and LibreOffice give a Japanese typeface at most
PADDING = 2.0  # millimetres inside a cell, left and right together, and above and below
SLACK = 1.06  # a line ends before 。 and ）may begin the next one, so it holds a little less than its width


def largest(sizes: Iterable[float], rows: list[tuple[str, ...]], shares: tuple[int, ...], width: float, height: float) -> float | None:
    """The first of these type sizes (points, big ones first) with which the rows fit in width × height (mm), or None."""
    return next((size for size in sizes if high(size, rows, shares, width) <= height), None)


def fitting(size: float, rows: list[tuple[str, ...]], shares: tuple[int, ...], width: float, height: float) -> int:
    """How many of the rows, from the first on, fit with this type size."""
    return max((count for count in range(len(rows) + 1) if high(size, rows[:count], shares, width) <= height), default=0)


def high(size: float, rows: list[tuple[str, ...]], shares: tuple[int, ...], width: float) -> float:
    """How high the rows stand (mm) with columns in proportion to `shares`."""
    widths = [width * share / sum(shares) - PADDING for share in shares]
    tallest = (max(_lines(text, size, column) for text, column in zip(row, widths, strict=True)) for row in rows)
    return sum(lines * size * LINE * MM_PER_POINT + PADDING for lines in tallest)


def _lines(text: str, size: float, width: float) -> int:
    per_line = max(width / (size * MM_PER_POINT * SLACK), 1)
    return sum(max(math.ceil(_broad(line) / per_line), 1) for line in text.split("\n"))


@lru_cache(maxsize=2000)
def _broad(line: str) -> float:
    """The width of a line in full-width characters; half-width ones count half."""
    return sum(1 if unicodedata.east_asian_width(each) in "FWA" else 0.5 for each in line)
