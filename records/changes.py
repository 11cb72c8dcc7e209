"""What differs between two versions of a paper, line by line, for the eye. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from core.differences import pieces

CLOSE = 2  # lines shown around a change


@dataclass(frozen=True)
class Change:
    """Lines that went, lines that came (each in pieces, with whether a piece is new), and those that stand before and after."""

    lead: tuple[str, ...]
    gone: tuple[list[tuple[str, bool]], ...]
    come: tuple[list[tuple[str, bool]], ...]
    trail: tuple[str, ...]


def changes(old: str, new: str) -> list[Change]:
    """Every place at which the new text is another than the old one, in the order of the paper."""
    before, after, found = old.splitlines(), new.splitlines(), []
    for same, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if same != "equal":
            gone, come = _paired(before[a:b], after[c:d])
            found.append(Change(tuple(after[max(0, c - CLOSE):c]), gone, come, tuple(after[d:d + CLOSE])))
    return found


def _paired(gone: list[str], come: list[str]):
    """Lines that took another's place are compared word by word; others are new or gone as they are."""
    if len(gone) == len(come):
        return (tuple(pieces(mine, other, words=True) for mine, other in zip(gone, come)),
                tuple(pieces(mine, other, words=True) for mine, other in zip(come, gone)))
    return tuple([(each, True)] for each in gone), tuple([(each, True)] for each in come)
