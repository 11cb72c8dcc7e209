"""How a paper counts its headings and points: 第1 → 1 → (1) → ア → (ア), or without 第.

Each level begins anew below the one above, one character deeper, and without a mark after the number (公用文). Word counts
by itself; whatever is no Word file counts with `Numbers`.
"""

from __future__ import annotations

KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
# name of the scheme: its levels, each as (Word's kind of number, how it is printed)
SCHEMES = {
    "dai": (("decimal", "第{}"), ("decimal", "{}"), ("decimal", "({})"), ("aiueoFullWidth", "{}"), ("aiueoFullWidth", "({})")),
    "plain": (("decimal", "{}"), ("decimal", "({})"), ("aiueoFullWidth", "{}"), ("aiueoFullWidth", "({})"), ("lowerLetter", "{}")),
}


class Numbers:
    """Counts the levels of a scheme, 1 to 5, each beginning anew below the one above."""

    def __init__(self, scheme: str = "dai"):
        self.scheme, self.counts = SCHEMES[scheme], [0] * 5

    def next(self, level: int) -> str:
        """The next number of that level, in the form it is printed."""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (5 - level)
        kind, form = self.scheme[level - 1]
        return form.format(_written(kind, self.counts[level - 1]))


def _written(kind: str, count: int) -> str:
    if kind == "aiueoFullWidth":  # beyond the last, Word begins anew with the letter doubled
        turns, place = divmod(count - 1, len(KATAKANA))
        return KATAKANA[place] * (turns + 1)
    elif kind == "lowerLetter":
        turns, place = divmod(count - 1, 26)
        return chr(97 + place) * (turns + 1)
    else:
        return str(count)
