"""Open and overdue at each week's end: the island says what a recount, day by day, says."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings, strategies as st

from followup.groups import Group, group_of
from followup.weeks import Life, by_agency, by_week, ends

TODAY = date(2026, 7, 8)  # a Wednesday
DAYS = st.dates(TODAY - timedelta(days=120), TODAY)
LIVES = st.builds(Life, st.sampled_from([None, 1, 2, 3]), DAYS, st.none() | st.dates(TODAY - timedelta(days=120), TODAY + timedelta(days=60)),
                  st.none() | DAYS, st.lists(st.tuples(DAYS, st.booleans()), max_size=4).map(lambda steps: tuple(sorted(steps, key=lambda each: each[0]))))


def recounted(life: Life, last: date) -> tuple[bool, bool]:
    """The life of a role told day by day up to `last`: (open, overdue) at its end."""
    there = over = gone = False
    for number in range((last - life.begun).days + 1) if life.begun <= last else []:
        day = life.begun + timedelta(days=number)
        there = True
        gone = gone or life.removed == day
        for on, state in life.steps:
            over = state if on == day else over
    left = there and not gone and not over
    return left, left and life.due is not None and (last - life.due).days > 0


def sound(life: Life) -> bool:
    """Nothing happens to a role before it is there."""
    return all(on >= life.begun for on, _over in life.steps) and (life.removed is None or life.removed >= life.begun)


@settings(max_examples=60, deadline=None)
@given(st.lists(LIVES.filter(sound), max_size=12))
def test_every_week_is_what_a_recount_says(lives):
    for week in by_week(lives, TODAY):
        told = [recounted(each, week.counted) for each in lives]
        assert (week.open, week.overdue) == (sum(left for left, _late in told), sum(late for _left, late in told))


@settings(max_examples=40, deadline=None)
@given(st.lists(LIVES.filter(sound), max_size=12))
def test_the_agencies_together_are_this_week(lives):
    shares, week = by_agency(lives, TODAY), by_week(lives, TODAY)[-1]
    assert (sum(each.open for each in shares.values()), sum(each.overdue for each in shares.values())) == (week.open, week.overdue)
    assert all(each.open for each in shares.values())


def test_weeks_begin_on_monday_and_the_present_one_is_counted_today():
    weeks = ends(TODAY)
    assert len(weeks) == 12
    assert weeks[-1] == (date(2026, 7, 6), TODAY)
    assert weeks[-2] == (date(2026, 6, 29), date(2026, 7, 5))
    assert all(monday.isoweekday() == 1 for monday, _counted in weeks)
    assert ends(date(2026, 7, 12))[-1] == (date(2026, 7, 6), date(2026, 7, 12))


def test_a_role_is_overdue_the_day_after_and_open_again_when_somebody_says_so():
    life = Life(1, TODAY - timedelta(days=20), TODAY, None, ((TODAY - timedelta(days=8), True), (TODAY - timedelta(days=1), False)))
    assert [by_week([life], TODAY)[week][2:] for week in (-3, -2, -1)] == [(1, 0), (0, 0), (1, 0)]
    assert by_week([life], TODAY + timedelta(days=1))[-1][2:] == (1, 1)


def test_a_list_has_its_parts():
    sunday = date(2026, 7, 12)
    assert [group_of(*each, TODAY) for each in ((TODAY - timedelta(days=1), False), (TODAY, False), (sunday, False), (sunday + timedelta(days=1), False), (None, False), (TODAY, True))] == [
        Group.OVERDUE, Group.WEEK, Group.WEEK, Group.LATER, Group.UNDATED, Group.OVER]
