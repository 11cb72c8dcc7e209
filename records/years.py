"""A 年度 as people write it. Pure: no web, no database."""

from __future__ import annotations

import re
import unicodedata

from core import clock

_WESTERN = re.compile(r"((?:19|20)\d\d)(?:年度?)?$")
_ERA = re.compile(r"(令和|平成|昭和|[RHS])\s*(元|\d{1,2})(?:年度?)?$", re.IGNORECASE)


def year_of(text: str) -> int | None:
    """2026, R8, R08, 令和8年度 → 2026; None for anything else. The year an era began in counts as its first (元年度)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _WESTERN.match(plain):
        return int(found[1])
    if found := _ERA.match(plain):
        count = 1 if found[2] == "元" else int(found[2])
        start = next(start for era, letter, start in clock.ERAS if found[1].upper() in (era, letter))
        return start.year + count - 1 if count else None
    return None
