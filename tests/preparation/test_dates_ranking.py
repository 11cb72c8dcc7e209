"""Which day is recommended, and why: first everybody who must come, then the most ○."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from core import languages
from preparation.dates_calendar import closed_because
from preparation.dates_ranking import Mark, ranked, recommended, tally

YES, MAYBE, NO = Mark.YES, Mark.MAYBE, Mark.NO
MONDAY = datetime(2026, 11, 30, 5, tzinfo=UTC)
CHIEF, NURSE, LANDLORD, VOLUNTEER = 1, 2, 3, 4
REQUIRED, DESIRED = {CHIEF, NURSE}, {LANDLORD, VOLUNTEER}


def day(slot, **marks):
    return tally(slot, MONDAY + timedelta(days=slot), {{"c": CHIEF, "n": NURSE, "l": LANDLORD, "v": VOLUNTEER}[who]: mark for who, mark in marks.items()},
                 REQUIRED, DESIRED)


def test_a_day_everybody_who_must_come_can_beats_one_with_more_circles():
    popular = day(1, c=YES, n=NO, l=YES, v=YES)
    suits = day(2, c=YES, n=MAYBE, l=NO, v=NO)
    assert ranked([popular, suits]) == [suits, popular]
    assert suits.suits and not popular.suits


def test_among_days_that_suit_the_one_with_the_most_circles_leads():
    assert ranked([day(1, c=YES, n=MAYBE), day(2, c=YES, n=YES)])[0].slot == 2


def test_then_the_fewest_crosses_of_those_wanted_if_possible():
    assert ranked([day(1, c=YES, n=YES, l=NO, v=MAYBE), day(2, c=YES, n=YES, l=MAYBE, v=MAYBE)])[0].slot == 2


def test_then_the_earliest_and_the_tie_is_told():
    best, ties = recommended([day(3, c=YES, n=YES), day(1, c=YES, n=YES), day(2, c=YES)])
    assert best.slot == 1
    assert [each.slot for each in ties] == [3]


def test_a_cross_of_somebody_who_must_come_weighs_more_than_silence():
    assert ranked([day(1, c=YES, n=NO, l=YES), day(2, c=YES)])[0].slot == 2


def test_as_long_as_nobody_answers_nothing_is_recommended():
    assert recommended([day(1), day(2)]) == (None, [])
    assert recommended([]) == (None, [])


def test_who_left_the_table_is_not_counted():
    assert tally(1, MONDAY, {99: YES, CHIEF: YES}, REQUIRED, DESIRED).yes == 1


MARKS = st.dictionaries(st.integers(1, 6), st.sampled_from(Mark))


@given(st.lists(MARKS, min_size=1, max_size=8), st.sets(st.integers(1, 3)), st.sets(st.integers(4, 6)))
def test_the_recommended_day_is_never_worse_than_another(days, required, desired):
    tallies = [tally(slot, MONDAY + timedelta(days=slot), marks, required, desired) for slot, marks in enumerate(days)]
    best, ties = recommended(tallies)
    for each in tallies:
        assert each.answered + each.silent == len(required | desired)
    if best:
        assert not any(each.suits and not best.suits for each in tallies)
        assert all(best.merit <= each.merit for each in tallies)
        assert all(each.starts_at > best.starts_at for each in ties)
        assert {each.slot for each in ties} == {each.slot for each in tallies if each.merit == best.merit} - {best.slot}
    else:
        assert not any(each.answered for each in tallies)


@pytest.mark.parametrize("on, words", [
    ("2026-11-23", "祝日(勤労感謝の日)"), ("2026-11-24", ""), ("2026-11-28", "土曜日"), ("2026-11-29", "日曜日"), ("2026-12-28", ""),
    ("2026-12-29", "年末年始の閉庁日"), ("2027-01-01", "祝日(元日)"), ("2027-01-03", "年末年始の閉庁日"), ("2027-01-04", ""),
    ("2027-03-22", "祝日(春分の日 振替休日)")])
def test_why_an_office_would_rather_not(on, words):
    with languages.speaking("ja"):
        assert closed_because(date.fromisoformat(on)) == words
