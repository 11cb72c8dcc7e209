"""The agenda's arithmetic, and the templates that ship."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings import agenda

NINE = datetime(2026, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize("template", agenda.templates(), ids=lambda each: each["key"])
def test_the_steps_of_a_template_add_up_to_its_length(template):
    assert sum(item["minutes"] for item in template["items"]) == template["minutes"]


def test_a_step_that_has_not_begun_has_used_nothing():
    assert agenda.used_seconds(None, None, NINE) == 0


def test_a_running_step_counts_until_now_and_an_ended_one_to_its_end():
    assert agenda.used_seconds(NINE, None, NINE + timedelta(minutes=3)) == 180
    assert agenda.used_seconds(NINE, NINE + timedelta(minutes=2), NINE + timedelta(hours=1)) == 120


def test_each_step_is_planned_after_the_one_before():
    assert agenda.starts(NINE, [5, 10, 15]) == [NINE, NINE + timedelta(minutes=5), NINE + timedelta(minutes=15)]
