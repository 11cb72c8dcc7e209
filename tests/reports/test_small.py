"""Small numbers of households are told only to those who may see the cases behind them."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from papers.case_book_facts import FEW
from reports.small import Told, beside, told


def test_whoever_sees_every_row_reads_every_number():
    assert told({"a": (1, 1), "b": (7, 7)}, ["a", "b", "c"]) == {"a": Told(1), "b": Told(7), "c": Told(0)}


def test_of_the_others_few_and_none_look_alike():
    seen = told({"a": (1, 0), "b": (7, 0)}, ["a", "b", "c"])
    assert seen == {"a": Told(0, exact=False), "b": Told(7), "c": Told(0, exact=False)}


def test_one_alone_is_not_held_back_for_the_whole_would_tell_it():
    assert told({"referral": (9, 0), "direct": (1, 0)}, ["referral", "direct"]) == {"referral": Told(0, exact=False, beside=True), "direct": Told(0, exact=False)}


def test_ones_own_are_told_with_what_may_be_beside_them():
    assert told({"a": (4, 3), "b": (9, 0), "c": (0, 0)}, ["a", "b", "c"])["a"] == Told(3, exact=False)


def test_beside_the_rows_of_a_part_none_few_and_many_look_alike():
    assert [beside(count, 5, (20, 5)) for count in (5, 6, 15)] == [Told(0, exact=False)] * 3
    assert beside(5, 5, (20, 20)) == Told(0)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda two: (sum(two), two[0])), max_size=6))
def test_no_small_number_of_others_can_be_worked_out(counts):
    parts = list("abcdef")
    shown = told(counts, parts)
    whole, seen = sum(count for count, _seen in counts.values()), sum(seen for _count, seen in counts.values())
    known = sum(each.count for each in shown.values() if each.exact)
    held = [part for part in parts if not shown[part].exact]
    for part in held:
        assert shown[part].count == counts.get(part, (0, 0))[1]
    if whole > seen:
        assert all(counts.get(part, (0, 0))[0] - counts.get(part, (0, 0))[1] >= FEW for part in parts if part not in held)
        if len(held) == 1:  # the difference to the whole is no small number
            assert whole - known - shown[held[0]].count >= FEW or all(counts.get(part, (0, 0)) == (0, 0) for part in parts if part not in held)
