"""Which text can be kept for years: in a database, in XML, in Word. Pure: no web, no database."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and newline, lone surrogates and non-characters: XML 1.0 (production 2) has no place
# for them; bidirectional overrides and isolates make a line read differently from what it says (Unicode UAX #9).
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")

# Hangul fillers, the empty Braille cell, the grapheme joiner and the variation selectors have no shape of their own,
# though Unicode calls them letters, symbols and marks.
_SHAPELESS = {"\u034f", "\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", *map(chr, range(0xfe00, 0xfe10)), *map(chr, range(0xe0100, 0xe01f0))}


def normal(text: str) -> str:
    """The same text with one kind of line end and without blank space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def blank(text: str) -> bool:
    """Whether nobody would see anything of it: empty, or made of signs without a shape only."""
    return all(each in _SHAPELESS or unicodedata.category(each) in ("Cc", "Cf", "Zs", "Zl", "Zp") for each in text)


def unkeepable(text: str) -> list[int]:
    """Where (0-based) a text holds characters that no document can keep."""
    return [found.start() for found in _UNKEEPABLE.finditer(text)]


def revealed(text: str) -> str:
    """The text with its invisible, unkeepable characters made visible, so that a person can find and delete them."""
    return _UNKEEPABLE.sub(lambda found: _picture(ord(found[0])), text)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)  # ␀…␟, the Control Pictures block
    else:
        return f"〔U+{code:04X}〕"
