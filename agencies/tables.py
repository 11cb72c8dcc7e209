"""Tables as offices keep them, out of CSV and Excel files: values only, nothing is calculated, followed or run. Pure.

A file is looked at before it is parsed: what it is (by its content, never by its name), how large it becomes when
unpacked, whether it declares XML entities. Whatever it does, reading ends in sheets of text or in `Unreadable`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_ROWS = 5_000  # of one sheet; a city's whole roster has some two thousand people
MOST_COLUMNS = 60
MOST_SHEETS = 20


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
    notes: list[str] = field(default_factory=list)

    def plain(self) -> dict:
        """As JSON can hold it."""
        return dict(name=self.name, rows=self.rows, uncalculated=sorted(self.uncalculated), notes=self.notes)

    @classmethod
    def of(cls, plain: dict) -> Sheet:
        """Back from JSON."""
        return cls(plain["name"], plain["rows"], {tuple(each) for each in plain["uncalculated"]}, plain["notes"])
