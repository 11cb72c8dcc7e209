"""How long a record is kept, sentence by sentence."""

from __future__ import annotations

from datetime import date

import pytest

from retention.terms import Class, State, completed, shipped, state, term

TODAY = date(2026, 7, 8)


def test_the_count_begins_with_the_fiscal_year_after_completion():
    assert term(date(2026, 4, 1), 5).begins == date(2027, 4, 1)
    assert term(date(2027, 3, 31), 5).begins == date(2027, 4, 1)
    assert term(date(2027, 4, 1), 5).begins == date(2028, 4, 1)


def test_five_years_end_on_the_last_day_of_the_fifth_fiscal_year():
    assert term(date(2026, 7, 8), 5).ends == date(2032, 3, 31)
    assert term(date(2026, 7, 8), 1).ends == date(2028, 3, 31)


def test_a_leap_day_changes_nothing():
    assert term(date(2028, 2, 29), 1) == term(date(2028, 2, 28), 1)
    assert term(date(2028, 2, 29), 1).ends == date(2029, 3, 31)


def test_what_is_kept_for_ever_never_ends():
    kept = term(date(1990, 4, 1), None)
    assert kept.ends is None and not kept.over(date(2999, 1, 1)) and not kept.ends_in(2998)


def test_less_than_a_year_is_counted_from_the_day_and_ends_with_the_fiscal_year():
    assert term(date(2026, 7, 8), 0).begins == date(2026, 7, 8)
    assert term(date(2026, 7, 8), 0).ends == date(2027, 3, 31)
    assert term(date(2027, 3, 31), 0).ends == date(2027, 3, 31)


def test_an_extension_makes_a_term_longer_and_never_shorter():
    assert term(date(2020, 5, 1), 5, until=date(2030, 3, 31)).ends == date(2030, 3, 31)
    assert term(date(2020, 5, 1), 5, until=date(2022, 3, 31)).ends == date(2026, 3, 31)
    assert term(date(2020, 5, 1), None, until=date(2030, 3, 31)).ends is None


def test_a_record_of_a_case_waits_until_every_case_is_closed():
    assert completed(date(2020, 5, 1), []) == date(2020, 5, 1)
    assert completed(date(2020, 5, 1), [date(2021, 6, 1), None]) is None
    assert completed(date(2020, 5, 1), [date(2021, 6, 1), date(2019, 6, 1)]) == date(2021, 6, 1)


def test_while_minutes_are_reopened_nothing_is_counted_and_the_new_version_counts_anew():
    assert completed(None, []) is None
    assert term(completed(date(2026, 5, 1), [date(2020, 1, 1)]), 5).ends == date(2032, 3, 31)


@pytest.mark.parametrize(("done", "on", "stands"), [
    (date(2020, 5, 1), date(2025, 3, 31), State.KEPT), (date(2020, 5, 1), date(2025, 4, 1), State.ENDING),
    (date(2020, 5, 1), date(2026, 3, 31), State.ENDING), (date(2020, 5, 1), date(2026, 4, 1), State.OVER)])
def test_the_last_day_itself_is_still_kept(done, on, stands):
    assert state(term(done, 5), False, on) == stands


def test_a_hold_comes_before_everything_else():
    assert state(term(date(2000, 5, 1), 1), True, TODAY) == State.HELD
    assert state(None, False, TODAY) == State.OPEN


def test_the_classes_of_the_filing_rules_are_shipped_longest_first():
    assert [each.name for each in shipped()] == ["永年", "30年", "10年", "5年", "3年", "1年", "1年未満"]
    assert shipped()[0] == Class("永年", None) and shipped()[-1].years == 0
