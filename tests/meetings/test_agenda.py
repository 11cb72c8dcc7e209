"""The agenda's arithmetic."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from meetings import agenda

NOON = datetime(2026, 7, 8, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("template", agenda.templates(), ids=lambda each: each["key"])
def test_the_minutes_of_a_templates_steps_make_its_length(template):
    assert sum(each["minutes"] for each in template["items"]) == template["minutes"]


@pytest.mark.parametrize("template", agenda.templates(), ids=lambda each: each["key"])
def test_every_step_of_a_template_is_named_in_both_languages_and_fits_the_form(template):
    from meetings.forms import SCREENS

    for step in template["items"]:
        assert step["title_ja"]
        assert step["title_en"]
        assert 1 <= step["minutes"] <= 240
        assert step["screen"] in SCREENS


def test_every_template_has_a_key_of_its_own():
    keys = [each["key"] for each in agenda.templates()]
    assert len(set(keys)) == len(keys)
    assert {"standard", "general"} <= set(keys)


def test_an_unknown_template_is_an_error_and_not_an_empty_agenda():
    with pytest.raises(KeyError):
        agenda.template("no such")


@given(st.lists(st.integers(1, 240), max_size=20))
def test_each_step_starts_when_those_before_it_are_over(minutes):
    starts = agenda.starts(NOON, minutes)
    assert len(starts) == len(minutes)
    assert [(each - NOON) / timedelta(minutes=1) for each in starts] == [sum(minutes[:place]) for place in range(len(minutes))]


def test_a_step_not_begun_has_used_no_time():
    assert agenda.used_seconds(None, None, NOON) == 0


def test_a_running_step_is_counted_until_now_and_an_ended_one_until_its_end():
    begun = NOON - timedelta(minutes=10)
    assert agenda.used_seconds(begun, None, NOON) == 600
    assert agenda.used_seconds(begun, begun + timedelta(minutes=4), NOON) == 240


def test_a_clock_that_was_set_back_never_makes_time_negative():
    assert agenda.used_seconds(NOON + timedelta(minutes=1), None, NOON) == 0
