"""A figure by parts for a 年度 and the one before, told as far as the reader may know (reports/small.py)."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from core import clock
from core.languages import _
from reports import counting
from reports.figure import Breakdown
from reports.small import Told, told
from reports.span import Span


@dataclass(frozen=True)
class Part:
    """One part: its key (None for what falls into none), its name, and what is told of it in the year and the one before."""

    key: str | None
    name: str
    year: str
    before: str
    number: int | None  # for a bar; None where it may be more


@dataclass(frozen=True)
class Parts:
    breakdown: Breakdown
    rows: list[Part]
    others: Part | None  # what is said of each of those that are held back, if there are any
    held_back: int  # how many parts these are
    months: int | None = None  # how many months of the year are told of, where only its finished quarters are

    @property
    def silent(self) -> bool:
        """Whether not one part is told."""
        return not self.rows and self.others is not None


def of(breakdown: Breakdown, year: int, seen: sa.Select | None) -> Parts:
    """The parts of a figure. `seen` are ids of the rows the reader may open; None for readers outside the house, who are told of nothing that is few.
    Whoever may not open every row is told of the finished quarters of the running year: two readings then differ by all that came in a quarter."""
    names, spans = breakdown.named(), [Span.between(each, None, clock.today()) for each in (year, year - 1)]
    counts = [counting.parts(breakdown, each, seen) for each in spans]
    hushed = breakdown.households or seen is None
    until = Span.finished(year, clock.today())
    finished = counting.parts(breakdown, until, seen) if hushed and until != spans[0] else counts[0]
    cut = finished is not counts[0] and any(count != known for count, known in counts[0].values())
    if cut:
        spans[0], counts[0] = until, finished
    keys = [*names, *sorted({key for each in counts for key in each} - {*names, None})]
    if hushed:
        wholes = [counting.unseen(breakdown, each, seen) if breakdown.several else None for each in spans]
        now, then = (told(each, keys, whole) for each, whole in zip(counts, wholes, strict=True))
    else:
        now, then = ({key: Told(each.get(key, (0, 0))[0]) for key in keys} for each in counts)
    nothing = cut and not until.months
    part = lambda key, name: Part(key, name, "―" if nothing else said(now[key]), said(then[key]), now[key].count if now[key].exact else None)  # noqa: E731
    shown = [key for key in keys if now[key].count or then[key].count]
    held = [key for key in keys if key not in shown and not (now[key].exact and then[key].exact)]
    return Parts(breakdown, [part(key, names.get(key, str(key))) for key in shown], part(held[0], "") if held else None, len(held), until.months if cut else None)


def said(each: Told) -> str:
    """7, 非公表 or 7件以上, as a cell says it."""
    if each.exact:
        return str(each.count)
    else:
        return _("%(num)s or more", num=each.count) if each.count else _("not told")
