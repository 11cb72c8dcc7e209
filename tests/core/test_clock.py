"""Dates as a Japanese office writes and types them."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, strategies as st
import pytest

from core import clock

SINCE_MEIJI = st.dates(min_value=date(1868, 10, 23), max_value=date(2100, 12, 31))


@given(SINCE_MEIJI)
def test_every_day_the_office_writes_it_can_read_again(day):
    assert clock.read_date(clock.wareki(day)) == day
    assert clock.read_date(clock.wareki(day, weekday=False)) == day


@given(SINCE_MEIJI)
def test_the_short_form_with_a_letter_is_read_too(day):
    _name, letter, year = clock.era_year(day)
    assert clock.read_date(f"{letter}{year}.{day.month}.{day.day}") == day
    assert clock.read_date(f"{letter.lower()}{year}/{day.month}/{day.day}") == day


@given(SINCE_MEIJI)
def test_a_western_date_is_read_in_every_common_form(day):
    forms = (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日", f" {day.year}.{day.month}.{day.day} ")
    assert {clock.read_date(each) for each in forms} == {day}


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_date_or_an_unreadable_date(typed):
    try:
        assert isinstance(clock.read_date(typed), date)
    except clock.UnreadableDate:
        pass


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_time_or_an_unreadable_time(typed):
    try:
        assert isinstance(clock.read_time(typed), time)
    except clock.UnreadableDate:
        pass


@pytest.mark.parametrize("typed, day", [
    ("令和元年5月1日", date(2019, 5, 1)), ("令和1年5月1日", date(2019, 5, 1)), ("平成31年4月30日", date(2019, 4, 30)),
    ("昭和64年1月7日", date(1989, 1, 7)), ("平成元年1月8日", date(1989, 1, 8)), ("昭和元年12月25日", date(1926, 12, 25)),
    ("大正15年12月24日", date(1926, 12, 24)), ("Ｒ８．７．８", date(2026, 7, 8)), ("２０２６年７月８日", date(2026, 7, 8)),
    ("令和8年7月8日(水)", date(2026, 7, 8)), ("r8-7-8", date(2026, 7, 8)), ("令和6年2月29日", date(2024, 2, 29))])
def test_the_first_year_full_width_digits_and_eras_are_understood(typed, day):
    assert clock.read_date(typed) == day


@pytest.mark.parametrize("typed", [
    "令和0年5月1日", "2026-02-30", "令和5年2月29日", "令和8年13月1日", "令和元年4月30日", "平成31年5月1日", "昭和64年1月8日", "大正15年12月25日",
    "明治45年7月30日", "", "きのう", "7月8日", "26-7-8", "2026-7", "令和八年七月八日", "2026-07-08T00:00", "R8"])
def test_a_day_that_does_not_exist_is_no_date(typed):
    with pytest.raises(clock.UnreadableDate):
        clock.read_date(typed)


def test_the_first_year_of_an_era_is_written_gannen():
    assert clock.wareki(date(2019, 5, 1)) == "令和元年5月1日(水)"
    assert clock.wareki(date(2020, 5, 1), weekday=False) == "令和2年5月1日"


def test_before_meiji_nothing_is_written():
    with pytest.raises(ValueError):
        clock.era_year(date(1868, 10, 22))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_fiscal_year_runs_from_april_to_march(day):
    begins = clock.fiscal_year(day)
    assert date(begins, 4, 1) <= day <= date(begins + 1, 3, 31)


@pytest.mark.parametrize("day, name, code", [
    (date(2026, 3, 31), "令和7年度", "R07"), (date(2026, 4, 1), "令和8年度", "R08"), (date(2019, 4, 1), "令和元年度", "R01"),
    (date(2019, 3, 31), "平成30年度", "H30"), (date(1989, 4, 1), "平成元年度", "H01"), (date(1900, 5, 1), "明治33年度", "M33")])
def test_the_fiscal_year_is_named_as_the_state_named_it(day, name, code):
    year = clock.fiscal_year(day)
    assert clock.fiscal_year_name(year) == name
    assert clock.fiscal_year_code(year) == code


@pytest.mark.parametrize("typed, at", [
    ("14:00", time(14)), ("午後2時", time(14)), ("午後2時30分", time(14, 30)), ("午前9時5分", time(9, 5)), ("９：０５", time(9, 5)),
    ("14時", time(14)), ("0:00", time(0)), ("午前0時", time(0)), ("午後0時", time(12))])
def test_a_time_is_read_as_people_type_it(typed, at):
    assert clock.read_time(typed) == at


@pytest.mark.parametrize("typed", ["25:00", "14:60", "14", "二時", "", "午後13", "14:0x", "-1:00"])
def test_a_time_that_does_not_exist_is_no_time(typed):
    with pytest.raises(clock.UnreadableDate):
        clock.read_time(typed)


@given(st.times())
def test_every_hour_the_office_writes_it_can_read_again(at):
    at = at.replace(second=0, microsecond=0)
    assert clock.hours(at) == "正午" or clock.read_time(clock.hours(at)) == at


def test_an_hour_is_written_with_its_half_of_the_day():
    assert [clock.hours(time(*each)) for each in ((0, 0), (9, 5), (12, 0), (12, 1), (14, 30))] == [
        "午前0時", "午前9時5分", "正午", "午後0時1分", "午後2時30分"]


def test_a_meeting_just_before_midnight_utc_is_held_on_the_next_day_in_the_office():
    begins = datetime(2026, 7, 7, 23, 0, tzinfo=UTC)
    assert clock.span(begins, begins + timedelta(hours=1)) == "令和8年7月8日(水) 午前8時から午前9時まで"
    assert clock.instant(date(2026, 7, 8), time(8)) == begins
