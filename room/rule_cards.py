"""「ルールに戻る」: each numbered rule of a text as a card. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import dataclass
import re

# "6. **その場で引き受けるよう迫りません。**" and, beneath it, its explanation
_RULE = re.compile(r"^(\d+)\.\s+\*\*(.+?)\*\*[ \t]*\n((?:[ \t]+.*\n?)*)", re.M)


@dataclass(frozen=True)
class Rule:
    """One rule: its number in its part, what it says, and why or how."""

    number: int
    says: str
    more: str


def rules_in(text: str) -> list[Rule]:
    """The numbered rules of a part of the ground rules, written in Markdown; none where it is written otherwise."""
    return [Rule(int(number), says.strip(), " ".join(more.split())) for number, says, more in _RULE.findall(text + "\n")]
