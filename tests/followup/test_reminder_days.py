"""Which day is due: reminders before and after the day of a role."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.workdays import working_day
from followup.reminder_days import SLACK, TIMES, Step, after, horizon, near, unanswered

TUESDAY = date(2026, 11, 24)
LONG_AGO = date(2026, 6, 1)


@pytest.mark.parametrize(("due_on", "first"), [
    (date(2026, 11, 27), TUESDAY),  # a Friday: three days before
    (date(2026, 12, 1), date(2026, 11, 27)),  # a Tuesday: its third day before is a Saturday
    (date(2026, 11, 26), date(2026, 11, 20)),  # before it a public holiday and a weekend
    (date(2027, 1, 4), date(2026, 12, 28)),  # over the turn of the year
])
def test_the_first_day_of_being_near_is_a_working_day(due_on, first):
    days = [due_on - timedelta(days=n) for n in range(20)]
    reminded = [each for each in days if near(each, due_on, 3, LONG_AGO)]
    assert min(reminded) == first
    assert all(map(working_day, reminded))


def test_nobody_is_reminded_on_the_day_a_role_came_up_nor_where_the_office_wants_none():
    assert not near(TUESDAY, TUESDAY, 3, since=TUESDAY)
    assert near(TUESDAY, TUESDAY, 3, since=date(2026, 11, 20))
    assert not near(TUESDAY, TUESDAY, 0, LONG_AGO)
    assert after(TUESDAY, LONG_AGO, 0, []) is None


@pytest.mark.parametrize("every", [1, 3, 7, 30])
@pytest.mark.parametrize("due_on", [TUESDAY, date(2026, 11, 28), date(2026, 12, 31)])
def test_after_the_day_it_is_said_three_times_then_passed_on_then_no_more(every, due_on):
    said = []
    for n in range(1, 365):
        day = due_on + timedelta(days=n)
        step = after(day, due_on, every, [each for each, _step in said])
        if step:
            said.append((day, step))

    days = [due_on, *(day for day, _step in said)]
    assert [step for _day, step in said] == [Step.AGAIN] * TIMES + [Step.PASS_ON]
    assert all(working_day(day) for day, _step in said)
    assert all(later - earlier >= timedelta(days=every) for earlier, later in zip(days, days[1:]))
    assert all(horizon(day, 3, every)[0] <= due_on for day, _step in said)


def test_what_is_near_lies_within_what_is_looked_at():
    for n in range(400):
        due_on = date(2026, 1, 1) + timedelta(days=n)
        for ahead in range(25):
            day = due_on - timedelta(days=ahead)
            assert not near(day, due_on, 3, LONG_AGO - timedelta(days=365)) or day <= due_on <= horizon(day, 3, 3)[1]
    assert timedelta(days=10) < SLACK


def test_the_whole_last_day_is_theirs_to_answer():
    assert not unanswered(TUESDAY, TUESDAY)
    assert unanswered(date(2026, 11, 25), TUESDAY)
    assert not unanswered(date(2026, 11, 28), TUESDAY)  # a Saturday
