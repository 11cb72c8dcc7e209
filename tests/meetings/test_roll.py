"""The roll call at the opening: nothing looks saved that is not, and each fault leads to its row."""

from __future__ import annotations

import re

import pytest

from core.database import session, unit
from meetings.models import Meeting
from meetings.table import Attendance


@pytest.fixture
def seats(world):
    with world.app.app_context(), unit():
        return [each.id for each in session.get(Meeting, world.meeting).seats]


@pytest.fixture
def refused(world, seats):
    """Two are here and one of them has read the rules, of the third nobody said anything."""
    hanako = world.browser("hanako")
    hanako.get(f"/meetings/{world.meeting}/opening")
    first, second, third = seats
    return hanako.post(f"/meetings/{world.meeting}/opening", {
        f"attendance-{first}": "proxy", f"proxy-{first}": "代理の人", f"acknowledged-{first}": "paper",
        f"attendance-{second}": "present", f"attendance-{third}": "unknown"})


def chosen(page, name) -> str:
    select = re.search(rf'<select name="{name}".*?</select>', page, re.S)[0]
    return re.search(r'value="(\w*)" selected', select)[1]


def test_what_was_chosen_stands_there_still_and_nothing_is_kept(world, seats, refused):
    assert refused.status_code == 422
    assert [chosen(refused.text, f"attendance-{each}") for each in seats] == ["proxy", "present", "unknown"]
    assert 'value="代理の人"' in refused.text
    assert [chosen(refused.text, f"acknowledged-{each}") for each in seats] == ["paper", "", ""]
    with world.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, world.meeting)
        assert {each.attendance for each in meeting.seats} == {Attendance.UNKNOWN}
        assert meeting.acknowledgements == {}


def test_each_fault_leads_to_its_row_and_the_row_is_marked(seats, refused):
    _first, second, third = seats
    assert f'<a href="#rules-{second}">保健センター 佐藤 次郎</a>' in refused.text
    assert f'<a href="#seat-{third}">' in refused.text
    assert refused.text.count('class="row--fault"') == 2


def test_a_tick_for_all_stands_while_something_else_is_missing(world, seats):
    hanako = world.browser("hanako")
    hanako.get(f"/meetings/{world.meeting}/opening")
    page = hanako.post(f"/meetings/{world.meeting}/opening", {f"attendance-{seats[0]}": "present", "aloud": "1"}).text
    assert 'name="aloud" value="1" checked' in page
    assert "chip--ok" not in re.search(r"<tbody>.*?</tbody>", page, re.S)[0]
