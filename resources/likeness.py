"""Which wishes may be the same need, and by which words that is thought. Pure: no web, no database.

Japanese is written without blanks, so texts are compared by their pairs of letters; a pair that stands in many wishes
(支援, 相談) says little, one that stands in two says much. What both share is shown, and a person decides.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from math import log
import re
from typing import NamedTuple

from core import words

ALIKE = 0.07  # of all that both say, weighted: from here on it is worth a look
SHOWN = 5
_PLAIN = re.compile("[ぁ-ゖー]{2}")  # between two words of meaning: 「ている」, 「できる」
_WORD = re.compile("[一-鿿々ァ-ヺーa-zA-Z0-9０-９ぁ-ゖ]+")
_EDGE = re.compile("^[ぁ-ゖー]+|[ぁ-ゖー]+$")


class Likeness(NamedTuple):
    """Another wish that may be the same one: its id, how alike (0–1), and the words both use."""

    id: int
    score: float
    words: tuple[str, ...]


def like(text: str, others: dict[int, str]) -> list[Likeness]:
    """Those of `others` (id → text) that may wish for the same as `text`, the likest first."""
    mine, theirs = _pairs(text), {number: _pairs(each) for number, each in others.items()}
    often = Counter(pair for pairs in theirs.values() for pair in pairs)
    weight = {pair: log(1 + (1 + len(theirs)) / (1 + often[pair])) for pair in set(often) | mine}
    found = []
    for number, pairs in theirs.items():
        both, either = mine & pairs, mine | pairs
        score = sum(map(weight.get, both)) / (sum(map(weight.get, either)) or 1)
        shared = shared_words(text, others[number]) if score >= ALIKE else ()
        if shared:
            found.append(Likeness(number, round(score, 2), shared))
    return sorted(found, key=lambda each: (-each.score, each.id))


def shared_words(text: str, other: str) -> tuple[str, ...]:
    """The words (runs of two letters or more with a meaning) that stand in both, the longest first."""
    runs = []
    for mine in _WORD.findall(text):
        for theirs in _WORD.findall(other):
            runs += [mine[same.a:same.a + same.size] for same in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()]
    trimmed = {_EDGE.sub("", each) for each in runs}
    kept = sorted((each for each in trimmed if len(each) > 1), key=lambda each: (-len(each), text.find(each)))
    return tuple(each for place, each in enumerate(kept) if not any(each in longer for longer in kept[:place]))[:SHOWN]


def _pairs(text: str) -> set[str]:
    return {each for each in words.tokens(words.plain(text)) if len(each) == 2 and not _PLAIN.fullmatch(each)}
