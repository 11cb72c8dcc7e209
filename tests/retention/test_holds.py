"""The stop of a disposal (廃棄停止): several at once, until a day or until lifted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from core import clock
from core.database import session, unit
from meetings.models import Meeting
from retention import holds

DATABASES = ["sqlite"]


@pytest.fixture
def house(world):
    with world.app.app_context(), unit():
        yield session.get(Meeting, world.meeting), session.get(User, world.clerk)


def test_two_holds_stand_at_once_and_the_second_goes_on_when_the_first_is_lifted(house):
    meeting, fumiko = house
    first = holds.hold(meeting, "開示請求", fumiko, source="disclosure/1")
    holds.hold(meeting, "監査", fumiko)
    holds.release(first, fumiko, "決定した")
    session.flush()

    assert holds.held([meeting.id]) == {meeting.id}
    assert (first.released_by_id, first.released_reason) == (fumiko.id, "決定した")


def test_a_hold_with_a_day_counts_through_that_day(house):
    meeting, fumiko = house
    made = holds.hold(meeting, "監査", fumiko, until=clock.today())

    assert holds.held([meeting.id]) == {meeting.id} and made.stops(clock.today())
    made.until = clock.today() - timedelta(days=1)
    session.flush()
    assert holds.held([meeting.id]) == set() and not made.stops(clock.today())


def test_the_same_source_asks_twice_and_holds_once(house):
    meeting, fumiko = house

    assert holds.hold(meeting, "開示請求", fumiko, "disclosure/1") is holds.hold(meeting, "開示請求", fumiko, "disclosure/1")
    assert holds.release_source("disclosure/1", fumiko) == 1
    assert holds.release_source("disclosure/1", fumiko) == 0
    assert holds.release_source("", fumiko) == 0
    session.flush()
    assert holds.held([meeting.id]) == set()
