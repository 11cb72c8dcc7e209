"""What of the passages to be withheld nobody has decided yet, and where the same words stand unmarked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papers.proposals import proposal
from papers.redaction import Cell, Passage, occurrences, overlapping, widened

# Words of a fixed list: that 出席 stands in every line tells nothing of the one that is withheld.
FIXED = ("attendees.attendance", "attendees.role", "attendees.acknowledged", "assignments.rank", "assignments.confirmation", "carried.state")


@dataclass(frozen=True)
class Elsewhere:
    """A place where words that are withheld at another one stand unmarked."""

    cell: Cell
    words: str


def undecided(cells: Iterable[Cell], decided: set[str], before: set[str] = frozenset()) -> list[Cell]:
    """The texts that should be looked at and have no decision (`decided`: the places that have one); so should those that the version
    `before` withheld, whatever they speak of."""
    return [each for each in cells if each.place not in decided and (each.place in before or proposal(each))]


def elsewhere(cells: Iterable[Cell], marks: Iterable[Passage], black: Iterable[Passage], opened: set[str]) -> list[Elsewhere]:
    """Where the words of these marks stand and are not `black`, each once for a place. A place that somebody `opened` is
    left alone: it was decided."""
    cells, black = list(cells), list(black)
    at, found = {each.place: each for each in cells}, {}
    for words in dict.fromkeys(_words(at[each.place], each) for each in marks if each.place in at and not _fixed(at[each.place], each)):
        for cell in cells if len(words) > 1 else ():
            spans = [widened(cell.text, *span) for span in occurrences(cell.text, words)]
            if cell.place not in opened and any(not overlapping(Passage(cell.place, *span), black) for span in spans):
                found.setdefault((cell.place, words), Elsewhere(cell, words))
    return sorted(found.values(), key=lambda each: cells.index(each.cell))


def _words(cell: Cell, mark: Passage) -> str:
    return cell.text[mark.start:mark.end].strip()


def _fixed(cell: Cell, mark: Passage) -> bool:
    return mark.end is None and cell.kind in FIXED
