"""Who should sit for a case: the tool shows the gap, the facilitator decides."""

from hypothesis import given, strategies as st

from meetings.selection import covering, twice, uncovered

CODES = st.sampled_from(["ELD", "CHD", "DIS", "POV", "MED"])


def test_a_need_nobody_at_the_table_covers_is_shown():
    assert uncovered(["ELD", "CHD"], [{"ELD", "MED"}]) == ["CHD"]


def test_at_an_empty_table_every_need_is_uncovered_once():
    assert uncovered(["ELD", "CHD", "ELD"], []) == ["ELD", "CHD"]


def test_a_case_without_needs_lacks_nobody():
    assert uncovered([], [{"ELD"}]) == []


@given(st.lists(CODES), st.lists(st.sets(CODES)))
def test_every_need_is_either_covered_by_somebody_or_shown(needs, table):
    gap = uncovered(needs, table)
    assert set(gap) | {code for domains in table for code in covering(needs, domains)} == set(needs)
    assert not set(gap) & set().union(*table)
    assert gap == [code for code in dict.fromkeys(needs) if code in gap]


@given(st.lists(CODES), st.lists(st.sets(CODES)), st.sets(CODES))
def test_one_more_at_the_table_never_widens_the_gap(needs, table, newcomer):
    assert set(uncovered(needs, [*table, newcomer])) <= set(uncovered(needs, table))


def test_nobody_sits_twice_at_one_table():
    assert twice([1, 2, 1, 3, 3]) == {1, 3}
    assert twice([1, 2, 3]) == set()
