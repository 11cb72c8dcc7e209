"""Which text can be kept for years: in a database, in XML, in Word. Pure: no web, no database."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and newline, lone surrogates and non-characters: XML 1.0 (production 2) has no place
# for them; bidirectional overrides and isolates make a line read differently from what it says (Unicode UAX #9).
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def normal(text: str) -> str:
    """The same text with one kind of line end and without blank space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


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
