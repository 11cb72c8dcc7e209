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

NOTHING = Told(0, exact=False)


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


def of(breakdown: Breakdown, year: int, seen: sa.Select | None, quiet: tuple[bool, bool] = (False, False)) -> Parts:
    """The parts of a figure. `seen` are ids of the rows the reader may open; None for readers outside the house, who are told of nothing that is few.
    Whoever may not open every row is told of the finished quarters of the running year: two readings then differ by all that came in a quarter.
    Readers outside are told of finished years alone. `quiet`: of the year, and the one before, nothing is told at all."""
    names, years = breakdown.named(), (_of_year(breakdown, year, seen), _of_year(breakdown, year - 1, seen))
    counts = [{} if hush else each.counts for each, hush in zip(years, quiet, strict=True)]
    keys = [*names, *sorted({key for each in counts for key in each} - {*names, None})]
    if breakdown.households or seen is None:
        wholes = [counting.unseen(breakdown, each.span, seen) if breakdown.several else None for each in years]
        now, then = (dict.fromkeys(keys, NOTHING) if hush else told(each, keys, whole) for each, whole, hush in zip(counts, wholes, quiet, strict=True))
    else:
        now, then = ({key: Told(each.get(key, (0, 0))[0]) for key in keys} for each in counts)
    part = lambda key, name: Part(key, name, years[0].said(now[key]), years[1].said(then[key]), now[key].count if now[key].exact else None)  # noqa: E731
    shown = [key for key in keys if now[key].count or then[key].count]
    held = [key for key in keys if key not in shown and not (now[key].exact and then[key].exact)]
    return Parts(breakdown, [part(key, names.get(key, str(key))) for key in shown], part(held[0], "") if held else None, len(held), years[0].months)


@dataclass(frozen=True)
class _Year:
    """What is counted of a year: its span, {part: (how many, how many of these seen)}, and how many months that are, where not all that have begun."""

    span: Span
    counts: dict
    months: int | None

    def said(self, each: Told) -> str:
        return "―" if self.months == 0 else said(each)


def _of_year(breakdown: Breakdown, year: int, seen: sa.Select | None) -> _Year:
    whole = Span.between(year, None, clock.today())
    if seen is None:
        until = Span.over(year, clock.today())
        return _Year(until, counting.parts(breakdown, until), None if until == whole else until.months)
    until, counts = Span.finished(year, clock.today()), counting.parts(breakdown, whole, seen)
    if breakdown.households and until != whole and any(count != known for count, known in counts.values()):
        return _Year(until, counting.parts(breakdown, until, seen), until.months)
    return _Year(whole, counts, None)


def said(each: Told) -> str:
    """7, 非公表 or 7件以上, as a cell says it."""
    if each.exact:
        return str(each.count)
    else:
        return _("%(num)s or more", num=each.count) if each.count else _("not told")
