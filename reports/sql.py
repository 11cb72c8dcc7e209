"""What the figures ask the database that SQLite and PostgreSQL say differently: days of instants in the office, and lengths of time."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

from core import clock
from core.database import UtcDateTime
from reports.span import Span


class local_day(FunctionElement):
    """The office's date of an instant. (Japan has kept one time all year round since 1951: nine hours before UTC.)"""

    type, inherit_cache, name = sa.Date(), True, "local_day"


class days_between(FunctionElement):
    """Days from one date to another, as a number."""

    type, inherit_cache, name = sa.Integer(), True, "days_between"


class minutes_between(FunctionElement):
    """Minutes from one instant to another, as a number."""

    type, inherit_cache, name = sa.Float(), True, "minutes_between"


@compiles(local_day)
def _local_day(element, compiler, **more):
    return f"date({compiler.process(element.clauses, **more)}, '+9 hours')"


@compiles(local_day, "postgresql")
def _local_day_pg(element, compiler, **more):
    return f"CAST(({compiler.process(element.clauses, **more)}) + interval '9 hours' AS date)"


@compiles(days_between)
def _days(element, compiler, **more):
    first, last = (compiler.process(each, **more) for each in element.clauses)
    return f"CAST(round(julianday({last}) - julianday({first})) AS INTEGER)"


@compiles(days_between, "postgresql")
def _days_pg(element, compiler, **more):
    first, last = (compiler.process(each, **more) for each in element.clauses)
    return f"(({last}) - ({first}))"


@compiles(minutes_between)
def _minutes(element, compiler, **more):
    first, last = (compiler.process(each, **more) for each in element.clauses)
    return f"((julianday({last}) - julianday({first})) * 1440.0)"


@compiles(minutes_between, "postgresql")
def _minutes_pg(element, compiler, **more):
    first, last = (compiler.process(each, **more) for each in element.clauses)
    return f"CAST(extract(epoch FROM ({last}) - ({first})) / 60.0 AS double precision)"


def kept(query: sa.Select) -> sa.CTE:
    """A part of a question that several arms of it ask, worked out once. (SQLite works it out for every arm unless it is told so.)"""
    return query.cte().prefix_with("MATERIALIZED")


def within(span: Span, column):
    """Condition: a day or an instant lies in the span, by the office's own calendar."""
    first, end = _bounds(span, column)[0], _bounds(span, column)[-1]
    return sa.and_(column >= first, column < end)


def stretch(span: Span, column):
    """Which stretch of the span a day or an instant lies in, counted from 0. (It lies in the span: ask that first.)"""
    return _halved(column, _bounds(span, column)[1:-1], 0)


def last_days(span: Span) -> dict[int, date]:
    """The last day of each stretch that has begun (today, in the one that runs), by the number of the stretch."""
    return {turn: min(each.fromordinal(each.toordinal() - 1), span.today) for turn, each in enumerate(span.edges[1:]) if span.begun(turn)}


def ends(span: Span):
    """The same, as a table with the column `at`."""
    days = [sa.select(sa.literal(each, sa.Date).label("at")) for each in last_days(span).values()]
    return (sa.union_all(*days) if days else sa.select(sa.literal(span.edges[0], sa.Date).label("at")).where(sa.false())).subquery()


def _halved(column, ends: list, first: int):
    """The number of the stretch, `first` for what lies before `ends`: by halves, since every row is asked (five questions in place of 23)."""
    if not ends:
        return sa.literal(first)
    half = len(ends) // 2
    return sa.case((column < ends[half], _halved(column, ends[:half], first)), else_=_halved(column, ends[half + 1:], first + half + 1))


def _bounds(span: Span, column) -> list:
    if isinstance(column.type, UtcDateTime):
        return [sa.literal(clock.instant(each, _MIDNIGHT), UtcDateTime) for each in span.edges]
    else:
        return [sa.literal(each, sa.Date) for each in span.edges]


_MIDNIGHT = clock.read_time("0:00")
