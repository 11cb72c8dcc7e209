"""How many wish for it, and which wishes may be the same: without a database."""

from hypothesis import given, settings, strategies as st

from cases.traces import FindingKind
from resources.counting import OTHERS, Wish, cases, parts, told
from resources.features import quoted, rare
from resources.likeness import like

WISHES = st.lists(st.tuples(st.integers(1, 20), st.sampled_from(["A", "B", "C", "D", ""])), max_size=40)


def test_a_small_number_is_not_told_and_others_in_steps_of_three():
    assert [told(each) for each in (0, 1, 2, 3, 5, 6, 11)] == [0, 0, 0, 3, 3, 6, 9]
    assert cases([Wish(1, "A", ""), Wish(1, "B", ""), Wish(2, "A", "")]) == 0


def test_small_parts_are_told_together_and_never_one_alone():
    of = lambda *counts: [Wish((name, each), name, "") for name, count in counts for each in range(count)]  # noqa: E731
    assert parts(of(("A", 6), ("B", 2), ("C", 1)), "domain") == [("A", 6), (OTHERS, 3)]
    assert parts(of(("A", 6), ("B", 3), ("C", 1)), "domain") == [("A", 6), (OTHERS, 3)]  # B joins C, or the total would tell C
    assert parts(of(("A", 5), ("B", 1)), "domain") == []
    assert parts(of(("A", 5)), "domain") == []


@settings(max_examples=30, deadline=None)
@given(WISHES)
def test_no_part_that_is_told_is_smaller_than_three(rows):
    wishes = [Wish(case, domain, "") for case, domain in rows]
    shown = parts(wishes, "domain")
    assert all(count >= 3 for _name, count in shown) and sum(count for _name, count in shown) <= len({case for case, _domain in rows})
    assert len({name for name, _count in shown}) == len(shown)


def test_the_same_need_in_other_words_is_seen_and_explained():
    others = {1: "家の近くで、夜7時まで過ごせる居場所", 2: "半日だけ手を貸す片付けの応援隊", 3: "働いてみられる店の輪"}
    found = like("歩いて行ける所で、夜7時まで過ごせる居場所", others)
    assert [each.id for each in found] == [1] and "夜7時まで過ごせる居場所" in found[0].words
    assert like("している こと", {1: "しているもの"}) == []


def test_words_of_the_record_are_seen_over_blanks_and_features_only_together():
    assert [each.words for each in quoted(dict(need="朝まででもできるのに困る"), ["ラジオなら朝まででもでき るのにと言う"])] == ["朝まででもできるのに"]
    assert list(quoted(dict(need="居場所がない"), ["居場所がない"])) == []
    assert [each.kind for each in rare(dict(need="中学生の双子"))] == [FindingKind.RARE]
    assert [each.kind for each in rare(dict(need="中学生の双\u200b子"))] == [FindingKind.RARE]  # with a sign that nobody sees
    assert list(rare(dict(need="中学生の居場所"))) == []
