"""What stands in a plan (プラン), as plain data that can be frozen word for word. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
import hashlib
import json


@dataclass(frozen=True)
class Support:
    """One support towards a goal: who does what, how often, until when, and what the person does themself."""

    who: str = ""
    what: str = ""
    often: str = ""
    until: str = ""  # a day as 2026-07-08, or empty
    own_part: str = ""


@dataclass(frozen=True)
class Goal:
    """A goal, in the order of its urgency."""

    text: str
    issue: str = ""
    supports: tuple[Support, ...] = ()


@dataclass(frozen=True)
class Content:
    """A whole plan. Days are texts such as 2026-07-08, so that a frozen plan never changes its form."""

    aim: str = ""
    family_idea: str = ""
    goals: tuple[Goal, ...] = ()
    programmes: tuple[str, ...] = ()
    programme_note: str = ""
    informal: str = ""
    emergency: str = ""
    period_from: str = ""
    period_to: str = ""
    monitoring_on: str = ""

    @classmethod
    def from_json(cls, text: str) -> Content:
        """The content that `to_json` wrote."""
        kept = json.loads(text)
        goals = tuple(Goal(each["text"], each["issue"], tuple(Support(**one) for one in each["supports"])) for each in kept.pop("goals"))
        return cls(goals=goals, programmes=tuple(kept.pop("programmes")), **kept)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of every word: two versions are the same when their hashes are."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @property
    def monitoring(self) -> date | None:
        return day(self.monitoring_on)


def day(text: str) -> date | None:
    """The day a plan names, or None."""
    return date.fromisoformat(text) if text else None
