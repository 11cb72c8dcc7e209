"""The words of words.toml, with the people of one household put in their places. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
import tomllib

from cases.models import HouseholdType


@cache
def book() -> dict:
    """What words.toml says."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@dataclass
class Words:
    """What is said of one household: the texts of its kind, each with its people's letters and its part of the city."""

    kind: dict
    area: str
    labels: list[str]

    @property
    def type(self) -> HouseholdType:
        return HouseholdType(self.kind["type"])

    @property
    def common(self) -> dict:
        return book()["common"]

    def fill(self, text: str) -> str:
        """The text with {1} … and {area} filled in; whoever is not there is spoken of as the first."""
        if "{" not in text:
            return text
        for place in (1, 2, 3):
            text = text.replace(f"{{{place}}}", self.labels[min(place, len(self.labels)) - 1])
        return text.replace("{area}", self.area)

    def of(self, part: str, dice: Random) -> str:
        """One of the texts of a part."""
        return self.fill(dice.choice(self.kind[part]))

    def rows(self, part: str) -> list[dict]:
        """The rows of a part, filled in."""
        return [{name: self.fill(value) if isinstance(value, str) else value for name, value in row.items()} for row in self.kind[part]]
