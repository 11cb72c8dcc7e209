"""The household map: everybody has a place, nobody stands on another's, the same data is the same picture."""

from hypothesis import given, settings, strategies as st
import pytest

from cases.map import Person, Relation, Tie, draw, generations
from cases.words import breadth, shortened

WORDS = {"strong": "強い", "ordinary": "ふつう", "weak": "弱い", "strained": "葛藤", "cut": "途切れ", "household": "同居"}
MOTHER, SON, AUNT = Person(1, "Aさん", "母 83歳"), Person(2, "Bさん", "長男 55歳"), Person(3, "Kさん", "母の妹", apart=True)
TEXT = st.text(alphabet="あア漢字民生委員協議会センターAbc 、。()", min_size=1, max_size=60).map(str.strip).filter(bool)


@st.composite
def households(draw_one):
    """Up to eight people, related in any way (contradictions too), and up to sixteen ties."""
    count = draw_one(st.integers(1, 8))
    people = [Person(key, draw_one(TEXT), draw_one(TEXT | st.just("")), draw_one(st.booleans())) for key in range(count)]
    key = st.integers(0, count - 1)
    relations = draw_one(st.lists(st.builds(Relation, key, key, st.sampled_from(["spouse", "parent", "sibling", "other"])), max_size=12))
    ties = draw_one(st.lists(st.builds(Tie, st.none() | key, TEXT, st.sampled_from(["strong", "ordinary", "weak", "strained", "cut"]), st.booleans()), max_size=16))
    return people, relations, ties


@settings(max_examples=300, deadline=None)
@given(households())
def test_no_box_touches_another_and_everything_is_inside(household):
    picture = draw(*household, WORDS)
    boxes = picture.boxes
    for place, one in enumerate(boxes):
        assert 0 <= one.x and 0 <= one.y and one.right <= picture.width and one.bottom <= picture.height
        assert all(one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
                   for other in boxes[place + 1:]), (one, boxes)
    for stroke in picture.strokes:
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in stroke.points)


@settings(max_examples=100, deadline=None)
@given(households())
def test_the_same_data_gives_the_same_picture_and_everybody_is_in_it(household):
    people, _relations, ties = household
    picture = draw(*household, WORDS)
    assert picture == draw(*household, WORDS)
    assert sum(box.kind in ("person", "apart") for box in picture.boxes) == len(people)
    assert sorted(box.full for box in picture.boxes if box.kind in ("agency", "informal")) == sorted({each.name for each in ties})


@settings(max_examples=200, deadline=None)
@given(TEXT, st.integers(60, 200), st.integers(10, 18), st.integers(1, 3))
def test_words_stay_inside_their_box(text, width, size, most):
    lines = shortened(text, width, size, most)
    assert len(lines) <= most
    assert all(breadth(line, size) <= width for line in lines)
    assert "".join(lines).replace(" ", "").rstrip("…") in text.replace(" ", "")


def test_a_parent_stands_above_a_child_and_spouses_beside_each_other():
    people = [Person(1, "母"), Person(2, "子"), Person(3, "父"), Person(4, "祖母")]
    relations = [Relation(1, 2, "parent"), Relation(1, 3, "spouse"), Relation(4, 3, "parent")]
    assert generations(people, relations) == {4: 0, 1: 1, 3: 1, 2: 2}
    box = {each.full: each for each in draw(people, relations, [], WORDS).boxes}
    assert box["祖母"].y < box["母"].y == box["父"].y < box["子"].y


def test_who_is_their_own_grandparents_parent_breaks_no_picture():
    people = [Person(1, "A"), Person(2, "B"), Person(3, "C")]
    circle = [Relation(1, 2, "parent"), Relation(2, 3, "parent"), Relation(3, 1, "parent")]
    assert draw(people, circle, [], WORDS).boxes


def test_who_lives_apart_stands_outside_the_frame():
    picture = draw([MOTHER, SON, AUNT], [Relation(1, 2, "parent"), Relation(1, 3, "sibling")], [], WORDS)
    box = {each.full.split(" ")[0]: each for each in picture.boxes}
    assert box["Kさん"].x > picture.frame.right > box["Aさん"].right
    assert box["Kさん"].y == box["Aさん"].y


@pytest.mark.parametrize("strength, lines, width, dashed", [("strong", 2, 3, False), ("ordinary", 1, 2, False), ("weak", 1, 2, True), ("strained", 1, 2, False), ("cut", 4, 2, False)])
def test_the_shape_of_a_line_says_how_strong_the_tie_is(strength, lines, width, dashed):
    picture = draw([MOTHER], [], [Tie(1, "隣のCさん", strength)], {strength: "語"})
    drawn = [each for each in picture.strokes if each.kind == strength]
    assert len(drawn) == 2 * lines  # the tie, and the key that explains it
    assert {(each.width, each.dashed) for each in drawn} == {(width, dashed)}
    assert (len(drawn[0].points) > 2) == (strength == "strained")


def test_an_agency_tied_to_two_people_stands_there_once():
    picture = draw([MOTHER, SON], [], [Tie(1, "保健センター", "strong", True), Tie(2, "保健センター", "weak", True)], WORDS)
    assert [each.full for each in picture.boxes if each.kind == "agency"] == ["保健センター"]


def test_a_long_name_is_shortened_and_kept_whole_for_who_asks():
    name = "みなも市東地区民生委員児童委員協議会連合会事務局分室第一係"
    box = next(each for each in draw([MOTHER], [], [Tie(1, name, "weak")], WORDS).boxes if each.kind == "informal")
    assert box.full == name
    assert len(box.lines) == 3 and box.lines[-1].endswith("…")
