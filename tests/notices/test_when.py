"""When a notice goes by mail: minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from core import clock
from core.workdays import working_day
from notices.when import BUNDLE, ByMail, Hours, goes, mailed_at

TUESDAY, FRIDAY, NEW_YEARS_EVE = date(2026, 11, 24), date(2026, 11, 27), date(2026, 12, 31)
OFFICE = Hours(time(8, 30), time(20), time(7))
CLOCKS = [OFFICE, Hours(time(8, 30), time(12), time(13)), Hours(time(22), time(20), time(7)), Hours(time(6), time(20), time(7)),
          Hours(time(0), time(0), time(0)), Hours(time(12, 30), time(12), time(13)), Hours(time(8, 30), time(9), time(9)),
          Hours(time(7), time(0), time(23, 59)), Hours(time(23, 59), time(23, 59), time(0))]


def at(day: date, hour: str) -> datetime:
    return clock.instant(day, time.fromisoformat(hour))


@pytest.mark.parametrize(("hours", "day"), [*((each, FRIDAY) for each in CLOCKS), (OFFICE, TUESDAY), (OFFICE, NEW_YEARS_EVE)])
def test_at_no_minute_of_a_day_is_anything_mailed_early_in_quiet_hours_or_never(hours, day):
    for minute in range(24 * 60):
        told = at(day, "00:00") + timedelta(minutes=minute)
        now, daily = mailed_at(True, told, hours), mailed_at(False, told, hours)

        assert now >= told + BUNDLE and daily >= told
        assert not hours.quiet(now) and not hours.quiet(daily)
        assert now == told + BUNDLE or (hours.quiet(told + BUNDLE) and clock.local(now).time() == hours.quiet_to)
        assert now - told <= timedelta(days=1, minutes=3)
        assert clock.local(daily).time() == hours.digest and working_day(clock.local(daily).date())
        assert not any(working_day(clock.local(told).date() + timedelta(days=n)) and
                       told <= at(clock.local(told).date() + timedelta(days=n), hours.digest.isoformat()) < daily for n in range(8))
        assert daily == mailed_at(True, told, hours, ByMail.DAILY)
        assert goes(True, told, now, hours) and not goes(True, told, now - timedelta(seconds=1), hours)
        assert goes(False, told, daily, hours) and not goes(False, told, daily - timedelta(seconds=1), hours)


@pytest.mark.parametrize(("asks", "told", "mailed"), [
    (True, at(TUESDAY, "10:00"), at(TUESDAY, "10:03")),
    (True, at(TUESDAY, "19:58"), at(date(2026, 11, 25), "07:00")),  # its few minutes end in the quiet hours
    (True, at(TUESDAY, "06:58"), at(TUESDAY, "07:01")),
    (True, at(date(2026, 11, 28), "03:00"), at(date(2026, 11, 28), "07:00")),  # a Saturday: somebody is asked to act
    (False, at(TUESDAY, "08:30"), at(TUESDAY, "08:30")),
    (False, at(TUESDAY, "08:31"), at(date(2026, 11, 25), "08:30")),
    (False, at(FRIDAY, "12:00"), at(date(2026, 11, 30), "08:30")),
    (False, at(date(2026, 12, 28), "12:00"), at(date(2027, 1, 4), "08:30")),  # the office is closed over the turn of the year
])
def test_the_instant(asks, told, mailed):
    assert mailed_at(asks, told, OFFICE) == mailed


def test_a_digest_in_the_quiet_hours_goes_when_they_end_and_still_on_working_days():
    late = Hours(time(22), time(20), time(7))
    assert late.digest == time(7)
    assert mailed_at(False, at(FRIDAY, "21:00"), late) == at(date(2026, 11, 30), "07:00")


def test_whoever_wants_no_mail_gets_none():
    assert mailed_at(True, at(TUESDAY, "10:00"), OFFICE, ByMail.NEVER) is None
    assert not goes(True, at(TUESDAY, "10:00"), at(FRIDAY, "10:00"), OFFICE, ByMail.NEVER)


def test_what_missed_its_instant_waits_for_hours_and_days_that_would_have_done():
    told = at(FRIDAY, "08:00")
    assert goes(False, told, at(FRIDAY, "11:00"), OFFICE)  # the machine was off at half past eight
    assert not goes(False, told, at(FRIDAY, "21:00"), OFFICE)
    assert not goes(False, told, at(date(2026, 11, 28), "10:00"), OFFICE)  # Saturday
    assert goes(True, told, at(date(2026, 11, 28), "10:00"), OFFICE)
