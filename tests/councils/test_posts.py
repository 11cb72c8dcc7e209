"""The arithmetic of a 要綱 reads as the 要綱 does."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings, strategies as st
import pytest

from councils.posts import Post, Quorum, Turnout, overlap
from councils.topics import listed, steps


@pytest.mark.parametrize(("quorum", "members", "needed"), [
    (Quorum.MAJORITY, 10, 6), (Quorum.MAJORITY, 9, 5), (Quorum.MAJORITY, 1, 1), (Quorum.HALF, 10, 5), (Quorum.HALF, 9, 5),
    (Quorum.TWO_THIRDS, 10, 7), (Quorum.TWO_THIRDS, 9, 6), (Quorum.TWO_THIRDS, 3, 2), (Quorum.NONE, 10, 0)])
def test_so_many_must_be_there(quorum, members, needed):
    assert quorum.needs(members) == needed


def test_a_proxy_counts_only_where_the_ground_says_so():
    came = Turnout(members=10, here=6, proxies=1)

    assert came.stands(Quorum.MAJORITY, proxies=True)
    assert not came.stands(Quorum.MAJORITY, proxies=False)
    assert came.on_paper == "委員10名中6名（うち代理1名）"


def test_a_council_without_members_never_stands():
    assert not Turnout(0, 0).stands(Quorum.NONE, True)


def test_the_vice_chair_is_called_after_the_chair():
    assert [each.titled("会長") for each in Post] == ["会長", "副会長", "委員", "オブザーバー"]
    assert [each.mark for each in Post] == ["◎", "○", "", ""]


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(days, st.none() | days, days, st.none() | days)
@settings(max_examples=30, deadline=None)
def test_terms_overlap_when_they_share_a_day(a, a_end, b, b_end):
    if (a_end and a_end < a) or (b_end and b_end < b):
        return
    first, last = max(a, b), min(each or date.max for each in (a_end, b_end))
    assert overlap(a, a_end, b, b_end) == (first <= last)


def test_topics_are_lines_and_become_the_agenda():
    topics = listed("・報告\n\n 1年の計画 \n○その他")
    made = steps(topics, 90, "ja")

    assert topics == ["報告", "1年の計画", "その他"]
    assert [each["title"] for each in made][1:-2] == topics
    assert sum(each["minutes"] for each in made) <= 90
    assert made[0]["screen"] == "rules" and made[-1]["screen"] in ("next", "reflection")


def test_many_topics_in_a_short_hour_keep_a_few_minutes_each():
    assert all(each["minutes"] >= 3 for each in steps([f"議題{n}" for n in range(30)], 60, "ja"))
