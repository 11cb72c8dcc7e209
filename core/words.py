"""How a text is made findable: one spelling, then its tokens. Pure: no web, no database.

Japanese is written without blanks, so a word is not looked up but its pairs of letters: 介護負担 is 介護・護負・負担.
Whatever is part of a text is found by it, a word of two letters or of one as well. Full width and half width,
capitals, カタカナ and ひらがな, 髙 and 高 are one spelling. Both databases are given these same tokens.
"""

from __future__ import annotations

import re
import unicodedata

VERSION = 2  # a higher number lets every installation build its index anew

_JOINER = re.compile("[-._@/]")
_DASH = re.compile("(?<=[a-z0-9])[‐‑‒–—―−ー](?=[a-z0-9])")  # R08ー0007, as it comes out of a Japanese keyboard
_GAP = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u3099\u309a]|(?<=[^\W_])-(?=[^\W_])|(?<=[a-z0-9])[._@/](?=[a-z0-9]))+")
_LATIN = re.compile("[a-z0-9]{4,}")

_FOLD = {code: code - 0x60 for code in [*range(0x30A1, 0x30F7), 0x30FD, 0x30FE]}  # カ → か, ヽ → ゝ
_FOLD |= dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180E)])  # variation selectors
_FOLD |= dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])  # signs without a shape
_FOLD |= str.maketrans("髙﨑桒濵濱邉邊澤齋齊廣眞惠德國櫻瀨", "高崎桑浜浜辺辺沢斎斉広真恵徳国桜瀬")  # names, as people type them


def plain(text: str) -> str:
    """The one spelling of a text that is kept: its words with a blank between; 山田 花子 is written together."""
    return " ".join(_WORD.findall(_GAP.sub("", spelled(text))))


def asked(text: str) -> list[str]:
    """The words of a query in that spelling, each once; all of them must be part of a text for it to be found."""
    return list(dict.fromkeys(_WORD.findall(spelled(text))))


def tokens(text: str) -> set[str]:
    """What a text in the one spelling is found by: every letter, every pair, and four at a time in Latin and figures."""
    found = set()
    for word in text.split():
        compact = _JOINER.sub("", word)
        found.update(compact, _runs(compact, 2))
        for latin in _LATIN.findall(compact):
            found.update(_runs(latin, 4))  # 0007 alone tells one case from thousands; its pairs do not
    return found


def needed(word: str) -> set[str]:
    """The tokens that every text with this word of a query has; texts without it may have them, too."""
    compact = _JOINER.sub("", word)
    if len(compact) == 1:
        return {compact}
    else:
        return _runs(compact, 4 if _LATIN.fullmatch(compact) else 2)


def spelled(text: str) -> str:
    """The letters of a text in the one spelling, blanks and signs still between them."""
    return _DASH.sub("-", re.sub(r"\s", _blank, unicodedata.normalize("NFKC", text).lower().translate(_FOLD)))


def _blank(found: re.Match) -> str:
    return " " if found[0] not in "\r\n" else "\n"


def _runs(text: str, length: int) -> set[str]:
    return {text[at:at + length] for at in range(len(text) - length + 1)}
