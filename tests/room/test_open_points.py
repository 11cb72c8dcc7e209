"""What is still open before closing, and who has not been heard: rules without a web or a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from core import languages
from room.open_points import Open, Point, Role, Standing, open_points
from room.phrases import phrase
from room.voices import Voice, quiet, unheard, voices

SETTLED = Standing(roles=[Role(1, "訪ねる", taken=True, dated=True)], decisions=1, wishes=1, lead=True,
                   emergency="保健センター", next_meeting="来月")
THREE = datetime(2026, 7, 8, 6, 0, tzinfo=UTC)


def points(standing) -> list[Point]:
    return [each.point for each in open_points(standing)]


def test_when_all_is_settled_nothing_is_open():
    assert points(SETTLED) == []


@pytest.mark.parametrize(("change", "expected"), [
    (dict(rivals=[7]), Open(Point.RIVALS, 7)),
    (dict(decisions=0), Open(Point.DECISION)),
    (dict(roles=[Role(2, "送る", taken=False, dated=True)]), Open(Point.TAKER, 2, "送る")),
    (dict(roles=[Role(2, "送る", taken=True, dated=False)]), Open(Point.DATE, 2, "送る")),
    (dict(roles=[Role(2, "送る", taken=True, dated=True, declined=True)]), Open(Point.HARD, 2, "送る")),
    (dict(wishes=0), Open(Point.RESOURCES)),
    (dict(lead=False), Open(Point.LEAD)),
    (dict(emergency=" "), Open(Point.EMERGENCY)),
    (dict(next_meeting=""), Open(Point.NEXT)),
], ids=lambda each: str(getattr(getattr(each, "point", None), "value", "")))
def test_what_is_missing_is_said_and_nothing_else(change, expected):
    assert open_points(replace(SETTLED, **change)) == [expected]
    languages.speak("ja")
    assert expected.what in expected.words != ""


def test_a_role_that_nobody_has_needs_a_taker_before_a_date():
    assert points(replace(SETTLED, roles=[Role(2, "送る", taken=False, dated=False, declined=True)])) == [Point.TAKER]


def test_a_role_that_is_hard_for_its_holder_needs_another_holder_before_a_date():
    assert points(replace(SETTLED, roles=[Role(2, "送る", taken=True, dated=False, declined=True)])) == [Point.HARD]


def test_once_the_time_for_wishes_was_held_none_need_have_come():
    assert points(replace(SETTLED, wishes=0, wishes_asked=True)) == []


def test_a_meeting_without_a_case_needs_no_emergency_contact_and_no_lead_agency():
    assert points(Standing(about_a_case=False)) == [Point.DECISION, Point.NEXT]


def said(*names_and_minutes):
    return [(name, THREE - timedelta(minutes=ago)) for name, ago in names_and_minutes]


def test_who_has_not_spoken_is_named_in_the_order_of_the_seats():
    found = voices(["納税課", "社協", "民生委員"], said(("社協", 3)))
    assert unheard(found) == ["納税課", "民生委員"]


def test_nobody_is_named_before_anybody_has_spoken():
    assert unheard(voices(["納税課", "社協"], [])) == []


def test_who_has_been_quiet_for_a_while_is_named_and_who_spoke_lately_is_not():
    found = voices(["納税課", "社協"], said(("納税課", 50), ("社協", 40), ("社協", 19)))
    assert [each.agency for each in quiet(found, THREE)] == ["納税課"]


def test_an_agency_that_is_not_at_the_table_counts_for_none():
    assert voices(["社協"], said(("県", 1))) == [Voice("社協")]


@given(st.lists(st.sampled_from("あいうえ"), unique=True), st.lists(st.tuples(st.sampled_from("あいうえお"), st.integers(0, 60))))
def test_every_agency_at_the_table_is_there_once_however_much_was_said(table, lines):
    found = voices(table, said(*lines))
    assert [each.agency for each in found] == table
    assert sum(each.lines for each in found) == sum(name in table for name, _ago in lines)
    assert {each.agency for each in found if each.lines}.isdisjoint(unheard(found))


def test_there_is_something_to_say_for_every_screen_in_both_languages():
    from meetings.forms import SCREENS

    for screen in set(SCREENS) - {"none"}:
        assert phrase(screen, "ja"), screen
        assert phrase(screen, "en"), screen
    assert phrase("none", "ja") == phrase("no such screen", "ja") == ""
