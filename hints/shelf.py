"""The shelf of hints: each a short Markdown page of the product, `texts/<language>/<key>.md`, its first line the title.

Pure: no web, no database. The texts are ours, not typed by anybody: they need no cleaning.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from markdown import markdown
from markupsafe import Markup

WORRIES = ("few_cases", "consent", "absent", "no_way", "refused", "informal", "closing")  # where a worry arises, in the order of the guide
NEXT = ("after_role", "after_speaking", "after_blame", "after_wish", "after_moving", "after_good")  # to try next time
TEXTS = Path(__file__).with_name("texts")


class Hint(NamedTuple):
    """One page of the shelf, ready to be shown."""

    key: str
    title: str
    body: Markup


@cache
def hint(key: str, language: str) -> Hint:
    """The hint with this key in this language ("ja", "en"). KeyError for one that is not on the shelf."""
    if key not in WORRIES + NEXT or language not in ("ja", "en"):
        raise KeyError(key)
    title, _line, body = (TEXTS / language / f"{key}.md").read_text(encoding="utf-8").partition("\n")
    return Hint(key, title.removeprefix("# ").strip(), Markup(markdown(body, extensions=["sane_lists"])))
