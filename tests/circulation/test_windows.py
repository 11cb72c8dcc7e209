"""The days of a round: working days only, nothing runs out unsaid, silence is no consent."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, strategies as st

from circulation import windows
from circulation.windows import Standing, State
from core.workdays import working_day

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def test_ten_working_days_pass_over_the_turn_of_the_year():
    assert windows.due(date(2026, 12, 22), 10) == date(2027, 1, 12)  # 29 December to 3 January and 成人の日 are left out


def test_ten_working_days_pass_over_golden_week():
    assert windows.due(date(2026, 4, 24), 10) == date(2026, 5, 14)  # 3 May is a Sunday: 6 May is free instead


def test_the_last_day_is_still_a_day_to_answer():
    assert windows.state(date(2026, 7, 10), date(2026, 7, 10), 0, 3) == State.RUNNING
    assert windows.state(date(2026, 7, 10), date(2026, 7, 11), 0, 3) == State.OVER


@given(DAYS, st.integers(1, 30))
def test_a_day_asked_for_is_a_day_the_office_is_open_and_counts_down_to_nothing(start, within):
    day = windows.due(start, within)
    assert working_day(day)
    assert windows.clock(day, start).left == within
    assert not windows.clock(day, day).over
    assert windows.clock(day, day).left == 0
    assert windows.clock(day, day + timedelta(days=1)).over


@given(DAYS, DAYS, st.integers(0, 5), st.integers(1, 5))
def test_a_round_is_over_only_by_its_day_or_when_all_have_answered(answer_by, today, answered, asked):
    state = windows.state(answer_by, today, answered, asked)
    if answered >= asked:
        assert state == State.ALL_ANSWERED
    else:
        assert (state == State.OVER) == (today > answer_by)
    assert windows.state(answer_by, today, answered, asked, closed=True) == State.CLOSED


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_silence_is_taken_for_the_wording_read_only_late_and_where_the_office_says_so(agreed, dissents, remarked, over, deemed):
    standing = windows.standing(agreed, dissents, remarked, over, deemed)
    if standing == Standing.DEEMED:
        assert over and deemed and not (agreed or dissents or remarked)
    if standing == Standing.AGREED:
        assert agreed and not dissents
    assert (standing == Standing.DISSENTS) == dissents
