"""Words in a narrow box: how wide they are, where they break, where they are cut. Pure."""

from __future__ import annotations

import unicodedata

_WIDE = {"W", "F", "A"}
_NEVER_FIRST = "、。，．・)）」』】〕ー々っゃゅょァィゥェォッャュョ!?！？"


def breadth(text: str, size: float) -> float:
    """How wide a text of this size is, near enough: Japanese characters are square, others a little over half as wide."""
    return sum(size if unicodedata.east_asian_width(each) in _WIDE else size * 0.58 for each in text)


def shortened(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines no wider than `width`; what has no room is left out, with a … for it."""
    lines, rest = [], " ".join(text.split())
    while rest and len(lines) < most:
        taken = _fitting(rest, width, size)
        last = len(lines) == most - 1
        if last and taken < len(rest):
            lines.append(rest[:_fitting(rest, width - size, size)].rstrip() + "…")
            rest = ""
        else:
            lines.append(rest[:taken].strip())
            rest = rest[taken:].strip()
    return tuple(lines)


def _fitting(text: str, width: float, size: float) -> int:
    """How many characters fit: at least one, a Latin word unbroken where that can be, no 、 at the head of a line."""
    count = 0
    while count < len(text) and breadth(text[:count + 1], size) <= width:
        count += 1
    if count >= len(text):
        return len(text)
    space = text.rfind(" ", 1, count + 1)
    if space > count // 2:
        return space
    seam = next((place for place in range(count, max(count - 4, 1), -1) if _seam(text, place)), count)
    if seam > 1 and text[seam] in _NEVER_FIRST:
        seam -= 1
    if seam > 2 and len(text) - seam == 1:  # no character stands alone on the next line
        seam -= 1
    return max(1, seam)


def _seam(text: str, place: int) -> bool:
    """Whether a new word is likely to begin here: 保健|センター, くらしの|窓口."""
    before, after = _script(text[place - 1]), _script(text[place])
    return before != after and after in ("kanji", "katakana") and text[place] not in _NEVER_FIRST


def _script(sign: str) -> str:
    if sign in "ー・":
        return "katakana"
    name = unicodedata.name(sign, "")
    return "kanji" if name.startswith("CJK") else name.split(" ")[0].lower()
