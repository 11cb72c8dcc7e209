"""A figure: a small record of its words and its one question. The list of them is what pages, papers and benchmarks go through.

A figure's *facts* are a SELECT of

- `at`: the day or instant by which it falls into a month (its function says `within(span, at)` itself),
- `unit`: what is counted, each once,
- `row`: the id of the record that is opened from it (of the kind `opens`),
- `value`: for an average the number, for a share 1 or 0,
- `part`: in the facts of a breakdown only, which part of it this falls into; NULL for none.

Of a stock the facts may be a `Stock`, which is counted in one pass instead of once for every month.

The rows behind a figure are the rows of the same SELECT, so a count and what it opens to cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
import enum

import sqlalchemy as sa

from core.languages import Later, later
from reports.span import Span
from reports.sql import ends

Facts = Callable[[Span], sa.Select]


@dataclass(frozen=True)
class Stock:
    """Facts of what is there for a time: `stays` is a SELECT of `unit`, `row`, the day it `begins` and the first day on which it is
    there no more (`until`, NULL while it is). Called as facts, it gives them for the last day of each month."""

    stays: Facts

    def __call__(self, span: Span) -> sa.Select:
        stays, days = self.stays(span).subquery(), ends(span)
        return sa.select(days.c.at, stays.c.unit, stays.c.row).join_from(stays, days, there(stays.c, days.c.at))


def there(stays, day):
    """Condition: a stay (its columns) covers a day."""
    return sa.and_(stays.begins <= day, sa.or_(stays.until.is_(None), stays.until > day))


class Group(enum.Enum):
    """What belongs together on a page, in the order of the state's own questions."""

    CONSULTATIONS = "consultations"
    CONSENTS = "consents"
    MEETINGS = "meetings"
    PLANS = "plans"
    COURSE = "course"
    ROLES = "roles"
    RESOURCES = "resources"
    COUNCILS = "councils"
    RULES = "rules"
    OFFICE = "office"

    @property
    def label(self):
        return {"consultations": later("Consultations and referrals"), "consents": later("Consents"), "meetings": later("Meetings held"), "plans": later("Plans and evaluations"),
                "course": later("Course of the cases"), "roles": later("Roles after the meetings"), "resources": later("Ideas for resources"),
                "councils": later("Councils"), "rules": later("Ground rules"), "office": later("How the meetings are run")}[self.value]


class Measure(enum.Enum):
    """How facts become a number. A year is not always the sum of its months."""

    COUNT = "count"  # each unit once
    ONCE_A_YEAR = "once_a_year"  # each unit once a month, and once a year
    AVERAGE = "average"
    SHARE = "share"  # per cent
    STOCK = "stock"  # how many there are at the end of a month; of a year, at its end


class Unit(enum.Enum):
    """What the number counts, as it stands behind it."""

    CASE = "case"
    MEETING = "meeting"
    PERSON = "person"
    AGENCY = "agency"
    DAY = "day"
    MINUTE = "minute"
    PERCENT = "percent"
    POINT = "point"

    @property
    def label(self):
        return {"case": later("cases"), "meeting": later("times"), "person": later("people"), "agency": later("agencies"), "day": later("days"),
                "minute": later("minutes (unit)"), "percent": later("%"), "point": later("points")}[self.value]


@dataclass(frozen=True)
class Breakdown:
    """A figure by parts, for a whole year. `names()` gives the parts in their own order, never by size: {key: name}.

    What it tells of `households` (kind, domain, who put them forward …) could point at one of them where numbers are small:
    there small numbers are for those who may see the cases anyway (reports/small.py). By month it is not given at all.
    """

    key: str
    label: Later
    facts: Facts
    names: Callable[[], dict[str, str]]
    households: bool = True
    several: bool = False  # one unit may fall into several parts: they add up to more than the whole
    nobody: Later | None = later("Not recorded")  # what NULL is called; None where everything falls into a part

    def named(self) -> dict[str | None, str]:
        """All its parts by their names, in their order; what falls into none comes last."""
        return self.names() if self.nobody is None else {**self.names(), None: str(self.nobody)}


@dataclass(frozen=True)
class Figure:
    """One number of the year. `charted` ones are drawn beside the table of their group.

    `people`: it counts households, cases or people, or tells of them. Readers outside the house get of such a figure the whole
    of a finished year, unless it is small (reports/outside.py); of what counts meetings or proposals alone, the months, too.
    """

    key: str
    group: Group
    label: Later
    definition: Later
    facts: Facts
    opens: str  # the kind of record behind it, by its name in reports/behind.py
    unit: Unit = Unit.CASE
    measure: Measure = Measure.COUNT
    breakdowns: tuple[Breakdown, ...] = field(default=())
    charted: bool = False
    people: bool = True


_figures: dict[str, Figure] = {}


def figure(key: str, group: Group, label: Later, definition: Later, facts: Facts, opens: str, **more) -> Figure:
    """Put a figure into the list, behind those of its group that are there. Raises ValueError for a key that is taken."""
    if key in _figures:
        raise ValueError(f"two figures are called {key}")
    _figures[key] = Figure(key, group, label, definition, facts, opens, **more)
    return _figures[key]


def listed() -> list[Figure]:
    """All figures, group by group."""
    order = list(Group)
    return sorted(_figures.values(), key=lambda each: order.index(each.group))


def grouped() -> list[tuple[Group, list[Figure]]]:
    """(group, its figures) of every group that has any."""
    return [(group, there) for group in Group if (there := [each for each in listed() if each.group == group])]


def named(key: str) -> Figure | None:
    """The figure of this key, if there is one."""
    return _figures.get(key)
