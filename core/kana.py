"""The order of Japanese readings, as a directory has it (after JIS X 4061): first by the letters alone, ー as the vowel it
lengthens; where these are the same by the marks of voicing (か before が, は before ば before ぱ), then by size (ー before っ
before つ). Pure.
"""

from __future__ import annotations

import re
import unicodedata

ROWS = dict(zip(("a", "ka", "sa", "ta", "na", "ha", "ma", "ya", "ra", "wa"), "あかさたなはまやらわ"))  # 行 of the 五十音, by a word for an address
LONGEST = 130  # letters that count: three levels of them fit a column of 400


def order(text: str) -> str:
    """What a reading, or a name without one, is sorted by. Compare it by code points: such columns are in the "C" collation."""
    letters: list[tuple[str, str, str]] = []
    plain = _NUMBER.sub(lambda found: found[0].zfill(5), unicodedata.normalize("NFKC", text).casefold())  # 班2 before 班10
    for sign in unicodedata.normalize("NFD", plain):
        if sign in _MARKS and letters:
            letters[-1] = letters[-1][0], _MARKS[sign], letters[-1][2]
        elif sign in _AGAIN and letters:
            letters.append((letters[-1][0], _PLAIN, _REPEATED))
        elif sign == "ー" and letters:
            letters.append((_vowel(letters[-1][0]), _PLAIN, _LONG))
        elif sign.isalnum():
            kana = chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign
            letters.append((_SMALL.get(kana, kana), _PLAIN, _LITTLE if kana in _SMALL else _WHOLE))
    return " ".join("".join(level) for level in zip(*letters[:LONGEST]))  # a blank stands before every letter: か, かあ


def row(place: str) -> str:
    """The row (a key of ROWS) in which something with this `order` stands; "" for digits, Latin letters and what has no reading."""
    return next((key for key, first in reversed(ROWS.items()) if first <= place[:1] <= _LAST), "")


def bounds(row: str) -> tuple[str, str]:
    """(first, last) between which the orders of a row lie: from the first on, before the last."""
    firsts = [*ROWS.values(), chr(ord(_LAST) + 1)]
    at = firsts.index(ROWS[row])
    return firsts[at], firsts[at + 1]


_LAST = "ん"
_NUMBER = re.compile("[0-9]+")
_MARKS = {"\u3099": "1", "\u309a": "2"}
_AGAIN = "ゝヽ"
_PLAIN, _LONG, _LITTLE, _REPEATED, _WHOLE = "0", "0", "1", "2", "3"
_SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ"))
_VOWELS = {letter: row[0] for row in ("あかさたなはまやらわ", "いきしちにひみりゐ", "うくすつぬふむゆる", "えけせてねへめれゑ", "おこそとのほもよろを") for letter in row}


def _vowel(letter: str) -> str:
    return _VOWELS.get(letter, letter)
