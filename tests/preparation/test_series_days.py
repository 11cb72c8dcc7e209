"""毎月第2水曜, 最終金曜, every two weeks: found for any month, and moved out of the way of holidays."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from core import clock
from core.workdays import working_day
from preparation.series_days import LAST, Frame, OnClosed, Pattern, Rule, Why, frames, nth_weekday, paired

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
SECOND_WEDNESDAY = Rule(Pattern.MONTHLY, WEDNESDAY, (2,))
YEAR = date(2026, 4, 1), date(2027, 3, 31)


def days(*texts):
    return [date.fromisoformat(each) for each in texts]


def test_the_second_wednesday_of_every_month_of_a_fiscal_year():
    assert SECOND_WEDNESDAY.days(*YEAR) == days(
        "2026-04-08", "2026-05-13", "2026-06-10", "2026-07-08", "2026-08-12", "2026-09-09", "2026-10-14", "2026-11-11", "2026-12-09",
        "2027-01-13", "2027-02-10", "2027-03-10")


def test_the_second_and_the_fourth_and_the_last():
    assert Rule(Pattern.MONTHLY, WEDNESDAY, (2, 4)).days(date(2026, 12, 1), date(2026, 12, 31)) == days("2026-12-09", "2026-12-23")
    assert Rule(Pattern.MONTHLY, FRIDAY, (LAST,)).days(date(2026, 12, 1), date(2027, 2, 28)) == days("2026-12-25", "2027-01-29", "2027-02-26")


def test_a_fourth_day_that_is_also_the_last_is_one_day():
    assert Rule(Pattern.MONTHLY, FRIDAY, (4, LAST)).days(date(2027, 2, 1), date(2027, 2, 28)) == days("2027-02-26")


def test_a_month_without_a_fifth_one_is_passed_over():
    assert Rule(Pattern.MONTHLY, MONDAY, (5,)).days(*YEAR) == days("2026-06-29", "2026-08-31", "2026-11-30", "2027-03-29")


def test_every_two_weeks_counts_from_the_first_such_day():
    assert Rule(Pattern.WEEKLY, FRIDAY, weeks=2).days(date(2026, 12, 1), date(2027, 1, 15)) == days("2026-12-04", "2026-12-18", "2027-01-01", "2027-01-15")


@pytest.mark.parametrize("on_closed, held", [(OnClosed.SKIP, None), (OnClosed.NEXT, "2026-05-07")])
def test_golden_week_is_left_out_or_the_meeting_waits_for_its_end(on_closed, held):
    rule = Rule(Pattern.MONTHLY, MONDAY, (1,))  # 4 May is みどりの日, 5 こどもの日, 6 a substitute holiday
    found = frames(rule, date(2026, 5, 1), date(2026, 5, 31), on_closed, {})
    assert found == [Frame(date(2026, 5, 4), date.fromisoformat(held) if held else None, Why.CLOSED)]


def test_the_years_end_moves_into_january():
    found = frames(Rule(Pattern.MONTHLY, WEDNESDAY, (5,)), date(2026, 12, 1), date(2026, 12, 31), OnClosed.NEXT, {})
    assert [(each.rule_day, each.day) for each in found] == [(date(2026, 12, 30), date(2027, 1, 4))]


def test_a_hand_counts_before_the_rule():
    by_hand = {date(2026, 12, 9): date(2026, 12, 10), date(2027, 1, 13): None}
    found = frames(SECOND_WEDNESDAY, date(2026, 12, 1), date(2027, 2, 28), OnClosed.NEXT, by_hand)
    assert [(each.day, each.why) for each in found] == [
        (date(2026, 12, 10), Why.HAND), (None, Why.HAND), (date(2027, 2, 10), Why.USUAL)]


def test_hours_in_tokyo_are_the_same_instant_of_the_day_all_year():
    for day in SECOND_WEDNESDAY.days(*YEAR):
        assert clock.instant(day, clock.read_time("14:00")).utcoffset() == timedelta(hours=9)


def test_when_the_weekday_changes_each_day_becomes_the_nearest_new_one():
    old, new = SECOND_WEDNESDAY.days(*YEAR), Rule(Pattern.MONTHLY, FRIDAY, (2,)).days(*YEAR)
    assert paired(old, new) == dict(zip(old, new))


DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))
RULES = st.one_of(
    st.builds(Rule, st.just(Pattern.MONTHLY), st.integers(0, 6), st.sets(st.sampled_from([1, 2, 3, 4, 5, LAST]), min_size=1).map(tuple)),
    st.builds(Rule, st.just(Pattern.WEEKLY), st.integers(0, 6), st.just(()), st.integers(1, 12)))


@given(RULES, DATES, st.integers(0, 800))
def test_a_rule_gives_its_weekday_in_order_and_within_the_period(rule, first, length):
    last = first + timedelta(days=length)
    found = rule.days(first, last)

    assert found == sorted(set(found))
    assert all(day.weekday() == rule.weekday and first <= day <= last for day in found)
    if rule.pattern == Pattern.WEEKLY:
        assert {(there - day).days for day, there in zip(found, found[1:])} <= {7 * rule.weeks}
    else:
        assert all(_place(day) in rule.ordinals or LAST in rule.ordinals and (day + timedelta(days=7)).month != day.month for day in found)


@given(RULES, DATES, st.integers(0, 400), st.integers(0, 400))
def test_a_longer_period_only_adds_days(rule, first, length, more):
    short, long = (rule.days(first, first + timedelta(days=each)) for each in (length, length + more))
    assert long[:len(short)] == short


@given(st.integers(2020, 2040), st.integers(1, 12), st.integers(0, 6))
def test_every_such_weekday_of_a_month_has_its_number_and_one_is_the_last(year, month, weekday):
    all_ = [day for nth in range(1, 6) if (day := nth_weekday(year, month, weekday, nth))]
    assert len(all_) in (4, 5)
    assert [_place(day) for day in all_] == list(range(1, len(all_) + 1))
    assert nth_weekday(year, month, weekday, LAST) == all_[-1]


@given(RULES, DATES, st.integers(0, 400), st.sampled_from(OnClosed))
def test_no_meeting_is_laid_on_a_day_the_office_is_closed(rule, first, length, on_closed):
    for each in frames(rule, first, first + timedelta(days=length), on_closed, {}):
        assert each.day is None or working_day(each.day) and each.rule_day <= each.day <= each.rule_day + timedelta(days=14)
        assert (each.why == Why.USUAL) == (each.day == each.rule_day)


@given(st.lists(DATES, max_size=20), st.lists(DATES, max_size=20))
def test_pairing_gives_nobody_two_days_and_no_day_to_two(old, new):
    pairs = paired(old, new)
    assert set(pairs) <= set(old) and set(pairs.values()) <= set(new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(pairs[day] == day for day in set(old) & set(new))
    assert all(abs((day - there).days) <= 15 for day, there in pairs.items())


def _place(day):
    return (day.day - 1) // 7 + 1
