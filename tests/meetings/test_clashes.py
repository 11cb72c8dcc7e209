"""Somebody sits at another meeting at the same time; a room is taken: told without saying by which case."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from accounts.models import User
from core import clock
from core.database import session, unit
from meetings.clashes import Clash, clashes, clashes_in, in_place, visible
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Level, Reply, SeatRole
from tests.test_queries import counting

HOUR = timedelta(hours=1)


@pytest.fixture
def other(world):
    """The world's meeting (tomorrow, 14 to 15), and what another one on that day would be told."""
    with world.app.app_context(), unit():
        world.planned = session.get(Meeting, world.meeting)
        yield world


def test_who_sits_elsewhere_at_that_time_is_found(other):
    start = other.planned.starts_at
    jiro, stranger = other.member(other.jiro).id, other.member(other.stranger).id

    found = clashes([jiro, stranger], start + HOUR / 2, start + HOUR * 2)

    assert list(found) == [jiro]
    assert found[jiro][0].meeting_id == other.meeting


@pytest.mark.parametrize("begin, length, taken", [
    (-1, 1, False), (1, 1, False), (-1, 1.5, True), (0.5, 1, True), (0.25, 0.25, True), (-1, 4, True), (24, 1, False)])
def test_who_ends_when_the_other_begins_is_free(other, begin, length, taken):
    start = other.planned.starts_at + HOUR * begin
    assert bool(clashes([other.member(other.jiro).id], start, start + HOUR * length)) == taken


def test_the_meeting_itself_is_not_in_its_own_way(other):
    planned = other.planned
    assert clashes([other.member(other.jiro).id], planned.starts_at, planned.ends_at, except_meeting=planned.id) == {}


def test_a_meeting_called_off_is_in_nobodys_way(other):
    other.planned.cancel()
    session.flush()
    assert clashes([other.member(other.jiro).id], other.planned.starts_at, other.planned.ends_at) == {}


def test_who_answers_in_writing_or_said_no_is_free(other):
    jiro, saburo = (next(seat for seat in other.planned.seats if seat.member.user_id == each) for each in (other.jiro, other.saburo))
    jiro.level = Level.INQUIRY
    saburo.answer(Reply.NO)
    session.flush()
    assert clashes([jiro.member_id, saburo.member_id], other.planned.starts_at, other.planned.ends_at) == {}


def test_however_many_slots_they_are_two_questions(other):
    start, jiro, hanako = other.planned.starts_at, other.member(other.jiro).id, other.member(other.hanako).id
    spans = [(start + HOUR * hours, start + HOUR * (hours + 1)) for hours in range(-24, 24)]
    with counting() as asked:
        found = clashes_in([jiro, hanako], spans)

    assert len(asked) == 2
    assert {each.member_id for each in found} == {jiro, hanako}
    assert [each.meets(*span) for span in spans for each in found if each.member_id == jiro].count(True) == 1


def test_nobody_and_no_time_ask_nothing(other):
    with counting() as asked:
        assert clashes_in([], [(other.planned.starts_at, other.planned.ends_at)]) == clashes_in([1], []) == []
        assert in_place("", [(other.planned.starts_at, other.planned.ends_at)]) == []
    assert asked == []


def test_which_meeting_it_is_is_told_only_to_those_who_may_see_it(other):
    found = clashes_in([other.member(other.jiro).id], [(other.planned.starts_at, other.planned.ends_at)])

    assert list(visible(session.get(User, other.hanako), found)) == [other.meeting]
    assert visible(session.get(User, other.other), found) == {}


def test_a_room_is_taken_by_whoever_meets_there(other):
    start = other.planned.starts_at
    by = session.get(User, other.other)
    second = Meeting.schedule(by, Kind.GENERAL, "検討委員会", start, start + HOUR, place="302会議室")
    session.flush()

    assert in_place("302会議室", [(start, start + HOUR)], except_meeting=second.id) == [other.planned]
    assert in_place("別の部屋", [(start, start + HOUR)]) == []


def test_one_person_at_two_tables_of_a_meeting_clashes_once(other):
    from meetings.table import Hearing

    second = Hearing(meeting=other.planned, position=2)
    session.add(second)
    second.seat(other.member(other.jiro), Level.DESIRED, SeatRole.PARTICIPANT)
    session.flush()
    assert len(clashes_in([other.member(other.jiro).id], [(other.planned.starts_at, other.planned.ends_at)])) == 1


MOMENTS = st.integers(0, 200).map(lambda quarter: clock.instant(clock.read_date("2026-11-24"), clock.read_time("0:00")) + HOUR / 4 * quarter)


@given(MOMENTS, MOMENTS, st.integers(1, 40), st.integers(1, 40))
def test_two_spans_are_in_each_others_way_or_neither_is(one, two, long, wide):
    first, second = (one, one + HOUR / 4 * long), (two, two + HOUR / 4 * wide)
    assert Clash(1, 1, *first).meets(*second) == Clash(1, 1, *second).meets(*first)
    assert Clash(1, 1, *first).meets(*second) == (max(first[0], second[0]) < min(first[1], second[1]))
