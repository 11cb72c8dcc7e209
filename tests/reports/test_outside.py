"""What readers outside the house are told: nothing of few people, in no month, of no running year, and nothing that another number gives away."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from papers.case_book_facts import FEW, HELD
from reports.figure import Measure
from reports.outside import BY_MONTH, said
from reports.span import Span

AFTER = date(2027, 4, 1)


def line(total=10, before=8, measure=Measure.COUNT, of=10, of_before=8, people=True):
    return SimpleNamespace(figure=SimpleNamespace(people=people, measure=measure), months=(1, 0, *[None] * 10), total=total, before=before, change=2, of=of, of_before=of_before)


def test_of_a_finished_year_the_whole_is_told_and_no_month():
    assert said(line(), 2026, AFTER, 12) == ((BY_MONTH,) * 12, 10, 8, 2)


def test_of_a_running_year_nothing_is_told_and_the_year_before_is():
    assert said(line(), 2026, date(2026, 6, 1), 3) == ((BY_MONTH,) * 3 + (None,) * 9, HELD, 8, HELD)
    assert said(line(total=None), 2027, date(2027, 2, 1), 0).before == HELD  # the year before next is this one


@pytest.mark.parametrize("small", range(FEW))
def test_few_and_none_are_alike_and_leave_no_difference(small):
    assert said(line(total=small), 2026, AFTER, 12)[1:] == (HELD, 8, HELD)
    assert said(line(before=small), 2026, AFTER, 12)[1:] == (10, HELD, HELD)


@pytest.mark.parametrize("measure", (Measure.AVERAGE, Measure.SHARE))
def test_an_average_of_few_is_theirs(measure):
    assert said(line(total=90.5, of=2, measure=measure), 2026, AFTER, 12).total == HELD
    assert said(line(total=0.0, of=3, measure=measure), 2026, AFTER, 12).total == 0.0


def test_no_stock_is_told_from_which_what_came_and_went_could_be_worked_out():
    assert said(line(total=40, before=38, measure=Measure.STOCK), 2026, AFTER, 12)[1:] == (HELD, HELD, HELD)


def test_what_counts_nobody_is_told_by_month():
    assert said(line(people=False), 2026, date(2026, 6, 1), 3) == ((1, 0, *[None] * 10), 10, 8, 2)


def test_a_year_is_over_on_the_first_of_april():
    assert Span.over(2026, date(2027, 3, 31)).months == 0
    assert Span.over(2026, AFTER).months == 12
