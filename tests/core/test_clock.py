"""Time as a Japanese office writes it."""

from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as some
import pytest

from core import clock


def test_a_day_is_written_in_its_era():
    assert clock.wareki(date(2026, 7, 8)) == "令和8年7月8日(水)"
    assert clock.wareki(date(2019, 4, 30)) == "平成31年4月30日(火)"
    assert clock.wareki(date(2019, 5, 1)) == "令和元年5月1日(水)"


def test_a_span_says_from_when_to_when():
    begins = datetime(2026, 7, 8, 14, 0, tzinfo=clock.TOKYO)
    assert clock.span(begins, begins.replace(hour=15)) == "令和8年7月8日(水) 午後2時から午後3時まで"


def test_noon_is_shogo_and_minutes_are_said_only_when_there_are_some():
    assert clock.hours(time(12)) == "正午"
    assert clock.hours(time(0)) == "午前0時"
    assert clock.hours(time(14, 5)) == "午後2時5分"


def test_the_fiscal_year_begins_in_april():
    assert clock.fiscal_year(date(2027, 3, 31)) == 2026
    assert clock.fiscal_year(date(2027, 4, 1)) == 2027
    assert clock.fiscal_year_name(2026) == "令和8年度"
    assert clock.fiscal_year_name(2019) == "令和元年度"
    assert clock.fiscal_year_code(2026) == "R08"


@pytest.mark.parametrize("typed", ["2026-07-08", "2026/7/8", "令和8年7月8日", "R8.7.8", "ｒ８.７.８", " 令和8年7月8日(水) ", "2026年7月8日"])
def test_a_date_is_read_as_people_type_it(typed):
    assert clock.read_date(typed) == date(2026, 7, 8)


@pytest.mark.parametrize("typed", ["令和0年1月1日", "2026-02-30", "平成40年1月1日", "R8.13.1", "きのう", "", "2026-7"])
def test_a_day_that_does_not_exist_is_not_read(typed):
    with pytest.raises(clock.UnreadableDate):
        clock.read_date(typed)


@given(some.dates(min_value=date(1926, 12, 25), max_value=date(2100, 12, 31)))
def test_what_is_written_can_be_read_back(day):
    assert clock.read_date(clock.wareki(day)) == day
    assert clock.read_date(day.isoformat()) == day


@given(some.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_that_is_written_can_be_read_back(at):
    assert clock.read_time(f"{at:%H:%M}") == at
    if (at.hour, at.minute) != (12, 0):
        assert clock.read_time(clock.hours(at)) == at


@given(some.text())
def test_any_text_is_a_date_or_is_said_not_to_be_one(typed):
    try:
        assert isinstance(clock.read_date(typed), date)
    except clock.UnreadableDate:
        pass
