"""What a new text of the rules changes, line by line and within a line word by word. Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.differences import pieces

MOST = 2_500  # pairs of lines that are looked at for likeness; a text written wholly anew stands below the old one
ALIKE = 0.4  # from here on two lines are one that was reworded; below, one went and another came


@dataclass(frozen=True)
class Change:
    """One line before and now; the one that was not there is empty."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new

    @property
    def was(self) -> list[tuple[str, bool]]:
        """The old line in pieces, each with whether it is gone."""
        return pieces(self.old, self.new, words=True)

    @property
    def now(self) -> list[tuple[str, bool]]:
        """The new line in pieces, each with whether it is new."""
        return pieces(self.new, self.old, words=True)


def changes(old: str, new: str) -> list[Change]:
    """Every line of both texts, in their order; blank lines are left out."""
    before, after = ([line for line in text.splitlines() if line.strip()] for text in (old, new))
    found: list[Change] = []
    for same, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if same == "equal":
            found += [Change(line, line) for line in before[first:last]]
        else:
            found += _paired(before[first:last], after[begin:end])
    return found


def _paired(gone: list[str], come: list[str]) -> Iterator[Change]:
    """Reworded lines beside each other; what has no like stands alone."""
    comparable = len(gone) * len(come) <= MOST
    for line in gone:
        like = next((place for place, each in enumerate(come) if comparable and _alike(line, each)), None)
        if like is None:
            yield Change(line, "")
        else:
            yield from (Change("", each) for each in come[:like])
            yield Change(line, come[like])
            come = come[like + 1:]
    yield from (Change("", each) for each in come)


def _alike(line: str, other: str) -> bool:
    found = SequenceMatcher(None, line, other, autojunk=False)
    return found.real_quick_ratio() >= ALIKE and found.quick_ratio() >= ALIKE and found.ratio() >= ALIKE
