"""Who has spoken little: agencies, never persons, and never a ranking; a hint for whoever leads. Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LONG = timedelta(minutes=20)  # without a line: worth a glance from whoever leads


@dataclass(frozen=True)
class Voice:
    """One agency at the table: how many of its lines were written down, and when the last one was."""

    agency: str
    lines: int = 0
    last: datetime | None = None

    def quiet(self, now: datetime) -> bool:
        """Whether it has spoken, but not for a while."""
        return self.last is not None and now - self.last >= LONG


def voices(table: Sequence[str], said: Iterable[tuple[str, datetime]]) -> list[Voice]:
    """What is known of each agency at the table, in the order of the seats; `said` is (agency, when) of every line. Lines of
    agencies that are not at the table (or of nobody in particular) count for none."""
    times: dict[str, list[datetime]] = {agency: [] for agency in table}
    for agency, at in said:
        if agency in times:
            times[agency].append(at)
    return [Voice(agency, len(when), max(when, default=None)) for agency, when in times.items()]


def unheard(all_voices: Sequence[Voice]) -> list[str]:
    """The agencies that have not spoken yet. Nobody is named before anybody at all has spoken."""
    return [each.agency for each in all_voices if not each.lines] if any(each.lines for each in all_voices) else []


def quiet(all_voices: Sequence[Voice], now: datetime) -> list[Voice]:
    """The agencies that have spoken, but not for a while."""
    return [each for each in all_voices if each.quiet(now)]
