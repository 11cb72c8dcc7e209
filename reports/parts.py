"""A figure by parts for a 年度 and the one before, told as far as the reader may know (reports/small.py)."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from core import clock
from core.languages import _
from papers.case_book_facts import FEW
from reports.counting import parts
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
    held_back: int  # how many parts are told by one line, because each is few or empty


def of(breakdown: Breakdown, year: int, seen: sa.Select | None) -> Parts:
    """The parts of a figure. `seen` are ids of the rows the reader may open; None for readers outside the house, who are told of nothing that is few."""
    names, today = breakdown.named(), clock.today()
    now, then = (parts(breakdown, Span.between(each, None, today), seen) for each in (year, year - 1))
    keys = [*names, *sorted({*now, *then} - {*names, None})]
    if breakdown.households or seen is None:
        now, then = told(now, keys), told(then, keys)
    else:
        now, then = ({key: Told(each.get(key, (0, 0))[0]) for key in keys} for each in (now, then))
    shown = [key for key in keys if any(each.count or each.beside for each in (now[key], then[key]))]
    held_back = [key for key in keys if key not in shown and not (now[key].exact and then[key].exact)]
    rows = [Part(key, names.get(key, str(key)), said(now[key]), said(then[key]), now[key].count if now[key].exact else None) for key in shown]
    return Parts(breakdown, rows, len(held_back))


def said(each: Told) -> str:
    """7, 3件未満, 非公表 or 7件以上, as a cell says it."""
    if each.exact:
        return str(each.count)
    elif each.beside and not each.count:
        return _("not told")
    else:
        return _("%(num)s or more", num=each.count) if each.count else few()


def few() -> str:
    """What stands for a number that is too small to be told."""
    return _("under %(num)s", num=FEW)

