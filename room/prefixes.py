"""What somebody types before a line to say its kind and who said it: 「決 …」「f …」「@包括 …」「包括、…」. Pure.

The same is read while typing by static/room/prefix.js; tests/room/prefixes.json holds both to one answer. A sign counts
only with its space or colon, a capital letter only with a colon (「D さん」 and "I think" are texts).
"""

from __future__ import annotations

from dataclasses import dataclass
from os.path import commonprefix
import re
import unicodedata

KINDS = {"事": "fact", "意": "opinion", "見": "formulation", "論": "issue", "決": "decision", "持": "taken_back",
         "f": "fact", "o": "opinion", "m": "formulation", "i": "issue", "d": "decision", "t": "taken_back"}
_KIND = re.compile("([事意見論決持fomidtｆｏｍｉｄｔ])[ \u3000:：][ \u3000]*|([FOMIDTＦＯＭＩＤＴ])[:：][ \u3000]*")
_WORD = "([^ \u3000\t\n:：、，,@＠]{2,20})"
_CALLED = re.compile(f"[@＠]{_WORD}(?:[ \u3000\n:：、，,]+|$)")
_NAMED = re.compile(f"{_WORD}[:：、][ \u3000]*")


@dataclass(frozen=True)
class Line:
    """A line without its signs; `several` are the agencies that a sign might mean, when it is not clear which."""

    text: str
    kind: str = ""
    agency_id: int = 0
    several: tuple[int, ...] = ()


def read(text: str, names: dict[int, list[str]]) -> Line:
    """Read the signs at the start of a line; `names` are what each agency at the table is called (its name, its people,
    their readings). A line without signs comes back as it is."""
    kind, agency_id, several = "", 0, ()
    for _sign in range(2):  # the kind and the agency, in either order
        if not kind and (found := _KIND.match(text)):
            kind, text = KINDS[_plain(found[1] or found[2])], text[found.end():]
        if not agency_id and (found := _CALLED.match(text) or _NAMED.match(text)):
            meant = meant_by(found[1], names, short=text[0] in "@＠")
            if len(meant) == 1:
                agency_id, text = meant[0], text[found.end():]
            elif text[0] in "@＠":
                several = tuple(meant)
    return Line(text, kind, agency_id, several)


def example(labels: dict[int, str], names: dict[int, list[str]]) -> str:
    """Two letters that call one agency and no other; what several agencies begin with (「みなも市」) is passed over."""
    for id, label in labels.items():
        shared = max((len(commonprefix([label, other])) for of, other in labels.items() if of != id), default=0)
        letters = label[shared:].lstrip(" \u3000")[:2]
        if len(letters) == 2 and meant_by(letters, names) == [id]:
            return letters
    return ""


def meant_by(word: str, names: dict[int, list[str]], short: bool = False) -> list[int]:
    """The agencies in whose names the word stands; with `short`, else those it may shorten (社協: 社会福祉協議会)."""
    word = _plain(word)
    inside = [id for id, called in names.items() if any(word in _plain(each) for each in called)]
    if inside or not short:
        return inside
    else:
        return [id for id, called in names.items() if any(_shortens(word, _plain(each)) for each in called)]


def _plain(text: str) -> str:
    """Half width, small letters, hiragana, no spaces."""
    narrow = unicodedata.normalize("NFKC", text).lower().replace(" ", "")
    return "".join(chr(ord(each) - 0x60) if "ァ" <= each <= "ヶ" else each for each in narrow)


def _shortens(word: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in word)
