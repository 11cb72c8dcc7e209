"""The agenda's arithmetic: planned, used and left minutes. Pure: no web, no database."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
import tomllib


@cache
def templates() -> tuple[dict, ...]:
    """The shipped agenda templates (key, label_ja, label_en, minutes, items)."""
    return tuple(tomllib.loads(Path(__file__).with_name("templates.toml").read_text(encoding="utf-8"))["templates"])


def template(key: str) -> dict:
    """One template by its key. Raises KeyError for an unknown one."""
    return {each["key"]: each for each in templates()}[key]


def used_seconds(started_at: datetime | None, ended_at: datetime | None, now: datetime) -> int:
    """How long an item has run, in seconds; 0 before it starts. All instants aware."""
    if started_at is None:
        return 0
    else:
        return max(0, int(((ended_at or now) - started_at).total_seconds()))


def starts(begins: datetime, minutes: list[int]) -> list[datetime]:
    """When each item is planned to start, from the meeting's beginning and each item's planned minutes."""
    times, at = [], begins
    for length in minutes:
        times.append(at)
        at += timedelta(minutes=length)
    return times
