"""The agenda's arithmetic: planned, used and left minutes. Pure: no web, no database."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
import tomllib


@cache
def _shipped() -> tuple[dict, ...]:
    kept = tomllib.loads(Path(__file__).with_name("templates.toml").read_text(encoding="utf-8"))
    return tuple(each | dict(items=[kept["steps"][item["step"]] | dict(minutes=item["minutes"]) for item in each["items"]])
                 for each in kept["templates"])


def templates(part: str = "meeting") -> tuple[dict, ...]:
    """The shipped agenda templates (key, label_ja, label_en, purpose, minutes, items) for a whole "meeting", or for one
    "case" of several."""
    return tuple(each for each in _shipped() if each.get("part", "meeting") == part)


def template(key: str) -> dict:
    """One shipped template by its key. Raises KeyError for an unknown one."""
    return {each["key"]: each for each in _shipped()}[key]


def steps(key: str, language: str) -> list[dict]:
    """The steps of a shipped template as an agenda takes them, in that language ("ja" or "en")."""
    return [step(each, language) for each in template(key)["items"]]


def step(item: dict, language: str) -> dict:
    """One step of a template as an agenda takes it: title, minutes, screen, what to say, whether only some share in it."""
    return dict(title=item[f"title_{language}"], minutes=item["minutes"], screen=item["screen"], say=item[f"say_{language}"],
                limited=item.get("limited", False))


def timetable(whole: int, cases: list[str], language: str) -> list[tuple[int | None, dict]]:
    """A meeting of `whole` minutes that hears several cases one after the other: (place of the case or None for all, step).

    `cases` are template keys, one a case. What the templates leave of the whole becomes the common opening, 5 minutes at
    least; the cases keep their lengths even when they do not fit (the page then says by how much).
    """
    rest = whole - sum(template(key)["minutes"] for key in cases)
    opening = dict(steps("opening", language)[0], minutes=min(15, max(5, rest)))
    return [(None, opening)] + [(place, step) for place, key in enumerate(cases) for step in steps(key, language)]


def used_seconds(started_at: datetime | None, ended_at: datetime | None, now: datetime, stood: int = 0) -> int:
    """How long an item has run, in seconds, without the `stood` seconds it stood still; 0 before it starts. All instants aware."""
    if started_at is None:
        return 0
    else:
        return max(0, int(((ended_at or now) - started_at).total_seconds()) - stood)


def starts(begins: datetime, minutes: list[int]) -> list[datetime]:
    """When each item is planned to start, from the meeting's beginning and each item's planned minutes."""
    times, at = [], begins
    for length in minutes:
        times.append(at)
        at += timedelta(minutes=length)
    return times


LONGEST, EARLY = 240, timedelta(minutes=30)


def resized(minutes: int, by: int, used: int) -> int:
    """A step's planned minutes, made longer or shorter: never more than four hours, never shortened below the seconds it
    has used (rounded up), and never below one minute."""
    if by >= 0:
        return min(LONGEST, minutes + by)
    else:
        return max(minutes + by, min(minutes, max(1, -(-used // 60))))


def remaining(steps: list[tuple[int, int]], current: int) -> int:
    """The seconds that are still planned: of the step at `current` and of those after it (from 0 before the first), each
    (planned minutes, used seconds). A step before it that was passed over is not waited for; time overrun is not earned back."""
    return sum(max(0, minutes * 60 - used) for minutes, used in steps[current:])


def due_end(starts: datetime, ends: datetime, opened: datetime) -> datetime:
    """When the meeting should end: as planned; one that was opened long before its hour, or after it, lasts as long as planned."""
    if starts - EARLY <= opened < ends:
        return ends
    else:
        return opened + (ends - starts)


def minutes_late(foreseen: datetime, due: datetime) -> int:
    """How many minutes later than due it is foreseen to end; negative when earlier. Seconds short of a minute do not count."""
    return int((foreseen - due).total_seconds() / 60)
