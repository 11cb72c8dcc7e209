"""Where two texts of one line differ, for the eye. Pure: no web, no database."""

from __future__ import annotations

from difflib import SequenceMatcher
import re

# Japanese has no blanks between its words: a change of script is the nearest thing to one.
_WORD = re.compile("[0-9０-９]+|[a-zA-Zａ-ｚＡ-Ｚ]+|[ァ-ヺー]+|[一-鿿々〆]+|[ぁ-ゖ]+|.", re.DOTALL)


def pieces(text: str, other: str, words: bool = False) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it does not stand in the other text; compared letter by letter, or by `words`."""
    mine, theirs = (_WORD.findall(text), _WORD.findall(other)) if words else (text, other)
    found = []
    for same, start, end, *_other in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if start < end:
            found.append(("".join(mine[start:end]), same != "equal"))
    return found
