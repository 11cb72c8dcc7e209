"""Working days: weekends, public holidays and the turn of the year are closed; the first day does not count."""

from datetime import date

import pytest

from core.workdays import add_working_days, working_day, working_days_between


def test_what_came_in_on_friday_has_waited_one_working_day_on_monday():
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 21)) == 0
    assert working_days_between(date(2026, 11, 13), date(2026, 11, 16)) == 1


def test_the_first_day_does_not_count():
    assert working_days_between(date(2026, 11, 24), date(2026, 11, 24)) == 0
    assert working_days_between(date(2026, 11, 24), date(2026, 11, 27)) == 3


def test_a_public_holiday_is_closed_and_so_is_the_day_it_is_made_up_for():
    assert not working_day(date(2026, 11, 23))  # 勤労感謝の日
    assert not working_day(date(2026, 5, 6))  # 憲法記念日 fell on a Sunday
    assert not working_day(date(2026, 9, 22))  # a day between two holidays is one itself
    assert working_days_between(date(2026, 5, 1), date(2026, 5, 7)) == 1


@pytest.mark.parametrize("closed", [date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3)])
def test_the_turn_of_the_year_is_closed(closed):
    assert not working_day(closed)


def test_the_office_opens_again_on_the_fourth_of_january():
    assert working_day(date(2026, 12, 28))
    assert working_day(date(2027, 1, 4))
    assert working_days_between(date(2026, 12, 28), date(2027, 1, 4)) == 1


def test_nothing_has_passed_when_the_end_lies_before_the_beginning():
    assert working_days_between(date(2026, 11, 27), date(2026, 11, 24)) == 0


@pytest.mark.parametrize("start, count, day", [
    (date(2026, 11, 20), 1, date(2026, 11, 24)), (date(2026, 11, 20), 3, date(2026, 11, 26)), (date(2026, 12, 28), 1, date(2027, 1, 4)),
    (date(2026, 11, 24), -1, date(2026, 11, 20)), (date(2027, 1, 4), -2, date(2026, 12, 25)), (date(2026, 11, 22), 0, date(2026, 11, 22))])
def test_so_many_working_days_on(start, count, day):
    assert add_working_days(start, count) == day


@pytest.mark.parametrize("count", range(1, 40))
def test_adding_and_counting_agree(count):
    start = date(2026, 12, 1)
    assert working_days_between(start, add_working_days(start, count)) == count
