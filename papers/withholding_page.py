"""What the pages of the withheld passages show: the lines of the paper in their order, and what is decided of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from meetings.models import Meeting
from papers import making, overlooked, redaction, withholding
from papers.overlooked import Elsewhere
from papers.proposals import WHY, proposal
from papers.redaction import Cell
from papers.withholding import Mark

HEAD, END = "会議の概要", "会議録の末尾"


@dataclass
class Row:
    """One text of the paper."""

    number: int  # its place on the page, from 1: the address names it by nothing else
    cell: Cell
    line: str  # 2行目
    label: str  # 内容
    pieces: list[tuple[str, bool]]  # its text, and of each piece whether it is withheld
    why: object = ""  # what it should be looked at for, while nobody has decided
    opened: bool = False
    alone: bool = False  # whether it is opened by itself only, never together with the rest


@dataclass
class Part:
    """One part of the paper: its lines, each with the texts that stand in it."""

    name: str
    lines: list[list[Row]]

    @property
    def rows(self) -> list[Row]:
        return [row for line in self.lines for row in line]

    @property
    def waiting(self) -> list[Row]:
        return [each for each in self.rows if each.why]

    @property
    def together(self) -> list[Row]:
        """Those of the waiting ones that may be opened together."""
        return [each for each in self.waiting if not each.alone]


@dataclass
class Page:
    """All of it, for one person."""

    whole: bool  # whether all cases of the meeting stand on it
    cells: list[Cell]
    marks: list[Mark]
    parts: list[Part] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    carried: list[Mark] = field(default_factory=list)  # what of the version before can be taken over
    lost: list[Cell] = field(default_factory=list)  # what that withheld and does not stand here any more

    @property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]

    @property
    def waiting(self) -> list[Row]:
        return [each for each in self.rows if each.why]

    @property
    def together(self) -> list[Row]:
        """What may be opened together: nothing that was told to some of the table only, or withheld in the version before."""
        return [row for part in self.parts for row in part.together]

    @property
    def doubtful(self) -> bool:
        """Whether an approval asks that something was looked at."""
        return bool(self.elsewhere or self.carried or self.lost)

    def number(self, place: str) -> int:
        return next((each.number for each in self.rows if each.cell.place == place), 1)

    def after(self, number: int) -> Row | None:
        """The next line to look at, the first one again after the last."""
        return next((each for each in self.waiting if each.number > number), next(iter(self.waiting), None))

    @classmethod
    def of(cls, meeting: Meeting, by) -> Page:
        """The page of a meeting whose minutes are final. Raises Refused as `making.weighed` does."""
        paper, shown = making.weighed(meeting, by)
        places = {each.place for each in shown}
        marks = [each for each in withholding.standing(meeting.final) if each.place in places]
        black, opened = withholding.passages(marks, shown), withholding.opened(marks, shown)
        carried, lost = making.carried(meeting, by, shown)
        before = making.withheld_before(carried)
        waiting = {each.place for each in making.waiting(meeting, shown, before)}
        rows = [Row(count, cell, *_named(cell), _pieces(cell, [each for each in black if each.place == cell.place]),
                    _why(cell, waiting, before), cell.place in opened, cell.limited or cell.place in before) for count, cell in enumerate(shown, 1)]
        parts = [Part(name, [list(line) for _key, line in groupby(together, lambda each: _line(each.cell))])
                 for name, together in groupby(rows, lambda each: _part(each.cell))]
        for each in parts[1:]:
            each.name = END if each.name == HEAD else each.name
        found = overlooked.elsewhere(shown, [each.passage for each in marks if not each.opened], black, opened)
        return cls(len(paper.hearings) == len(meeting.hearings), shown, marks, parts, found, carried, lost)


def _why(cell: Cell, waiting: set[str], before: set[str]):
    return WHY["before" if cell.place in before else proposal(cell)] if cell.place in waiting else ""


def _part(cell: Cell) -> str:
    return cell.part if cell.place.startswith("hearings.") else HEAD


def _line(cell: Cell) -> str:
    """Texts of one row of a table stand side by side."""
    return cell.place.rpartition(".")[0] if "." in cell.kind else cell.place


def _named(cell: Cell) -> tuple[str, str]:
    steps = cell.where.removeprefix(_part(cell)).split("　")
    return (steps[-2] if len(steps) > 1 else "", steps[-1])


def _pieces(cell: Cell, passages) -> list[tuple[str, bool]]:
    made, last = [], 0
    for start, end, _together in redaction.ranges(cell.text, passages):
        made += [(cell.text[last:start], False), (cell.text[start:end], True)]
        last = end
    return [each for each in (*made, (cell.text[last:], False)) if each[0]]
