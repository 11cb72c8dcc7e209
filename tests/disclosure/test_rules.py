"""The days of a request for disclosure, as the law has them."""

from __future__ import annotations

from datetime import date

from disclosure import papers
from disclosure.rules import Term, extendable, urgency
from papers import fitting

LAW = Term(30, 30, "before")


def test_the_days_run_from_the_day_after_the_request_came_in():
    assert LAW.last_day(date(2026, 6, 1)) == date(2026, 7, 1)


def test_days_of_correction_are_not_counted():
    assert LAW.last_day(date(2026, 6, 1), corrected=5) == date(2026, 7, 6)


def test_an_extension_adds_thirty_days():
    assert LAW.last_day(date(2026, 6, 1), extended=True) == date(2026, 7, 31)


def test_a_last_day_on_a_sunday_is_decided_on_the_friday_before():
    assert LAW.last_day(date(2026, 6, 5)) == date(2026, 7, 5)  # a Sunday
    assert LAW.decide_by(date(2026, 6, 5)) == date(2026, 7, 3)


def test_an_office_may_settle_on_the_working_day_after_or_leave_the_day():
    assert Term(30, 30, "after").decide_by(date(2026, 6, 5)) == date(2026, 7, 6)
    assert Term(30, 30, "same").decide_by(date(2026, 6, 5)) == date(2026, 7, 5)


def test_the_new_year_days_are_closed():
    assert LAW.decide_by(date(2026, 12, 3)) == date(2026, 12, 28)  # the last day would be 2 January


def test_the_time_is_extended_only_while_it_runs():
    assert extendable(date(2026, 7, 1), date(2026, 7, 1))
    assert not extendable(date(2026, 7, 2), date(2026, 7, 1))


def test_the_last_week_is_time():
    assert [urgency(date(2026, 7, 10), date(2026, 7, day)) for day in (2, 3, 10, 11)] == ["calm", "soon", "soon", "late"]


def test_no_head_and_no_day_of_the_list_is_broken_in_two():
    told = ("15", "", "", "R8.10.30", "120", "記録", "世帯", "電子", "部分開示", "")
    one = fitting.high(9, [("番号",)], (1,), 160)

    assert fitting.high(9, [papers.HEAD], papers.SHARES, 160) == one
    assert fitting.high(9, [told], papers.SHARES, 160) == one
