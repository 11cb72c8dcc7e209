"""What to try next, from the answers of the office. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
import tomllib

from selfcheck.survey import Words

MOST = 3  # an office that is told ten things tries none


@dataclass(frozen=True)
class Tip:
    """One thing to try: when it fits, what to do and how, and the page of the app for it. `again`: it fitted last time, too."""

    question: str
    when: str
    options: tuple[str, ...]
    words: Words
    how: Words
    where: str
    link: Words
    topic: str
    hint: str = ""
    again: bool = False

    def fits(self, chosen: dict[str, set[str]]) -> bool:
        """Whether these answers call for it; a question nobody answered calls for nothing."""
        if self.question not in chosen:
            return False
        some = not chosen[self.question].isdisjoint(self.options)
        return some if self.when == "chosen" else not some


def suggest(chosen: dict[str, set[str]], earlier: dict[str, set[str]], most: int = MOST) -> list[Tip]:
    """At most `most` tips that fit these answers, one a topic; what fitted the earlier answers as well stands first."""
    fitting, asked = [], set()
    for tip in sorted((each for each in shelf() if each.fits(chosen)), key=lambda each: not each.fits(earlier)):
        if tip.topic not in asked:
            asked.add(tip.topic)
            fitting.append(replace(tip, again=tip.fits(earlier)))
    return fitting[:most]


@cache
def shelf() -> tuple[Tip, ...]:
    """All tips, in the order of advice.toml."""
    told = tomllib.loads(Path(__file__).with_name("advice.toml").read_text(encoding="utf-8"))["tips"]
    return tuple(_tip(each) for each in told)


def _tip(row: dict) -> Tip:
    words, how, link = (Words(row[f"{name}ja"], row[f"{name}en"]) for name in ("", "how_", "link_"))
    return Tip(row["question"], row["when"], tuple(row["options"]), words, how, row["where"], link, row.get("topic", row["question"]), row.get("hint", ""))
