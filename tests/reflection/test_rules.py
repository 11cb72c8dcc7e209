"""From when on answers may be shown, and what subtraction finds."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given, settings, strategies as st
import pytest

from hints import shelf
from reflection.rules import (
    ENOUGH,
    MEETINGS,
    STEP,
    Answer,
    Band,
    Quarter,
    Question,
    Tally,
    alone,
    band,
    enough,
    quarter_of,
    trend,
    try_next,
)

DATABASES = ["sqlite"]
TODAY = date(2026, 11, 30)


def tally(yes: int, no: int = 0) -> Tally:
    return Tally.of({each: {Answer.YES: yes, Answer.BETWEEN: 0, Answer.NO: no} for each in Question})


def quarter(begins, meetings=MEETINGS, answers=20, yes=10):
    return Quarter(begins, meetings, answers, dict.fromkeys(Question, yes))


def test_four_answers_are_no_result_and_five_are():
    assert enough(tally(4)) is None and enough(Tally()) is None
    assert enough(tally(5)) == tally(5)


def test_a_meeting_of_sheets_alone_is_none_of_the_three_a_period_needs():
    """Two meetings of sheets that one has invented, and one of somebody else's: the trend would tell that one exactly."""
    known = Quarter.empty(date(2026, 7, 1)).plus(None, tally(5)).plus(None, tally(0, 5))
    told = known.plus(tally(1, 4), None)

    assert (told.meetings, told.answers, set(told.yes.values())) == (1, 15, {6})
    assert trend([told], TODAY) == []
    whole = told.plus(tally(5), tally(5)).plus(tally(5), None)
    assert [each.meetings for each in trend([whole], TODAY)] == [3]


def test_a_quarter_is_of_one_length_and_reads_back():
    begins = date(2026, 7, 1)
    grown = Quarter.empty(begins).plus(tally(700, 30), tally(5))
    assert Quarter.read(begins, grown.text) == grown and len(grown.text) == len(Quarter.empty(begins).text)
    for odd in ("", "1 2 3", grown.text + " 1"):
        with pytest.raises(ValueError):
            Quarter.read(begins, odd)


def test_only_a_quarter_shown_by_itself_may_lie_there_in_plain_figures():
    few, joined, whole, now = quarter(date(2026, 1, 1), 1), quarter(date(2026, 4, 1), 4), quarter(date(2026, 7, 1)), quarter(date(2026, 10, 1), 9)
    assert alone([few, joined, whole, now], TODAY) == {whole.begins}  # from `joined` in figures and its shown share follows `few`


def test_one_voice_among_five_does_not_show():
    assert band(5, 5) == band(4, 5) == Band.MOSTLY
    assert band(3, 5) == Band.DIVIDED
    assert band(0, 5) == band(1, 5) == band(2, 5) == Band.SELDOM


def test_a_tally_is_of_one_length_whatever_was_answered_and_reads_back():
    grown = Tally()
    for _turn in range(120):
        grown = grown.with_one(dict.fromkeys(Question, Answer.NO))
    assert len(grown.text) == len(Tally().text) and Tally.read(grown.text) == grown and grown.answers == 120


def test_every_question_is_answered_or_nothing_counts():
    with pytest.raises(KeyError):
        Tally().with_one({Question.ROLE: Answer.YES})
    with pytest.raises(ValueError):
        Tally.of({each: {Answer.YES: int(each is Question.ROLE), Answer.BETWEEN: 0, Answer.NO: 0} for each in Question})


def test_the_hint_is_of_the_lowest_band_and_never_finer():
    fine = dict.fromkeys(Question, Band.MOSTLY)
    assert try_next(fine) == "after_good"
    assert try_next(fine | {Question.MOVING: Band.DIVIDED}) == "after_moving"
    assert try_next(fine | {Question.MOVING: Band.DIVIDED, Question.WISH: Band.SELDOM}) == "after_wish"
    assert try_next(dict.fromkeys(Question, Band.DIVIDED)) == "after_blame"
    for each in Question:
        assert shelf.hint(try_next(fine | {each: Band.SELDOM}), "ja")


def test_the_quarter_that_runs_is_not_shown():
    past, now = quarter(date(2026, 7, 1)), quarter(date(2026, 10, 1))
    assert [each.begins for each in trend([past, now], TODAY)] == [date(2026, 7, 1)]
    assert quarter_of(TODAY) == date(2026, 10, 1) and quarter_of(date(2027, 3, 31)) == date(2027, 1, 1)


def test_quarters_with_few_meetings_wait_for_the_next():
    found = trend([quarter(date(2026, 1, 1), 1, 5, 5), quarter(date(2026, 4, 1), 1, 5, 0), quarter(date(2026, 7, 1), 2, 10, 5)], TODAY)
    assert [(each.begins, each.last, each.meetings, each.shares[Question.WISH]) for each in found] == [(date(2026, 1, 1), date(2026, 9, 1), 4, 50)]
    assert trend([quarter(date(2026, 1, 1), 2, 10, 5)], TODAY) == []


QUARTERS = [date(year, month, 1) for year in (2025, 2026) for month in (1, 4, 7, 10)]
SUMS = st.lists(st.tuples(st.integers(1, 4), st.integers(5, 9)), max_size=len(QUARTERS))


@settings(max_examples=30, deadline=None)
@given(SUMS, st.dates(date(2025, 1, 1), date(2027, 6, 30)))
def test_no_two_periods_differ_by_less_than_what_may_be_shown(sums, today):
    """Whatever is added to and taken from each other, no combination of rows is fewer than three meetings, or fewer answers
    than five for each: periods never overlap, so a difference is a union of whole ones, and of no other meetings."""
    quarters = [Quarter(begins, meetings, meetings * each, dict.fromkeys(Question, 3)) for begins, (meetings, each) in zip(QUARTERS, sums)]
    periods = trend(quarters, today)

    assert all(one.last < two.begins or two.last < one.begins for one, two in combinations(periods, 2))
    for each in periods:
        inside = [quarter for quarter in quarters if each.begins <= quarter.begins <= each.last]
        assert each.meetings == sum(quarter.meetings for quarter in inside) >= MEETINGS
        assert sum(quarter.answers for quarter in inside) >= MEETINGS * ENOUGH
        assert each.last < today and quarter_of(each.last) < quarter_of(today)
        assert all(share % STEP == 0 for share in each.shares.values())


@settings(max_examples=30, deadline=None)
@given(SUMS, st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 400))
def test_what_was_shown_stays_as_it_was(sums, today, days):
    """Yesterday's page and today's differ by whole new periods: a meeting more changes nothing that stood there."""
    quarters = [Quarter(begins, meetings, meetings * each, dict.fromkeys(Question, 3)) for begins, (meetings, each) in zip(QUARTERS, sums)]
    before = trend([each for each in quarters if each.begins <= quarter_of(today)], today)
    later = trend(quarters, date.fromordinal(today.toordinal() + days))

    assert later[:len(before)] == before
