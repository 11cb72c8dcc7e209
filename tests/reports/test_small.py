"""Small numbers of households are told only to those who may see the cases behind them."""

from __future__ import annotations

from itertools import product

import pytest

from papers.case_book_facts import FEW
from reports.small import Told, beside, told

HELD = Told(0, exact=False)


def test_whoever_sees_every_row_reads_every_number():
    assert told({"a": (1, 1), "b": (7, 7)}, ["a", "b", "c"]) == {"a": Told(1), "b": Told(7), "c": Told(0)}


def test_of_the_others_few_and_none_look_alike():
    assert told({"a": (1, 0), "b": (7, 0)}, ["a", "b", "c"]) == {"a": HELD, "b": Told(7), "c": HELD}


@pytest.mark.parametrize("counts", [(9, 1), (0, 3), (2, 2), (3, 0)])
def test_of_two_parts_both_are_held_back_or_none_for_the_whole_would_tell_the_other(counts):
    assert set(told(dict(zip("ab", ((each, 0) for each in counts))), ["a", "b"]).values()) == {HELD}


def test_where_those_that_are_told_would_be_the_whole_more_are_held_back_and_all_of_one_size():
    assert told({"a": (5, 0), "b": (5, 0), "d": (9, 0)}, list("abcd")) == {"a": HELD, "b": HELD, "c": HELD, "d": Told(9)}


def test_many_in_each_part_are_all_told():
    assert told({"a": (3, 0), "b": (4, 0)}, ["a", "b"]) == {"a": Told(3), "b": Told(4)}


def test_ones_own_are_told_with_what_may_be_beside_them():
    assert told({"a": (4, 3), "b": (9, 0), "c": (0, 0)}, ["a", "b", "c"])["a"] == Told(3, exact=False)


def test_beside_the_rows_of_a_part_none_few_and_many_look_alike():
    assert [beside(count, 5, (20, 5)) for count in (5, 6, 15)] == [HELD] * 3
    assert beside(5, 5, (20, 20)) == Told(0)


@pytest.mark.parametrize("seen", [(0, 0), (1, 0), (0, 0, 0), (2, 0, 1), (0, 0, 0, 0)])
def test_nothing_held_back_can_be_worked_out_from_what_is_told_the_whole_and_the_rule(seen):
    parts, top = "abcd"[:len(seen)], {2: 13, 3: 8, 4: 6}[len(seen)]
    readings = {}
    for numbers in product(range(top), repeat=len(parts)):
        said = told({part: (number + own, own) for part, number, own in zip(parts, numbers, seen, strict=True)}, list(parts))
        readings.setdefault((tuple(said.values()), sum(numbers)), []).append(numbers)
    given_away(readings)


def test_nor_where_one_may_fall_into_several_parts_or_into_none():
    parts, readings = ["a", "b", None], {}
    for a, b, none in product(range(8), repeat=3):
        for whole in range(none + max(a, b), none + a + b + 1):
            said = told({"a": (a, 0), "b": (b, 0), None: (none, 0)}, parts, whole)
            readings.setdefault((tuple(said.values()), whole), []).append((a, b, none))
    given_away(readings)


def given_away(readings):
    """Every part that is not told has two numbers at least among all years that read the same; what is told, is told right and is not few."""
    for (said, whole), years in readings.items():
        for place, each in enumerate(said):
            could = {year[place] for year in years}
            if each.exact:
                assert len(could) == 1 and (not whole or min(could) >= FEW), (said, whole)
            else:
                assert len(could) > 1, (said, whole, could)
