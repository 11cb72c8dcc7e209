"""Counting: the facts of figures, put into months and counted by the database, as many figures as are asked for in one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from core import clock
from core.database import session
from reports.figure import Breakdown, Figure, Measure, Stock, named, there
from reports.span import Span
from reports.sql import kept, last_days, stretch


@dataclass(frozen=True)
class Cell:
    """A number of units, and the sum of their values where they have any."""

    count: int = 0
    sum: float = 0.0

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.count + other.count, self.sum + other.sum)


@dataclass(frozen=True)
class Line:
    """A figure through a 年度: twelve months and the whole, and the same of the year before. None: nothing to say (yet)."""

    figure: Figure
    months: tuple[float | None, ...]
    total: float | None
    months_before: tuple[float | None, ...]
    before: float | None
    before_so_far: float | None  # of the year before, the same months as have begun in this one
    of: int  # how many units stand behind the total
    of_before: int  # and behind that of the year before

    @property
    def change(self) -> float | None:
        """By how much the year differs from the one before: while it runs, from the same months of that."""
        return None if self.total is None or self.before_so_far is None else round(self.total - self.before_so_far, 1)

    @property
    def empty(self) -> bool:
        return not any((*self.months, *self.months_before))


def count(figure: Figure, year: int) -> Line:
    """The figure of a 年度 and of the one before, by month."""
    return count_all([figure], year)[0]


def count_all(figures: Sequence[Figure], year: int) -> list[Line]:
    """Several figures of a 年度 and of the one before, by month, in their order: in one question, however many they are."""
    span = Span.of(year, clock.today())
    cells = [{} for _figure in figures]
    for place, turn, count, total in session.execute(_asked(tuple(each.key for each in figures), span)):
        cells[place][turn] = Cell(count, float(total or 0))
    return [_line(each, span, there) for each, there in zip(figures, cells, strict=True)]


def parts(breakdown: Breakdown, span: Span, seen: sa.Select | None = None) -> dict[str | None, tuple[int, int]]:
    """{part: (how many units, how many of these with a row among the ids of `seen`)} in a span."""
    facts = breakdown.facts(span).subquery()
    known = sa.false() if seen is None else facts.c.row.in_(seen)
    open_ones = sa.func.count(sa.distinct(sa.case((known, facts.c.unit))))
    rows = session.execute(sa.select(facts.c.part, sa.func.count(sa.distinct(facts.c.unit)), open_ones).group_by(facts.c.part))
    return {None if part is None else str(part): (count, known) for part, count, known in rows}


def unseen(breakdown: Breakdown, span: Span, seen: sa.Select | None = None) -> int:
    """How many units of a span, whatever part they fall into, have no row among the ids of `seen`."""
    facts = breakdown.facts(span).subquery()
    query = sa.select(sa.func.count(sa.distinct(facts.c.unit)))
    return session.scalar(query if seen is None else query.where(facts.c.row.not_in(seen)))


@lru_cache(maxsize=12)  # the groups of a year: in most offices a question takes longer to be put together than to be answered
def _asked(keys: tuple[str, ...], span: Span) -> sa.CompoundSelect:
    figures = [named(key) for key in keys]
    times = Counter(each.facts for each in figures)
    shared = {facts: kept(facts(span)) for facts, often in times.items() if often > 1}  # read once for all figures that count it
    return sa.union_all(*(_placed(place, each, span, shared.get(each.facts)) for place, each in enumerate(figures)))


def _line(figure: Figure, span: Span, cells: dict[int, Cell]) -> Line:
    measure = figure.measure
    months = [_number(measure, cells.get(turn, Cell())) if span.begun(turn) else None for turn in range(24)]
    year_of = lambda turns: _year(measure, cells, months, [each for each in turns if span.begun(each)])  # noqa: E731
    so_far = [turn - 12 for turn in range(12, 24) if span.begun(turn)]
    units = lambda turns: sum(cells.get(turn, Cell()).count for turn in turns)  # noqa: E731
    return Line(figure, tuple(months[12:]), year_of(range(12, 24)), tuple(months[:12]), year_of(range(12)), year_of(so_far), units(range(12, 24)), units(range(12)))


def _placed(place: int, figure: Figure, span: Span, facts: sa.CTE | None) -> sa.Select:
    """The question of one figure as an arm of the whole: which figure it is, month, units, and the sum of their values."""
    turn, units, total = _question(figure, span, facts).subquery().c
    return sa.select(sa.literal(place), turn, units, sa.cast(total, sa.Float))


def _question(figure: Figure, span: Span, facts: sa.CTE | None) -> sa.SelectBase:
    if isinstance(figure.facts, Stock) and any(map(span.begun, range(24))):
        return _in_one_pass(figure.facts, span)
    facts = facts if facts is not None else figure.facts(span).subquery()
    turn = stretch(span, facts.c.at).label("turn")
    if figure.measure == Measure.ONCE_A_YEAR:
        return _once_a_year(facts, turn)
    elif figure.measure in (Measure.AVERAGE, Measure.SHARE):
        rows = sa.select(turn, facts.c.value).subquery()
        return sa.select(rows.c.turn, sa.func.count().label("units"), sa.func.sum(rows.c.value).label("total")).group_by(rows.c.turn)
    else:
        rows = sa.select(turn, facts.c.unit).subquery()
        units = sa.func.count() if figure.measure == Measure.STOCK else sa.func.count(sa.distinct(rows.c.unit))  # nothing stands twice on one day
        return sa.select(rows.c.turn, units.label("units"), sa.literal(0).label("total")).group_by(rows.c.turn)


def _in_one_pass(stock: Stock, span: Span) -> sa.CompoundSelect:
    """How many are there on the last day of each month: all months side by side in one row, which is then set upright."""
    stays = stock.stays(span).subquery()
    row = kept(sa.select(*(sa.func.count(sa.case((there(stays.c, sa.literal(day, sa.Date)), 1))).label(f"turn_{turn}") for turn, day in last_days(span).items())))
    return sa.union_all(*(sa.select(sa.literal(turn).label("turn"), row.c[f"turn_{turn}"].label("units"), sa.literal(0).label("total")) for turn in last_days(span)))


def _once_a_year(facts, turn) -> sa.Select:
    """Beside the units of a month, how many of them are new in the year."""
    months = sa.select(turn, facts.c.unit).distinct().subquery()
    place = sa.func.row_number().over(partition_by=(months.c.turn >= 12, months.c.unit), order_by=months.c.turn).label("place")
    ranked = sa.select(months.c.turn, place).subquery()
    new = sa.func.sum(sa.case((ranked.c.place == 1, 1), else_=0))
    return sa.select(ranked.c.turn, sa.func.count().label("units"), new.label("total")).group_by(ranked.c.turn)


def _year(measure: Measure, cells: dict, months: list, turns: list[int]) -> float | None:
    if not turns:
        return None
    if measure == Measure.STOCK:
        return months[turns[-1]]
    whole = sum((cells.get(each, Cell()) for each in turns), Cell())
    return int(whole.sum) if measure == Measure.ONCE_A_YEAR else _number(measure, whole)


def _number(measure: Measure, cell: Cell) -> float | None:
    if measure == Measure.AVERAGE:
        return round(cell.sum / cell.count, 1) if cell.count else None
    elif measure == Measure.SHARE:
        return round(100 * cell.sum / cell.count, 1) if cell.count else None
    else:
        return cell.count
