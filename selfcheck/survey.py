"""The national survey's questions and figures, read from `survey_KEY.toml`. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
import tomllib

CURRENT = "r4"  # the survey that a new self-check answers
UNKNOWN = "unknown"  # beside the options of a question with one answer: 分からない・該当しない
UNKNOWN_JA, UNKNOWN_EN = "分からない・該当しない", "Do not know, or does not apply"


@dataclass(frozen=True)
class Words:
    """Something said in both languages."""

    ja: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.ja


@dataclass(frozen=True)
class Base:
    """How many municipalities a percentage is of; 0 where that is not known. `derived`: reckoned back, not published."""

    words: Words
    n: int
    derived: bool


@dataclass(frozen=True)
class Option:
    """One answer to choose, with how many of the base gave it: in percent, and as a count where that was published."""

    key: str
    words: Words
    percent: float | None = None
    count: int | None = None


@dataclass(frozen=True)
class Question:
    """One question: `kind` is "one" or "many". `own`: by which name the office's own data speaks to it (evidence.py)."""

    key: str
    kind: str
    words: Words
    base: Base
    options: tuple[Option, ...]
    own: str = ""
    trouble: bool = False  # its options are difficulties, not achievements

    @property
    def choices(self) -> tuple[Option, ...]:
        """What may be chosen: where one answer is asked, also that one does not know."""
        return (*self.options, Option(UNKNOWN, Words(UNKNOWN_JA, UNKNOWN_EN))) if self.kind == "one" else self.options

    def option(self, key: str) -> Option | None:
        return next((each for each in self.choices if each.key == key), None)


@dataclass(frozen=True)
class Section:
    key: str
    words: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Survey:
    """A survey: its source, what it asked whom, and its questions by section."""

    key: str
    source: Words
    frame: Words
    sections: tuple[Section, ...]
    questions: dict[str, Question] = field(hash=False)

    def section(self, key: str) -> Section | None:
        return next((each for each in self.sections if each.key == key), None)

    def after(self, key: str) -> Section | None:
        """The section after this one; None after the last."""
        keys = [each.key for each in self.sections]
        place = keys.index(key) + 1
        return self.sections[place] if place < len(keys) else None


@cache
def read(key: str = CURRENT) -> Survey:
    """The survey of that key. FileNotFoundError for one that was never shipped."""
    told = tomllib.loads(Path(__file__).with_name(f"survey_{key}.toml").read_text(encoding="utf-8"))
    bases = {name: Base(_words(each), each["n"], each["derived"]) for name, each in told["bases"].items()}
    sections = tuple(Section(each["key"], _words(each), tuple(_question(row, bases) for row in each["questions"])) for each in told["sections"])
    source = told["source"]
    return Survey(key, _words(source), Words(source["frame_ja"], source["frame_en"]), sections,
                  {each.key: each for section in sections for each in section.questions})


def _question(row: dict, bases: dict[str, Base]) -> Question:
    options = tuple(Option(each["key"], _words(each), each.get("percent"), each.get("count")) for each in row["options"])
    return Question(row["key"], row["kind"], _words(row), bases[row["base"]], options, row.get("own", ""), row.get("trouble", False))


def _words(row: dict) -> Words:
    return Words(row["ja"], row["en"])
