"""Where two texts of one line differ, for the eye. Pure: no web, no database."""

from __future__ import annotations

from difflib import SequenceMatcher


def pieces(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it does not stand in the other text."""
    found = []
    for same, start, end, *_other in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        if start < end:
            found.append((text[start:end], same != "equal"))
    return found
