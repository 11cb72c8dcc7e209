"""What is sent twice is kept once; what is sent under the same key in other words is something else. Pure: no web, no database."""

from __future__ import annotations

import hashlib


def key_of(key: str, *what) -> str:
    """The key under which `what` is kept (40 hex digits): that of the page, together with who sent what to where."""
    return hashlib.sha256(repr((key, [_plain(each) for each in what])).encode()).hexdigest()[:40]


def _plain(each):
    if isinstance(each, (tuple, list)):
        return [_plain(part) for part in each]
    return getattr(each, "id", each)  # a record by its number
