"""The report of a 年度 as paper: group by group the numbers by month, their breakdowns, and what each counts. A4 across."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from exports.blocks import Block, End, Heading, Note, Pairs, Table, Title
from exports.layout import Layout
from reports.taking_out import HEAD, TREND, Report, trend_head


def across(house: Layout) -> Layout:
    """The office's layout on A4 across, narrow enough at the edges for twelve months."""
    return replace(house, width=297, height=210, left=20, right=15, top=22, bottom=18, lines=32, characters=0, box_title="", table_size=min(house.table_size, 8.5))


def lay_out(report: Report) -> Iterator[Block]:
    """The whole report."""
    yield Title(report.title, "公表用" if report.public else "")
    yield Pairs("集計の概要", (("作成", report.office), ("作成日", report.made)))
    for note in report.notes:
        yield Note(note)
    words = {row[:2]: row[2] for row in report.words}
    for group, rows in groupby(report.numbers, key=lambda row: row[0]):
        rows = list(rows)
        yield Heading(1, group)
        yield Table(f"{group}（月別）", (70, 16, *(14,) * 12, 19, 19, 18), HEAD[1:], tuple((*map(_said, row[1:-1]), _signed(row[-1])) for row in rows), counted=True,
                    numbers=frozenset(range(2, len(HEAD) - 1)))
        inner = [row for row in report.parts if row[0] == group]
        if inner:
            yield Table(f"{group}（内訳）", (56, 46, 98, 24, 24), ("指標", "内訳", "項目", "当年度", "前年度"), tuple(_once(inner)), counted=True, numbers=frozenset({3, 4}))
        yield Table(f"{group}（数え方）", (70, 190), ("指標", "数え方"), tuple((row[1], words[row[:2]]) for row in rows), counted=True)
    if report.trend:
        yield Heading(1, "振り返りの推移")
        yield Note(TREND)
        yield Table("振り返りの推移", (60, *(34,) * 5, 20), trend_head(), tuple(tuple(map(_said, row)) for row in report.trend), counted=True, numbers=frozenset(range(1, 7)))
    yield End()


def _once(rows: list[tuple]) -> Iterator[tuple[str, ...]]:
    """The rows of a breakdown, with its name on the first of them only."""
    last = ()
    for _group, *row in rows:
        lead, last = (row[:2] if row[:2] != last else ["", ""]), row[:2]
        yield (*lead, *map(_said, row[2:]))


def _signed(value) -> str:
    """+3, −2.5 or ±0, as the page writes a difference."""
    if isinstance(value, str):
        return value
    return f"{value:+,}".replace("-", "−") if value else "±0"


def _said(value) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value
