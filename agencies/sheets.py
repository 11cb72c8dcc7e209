"""A table out of a file, as text: the same for CSV and Excel, and no larger than a page can show. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.languages import _

MOST_ROWS = 5_000  # of one sheet; a city's whole roster has some two thousand people
MOST_COLUMNS = 60
MOST_LETTERS = 3_000_000  # of one file
MOST_LINES = 50_000  # with the empty ones between them
GAP = 2_000  # empty rows on end, after which nothing more is expected


class Unreadable(Exception):
    """The file is no table we read. `str()` is the reason, `way_on` what to do, both in the user's language."""

    def __init__(self, reason: str, way_on: str = ""):
        super().__init__(reason)
        self.way_on = way_on


@dataclass
class Sheet:
    """A sheet: its name, its rows of text from the first one on, and where (row, column) no value could be read."""

    name: str
    rows: list[list[str]]
    uncalculated: set[tuple[int, int]] = field(default_factory=set)  # formulas that were saved without their value

    def plain(self) -> dict:
        """As JSON can hold it."""
        return dict(name=self.name, rows=self.rows, uncalculated=sorted(self.uncalculated))

    @classmethod
    def of(cls, plain: dict) -> Sheet:
        """Back from JSON."""
        return cls(plain["name"], plain["rows"], {tuple(each) for each in plain["uncalculated"]})


def gathered(name: str, rows: Iterable[list[str]]) -> Sheet:
    """A sheet of these rows, without the emptiness at its right and its end. Unreadable as soon as it is too much."""
    kept, filled, letters, gap = [], 0, 0, 0
    for row in rows:
        kept.append(_trimmed(row))
        filled, gap = (filled + 1, 0) if kept[-1] else (filled, gap + 1)
        letters += sum(map(len, kept[-1]))
        if gap > GAP:
            break
        _bounded(kept, filled, letters)
    return Sheet(name, kept[:len(kept) - gap])


def _trimmed(row: list[str]) -> list[str]:
    length = next((at for at in range(len(row), 0, -1) if row[at - 1].strip()), 0)
    return row[:length]


def _bounded(kept: list[list[str]], filled: int, letters: int) -> None:
    if filled > MOST_ROWS or len(kept) > MOST_LINES:
        raise Unreadable(_("The table has more than %(limit)s rows.", limit=f"{MOST_ROWS:,}"), _("Divide it into several files."))
    if len(kept[-1]) > MOST_COLUMNS:
        raise Unreadable(_("The table has more than %(limit)s columns.", limit=MOST_COLUMNS), _("Leave out the columns that are not needed."))
    if letters > MOST_LETTERS:
        raise Unreadable(_("There is more text in it than a roster can have."), _("Leave out the columns that are not needed."))
