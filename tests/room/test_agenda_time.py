"""The hour and its steps: longer, shorter, and when the meeting will end as things go."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from meetings import agenda

TWO = datetime(2026, 7, 8, 5, 0, tzinfo=UTC)  # 14:00 in the office
THREE = TWO + timedelta(hours=1)
MINUTES, SECONDS = st.integers(1, 240), st.integers(0, 5 * 3600)


def test_a_step_is_made_longer_by_what_is_asked():
    assert agenda.resized(10, 3, used=0) == 13


def test_no_step_is_longer_than_four_hours():
    assert agenda.resized(239, 3, used=0) == 240


def test_a_step_is_shortened_down_to_what_it_has_used_rounded_up():
    assert agenda.resized(10, -1, used=8 * 60 + 1) == 9
    assert agenda.resized(9, -1, used=8 * 60 + 1) == 9


def test_a_step_that_is_over_already_is_neither_shortened_nor_lengthened_by_shortening_it():
    assert agenda.resized(5, -1, used=8 * 60) == 5


def test_a_step_always_keeps_a_minute():
    assert agenda.resized(1, -1, used=0) == 1


@given(MINUTES, st.integers(-10, 10), SECONDS)
def test_shortening_never_lengthens_and_never_takes_away_what_was_used(minutes, by, used):
    resized = agenda.resized(minutes, by, used)
    assert 1 <= resized <= 240
    assert resized <= minutes if by < 0 else resized >= minutes
    assert resized == minutes or resized * 60 >= used or by > 0


def test_the_rest_is_what_is_left_of_this_step_and_all_of_those_after_it():
    assert agenda.remaining([(5, 300), (10, 240), (45, 0)], current=1) == 6 * 60 + 45 * 60


def test_a_step_that_is_over_leaves_no_rest_and_takes_none_from_the_others():
    assert agenda.remaining([(5, 600), (10, 0)], current=0) == 10 * 60


def test_a_step_that_was_passed_over_is_not_waited_for():
    assert agenda.remaining([(5, 300), (10, 0), (45, 0)], current=2) == 45 * 60


def test_gone_back_what_the_later_step_has_used_is_not_counted_twice():
    assert agenda.remaining([(5, 120), (10, 240)], current=0) == 3 * 60 + 6 * 60


@given(st.lists(st.tuples(MINUTES, SECONDS), min_size=1, max_size=15), st.data())
def test_a_minute_that_is_used_in_time_moves_the_end_by_nothing_and_one_over_time_moves_it_by_a_minute(steps, data):
    current = data.draw(st.integers(0, len(steps) - 1))
    minutes, used = steps[current]
    later = [*steps[:current], (minutes, used + 60), *steps[current + 1:]]
    moved = 60 + agenda.remaining(later, current) - agenda.remaining(steps, current)
    assert moved == min(60, max(0, used + 60 - minutes * 60))


@given(st.lists(MINUTES, min_size=1, max_size=15))
def test_before_anything_is_used_the_whole_plan_remains(minutes):
    assert agenda.remaining([(each, 0) for each in minutes], 0) == 60 * sum(minutes)


def test_a_meeting_opened_about_its_hour_ends_as_planned():
    for opened in (TWO - timedelta(minutes=10), TWO, TWO + timedelta(minutes=8)):
        assert agenda.due_end(TWO, THREE, opened) == THREE


def test_a_meeting_opened_on_another_day_lasts_as_long_as_planned():
    for opened in (TWO - timedelta(days=15), TWO + timedelta(days=1)):
        assert agenda.due_end(TWO, THREE, opened) == opened + timedelta(hours=1)


@given(st.integers(-10**6, 10**6))
def test_an_end_is_never_further_away_than_the_meeting_is_long_and_half_an_hour(seconds):
    opened = TWO + timedelta(seconds=seconds)
    assert timedelta(0) < agenda.due_end(TWO, THREE, opened) - opened <= timedelta(minutes=90)


def test_it_ends_eight_minutes_late_or_two_early():
    assert agenda.minutes_late(THREE + timedelta(minutes=8, seconds=40), THREE) == 8
    assert agenda.minutes_late(THREE - timedelta(minutes=2, seconds=1), THREE) == -2
    assert agenda.minutes_late(THREE + timedelta(seconds=59), THREE) == 0


def test_time_in_which_a_step_stood_still_is_not_counted():
    assert agenda.used_seconds(TWO, None, TWO + timedelta(minutes=30), stood=20 * 60) == 600
