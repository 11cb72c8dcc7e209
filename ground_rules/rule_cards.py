"""「ルールに戻る」: each numbered rule of a text as a card. Pure: no web, no database.

An office writes its rules as it likes: in bold or not, with a reason beneath or not, numbered with １． as people type it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
import re

_RULE = re.compile(r"(\d{1,3})\.[ \t]+(\S.*)")  # "6. **その場で引き受けるよう迫りません。**"
_STRONG = re.compile(r"\*\*(.+?)\*\*(.*)")
_TYPED = re.compile(r"^ {0,3}([0-9０-９]{1,3})[.．)）、][ \t\u3000]*(?=\S)", re.M)
_OTHER = ("#", ">", "- ", "* ", "---")  # a heading, a quotation, a list begin: the rule is over
_MARKS = re.compile(r"\*\*|__|`")


@dataclass(frozen=True)
class Rule:
    """One rule: its number in its part, what it says, and why or how."""

    number: int
    says: str
    more: str


def rules_in(text: str) -> list[Rule]:
    """The numbered rules of a part of the ground rules, written in Markdown; none where nothing is numbered. They count as
    they are numbered, or by their places when the numbers do not rise (Markdown, too, counts such a list on)."""
    found = list(_split(text))
    numbers = [number for number, *_rest in found]
    if any(after <= before for before, after in zip(numbers, numbers[1:])):
        numbers = list(range(1, len(found) + 1))
    return [Rule(number, *_says(lines)) for number, (_written, lines) in zip(numbers, found)]


def tidy(text: str) -> str:
    """The text with its numbers written as Markdown reads them: １．, 1) and 1、 at the beginning of a line become "1. "."""
    return _TYPED.sub(lambda found: f"{int(found[1])}. ", text)


def _split(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number, its lines) of each rule; what lies deeper belongs to it, also after a blank line."""
    rule, blank = None, False
    for line in text.splitlines():
        begun = _RULE.match(line)
        if begun:
            if rule:
                yield rule
            rule = (int(begun[1]), [begun[2]])
        elif rule and line.strip() and (not line[0].isspace() and (blank or line.startswith(_OTHER))):
            yield rule
            rule = None
        elif rule and line.strip():
            rule[1].append(line)
        blank = not line.strip()
    if rule:
        yield rule


def _says(lines: list[str]) -> tuple[str, str]:
    """What stands in bold, or else the first line; and the rest."""
    first, *rest = (line.strip() for line in lines)
    strong = _STRONG.match(first)
    says, beside = (strong[1], strong[2]) if strong else (first, "")
    return _MARKS.sub("", says).strip(), _MARKS.sub("", " ".join(" ".join([beside, *rest]).split()))
