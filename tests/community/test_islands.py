"""Which resources stand beside a need, which column of a list holds what, and what in an entry looks like one private person."""

from __future__ import annotations

import pytest

from agencies import columns
from community.columns import MAP
from community.nearby import Near, beside
from community.personal import looks_personal
from community.rows import kana

DATABASES = ["sqlite"]


def near(id, *domains, informal=False, stale=False):
    return Near(id, frozenset(domains), informal, stale)


def test_of_each_field_the_community_stands_first_and_at_least_once():
    schemes = [near(id, "ELD") for id in range(1, 9)]
    [field] = beside(["ELD"], [*schemes, near(20, "ELD", informal=True)])
    assert field.shown[0] == 20 and len(field.shown) == 3 and field.more == 6 and field.informal


def test_many_of_the_community_leave_room_for_schemes():
    there = [near(id, "ELD", informal=True) for id in range(1, 9)] + [near(20, "ELD"), near(21, "ELD"), near(22, "ELD")]
    [field] = beside(["ELD"], there)
    assert len(field.shown) == 3 and 20 in field.shown


def test_what_was_checked_lately_stands_before_what_was_not():
    [field] = beside(["ELD"], [near(1, "ELD", informal=True, stale=True), near(2, "ELD", informal=True)])
    assert field.shown == [2, 1]


def test_a_field_without_anything_of_the_community_says_so():
    fields = beside(["ELD", "WRK", "ELD"], [near(1, "ELD")])
    assert [(each.code, each.shown, each.informal) for each in fields] == [("ELD", [1], False), ("WRK", [], False)]


@pytest.mark.parametrize(("text", "found"), [
    ("電話 090-1234-5678(夜間)", ["090-1234-5678"]), ("０８０−１２３４−５６７８", ["080-1234-5678"]), ("世話人の山田さんへ", ["山田さん"]),
    ("代表 佐々木様", ["佐々木様"]), ("○○地区の見守りボランティア", []), ("民生委員さん、お子さん、皆さんも", []), ("0120-123-456 相談員", []), ("さんぽの会", [])])
def test_a_mobile_or_somebody_called_by_name_is_asked_about(text, found):
    told = looks_personal(text)
    assert [any(each.endswith(one) for each in told) for one in found] == [True] * len(found) and bool(told) == bool(found)


def test_a_reading_is_kept_in_one_spelling():
    assert kana("ｺﾄﾞﾓ ショクドウ") == "こどもしょくどう"


@pytest.mark.parametrize("below, taken", [
    (["インフォーマル", "制度", ""], "footing"), (["公的", "民間"], "footing"), (["制度", "制度"], "kind"), (["居場所", "インフォーマル"], "kind"), ([], "kind")])
def test_a_heading_of_kinds_above_formal_and_informal_is_taken_for_that(below, taken):
    rows = [["資源名", "種別"], *([f"資源{place}", each] for place, each in enumerate(below))]

    assert columns.found(rows, of=MAP).columns == ["name", taken]
