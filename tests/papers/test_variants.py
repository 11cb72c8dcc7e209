"""No restricted passage ever stands in a paper that may not hold it: not in its text, its headings, its properties or its seal."""

from __future__ import annotations

from dataclasses import fields, replace
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given, settings, strategies as st
import pytest

from exports import text, word
from exports.example import example
from exports.minutes import Assignment, Attendee, Carried, Hearing, Idea, Minutes, Sitting, Statement
from exports.redaction import listed
from papers.redaction import BLACK, Passage, cells, occurrences, overlapping, redacted, widened
from papers.variants import HEAD, KEYS, PART, SECTIONS, distributed, usual

SECRET = "松の実の合図"
OPEN = st.sampled_from(["母の話。", "訪問した。", "見守る。", ""])
ROWS = dict(attendees=Attendee, assignments=Assignment, carried=Carried, ideas=Idea)


def row(kind, words):
    return st.builds(kind, **{each.name: words for each in fields(kind) if each.type == "str"})


def part(words):
    """A case with these words in any of its texts."""
    values = {}
    for each in fields(Hearing):
        if each.type == "str":
            values[each.name] = words
        else:
            rows = row(ROWS.get(each.name, Statement), words) if each.name != "consent" else words
            values[each.name] = st.lists(rows, max_size=2).map(tuple)
    return st.builds(Hearing, **values | dict(case_number=st.just("R08-0007")))


def paper(words):
    values = {each.name: words for each in fields(Minutes) if each.type == "str"}
    values |= {name: st.just("表") for name in HEAD if name not in ("hearings", "agenda", "materials", "course")} | dict(content_hash=st.just(""))
    return st.builds(Minutes, **values, hearings=st.lists(part(words), min_size=1, max_size=2).map(tuple), reopened=st.lists(words, max_size=1).map(tuple))


def everything(minutes, more=()) -> str:
    """All that the Word file and the text hold, every part of the file."""
    with ZipFile(BytesIO(word.write(minutes, more=more))) as file:
        return "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist()) + text.write(minutes) + minutes.to_json()


def test_every_part_of_the_paper_belongs_to_a_section_or_is_on_every_copy():
    head = [*HEAD, *(name for each in SECTIONS for name in each.head)]
    parts = [*PART, *(name for each in SECTIONS for name in each.part)]

    assert sorted(head) == sorted(each.name for each in fields(Minutes))
    assert sorted(parts) == sorted(each.name for each in fields(Hearing))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_section_that_is_not_ticked_is_nowhere_in_the_copy(data):
    kept = tuple(data.draw(st.sets(st.sampled_from(KEYS))))
    minutes = data.draw(paper(OPEN))
    left = [each for each in SECTIONS if each.key not in kept]
    secret = {name: SECRET for each in left for name in each.head if isinstance(getattr(minutes, name), str)}
    filled = data.draw(part(st.just(SECRET)))
    hearings = tuple(replace(each, **{name: getattr(filled, name) for one in left for name in one.part}) for each in minutes.hearings)

    with_secret = distributed(replace(minutes, **secret, hearings=hearings), kept, "保健センター", 2)
    assert SECRET not in everything(with_secret)


@settings(max_examples=50, deadline=None)
@given(paper(OPEN), st.sets(st.sampled_from(KEYS)))
def test_a_copy_tells_not_even_by_its_seal_what_was_left_out(minutes, kept):
    left = [name for each in SECTIONS if each.key not in kept for name in each.part if name in ("household", "own_words", "emergency", "verdict")]
    other = replace(minutes, hearings=tuple(replace(each, **dict.fromkeys(left, SECRET)) for each in minutes.hearings))

    assert distributed(minutes, tuple(kept)) == distributed(other, tuple(kept))
    assert distributed(minutes, tuple(kept)).content_hash == distributed(other, tuple(kept)).content_hash


@settings(max_examples=50, deadline=None)
@given(paper(st.sampled_from([f"母は{SECRET}と言う。", SECRET, f"{SECRET}{SECRET}", "訪問した。", ""])), st.booleans())
def test_a_withheld_passage_is_nowhere_in_the_paper_for_a_disclosure_request(minutes, whole):
    shown = cells(minutes)
    marks = [Passage(each.place, *((0, None) if whole else span), "第三者情報", "第78条第1項第2号", "理由")
             for each in shown for span in occurrences(each.text, SECRET)[:1 if whole else None]]
    made, rows = redacted(minutes, marks, shown)

    assert len(rows) == len(marks)
    assert SECRET not in everything(made.sealed(), listed([(str(each.number), each.where, each.kind, each.article, each.reason) for each in rows], ""))


def test_every_text_of_a_council_has_the_name_that_the_paper_gives_it():
    session = replace(example(), agenda=("報告",), public="非公開", quorum="成立", materials=("資料1",),
                      course=(Sitting("第1回", "令和8年6月10日", "対面", "報告", "8名"),))
    named = [each.where for each in cells(session)]
    assert {"次第　1行目", "公開・非公開", "定足数", "資料　1行目", "開催経過　1行目　主な議題"} <= set(named)
    assert not [each for each in named if "その他" in each]


@pytest.mark.parametrize("words", ["佐", "佐藤 次郎", "佐藤 次郎から電話があった。" * 30])
def test_the_mark_does_not_tell_how_much_it_covers(words):
    minutes = Minutes(*["表"] * 16, hearings=(), next_meeting="", confirmation=words)
    made, _rows = redacted(minutes, [Passage("confirmation")], cells(minutes))

    assert made.confirmation == f"{BLACK}〔1〕"


def test_a_part_that_is_withheld_already_is_not_marked_twice():
    assert overlapping(Passage("a", 2, 5), [Passage("a", 4, 6)]) and overlapping(Passage("a"), [Passage("a", 4, 6)])
    assert not overlapping(Passage("a", 2, 4), [Passage("a", 4, 6)]) and not overlapping(Passage("a"), [Passage("b")])


def blackened(words, *marks) -> str:
    minutes = Minutes(*["表"] * 16, hearings=(), next_meeting="", confirmation=words)
    return redacted(minutes, [Passage("confirmation", *each) for each in marks], cells(minutes))[0].confirmation


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda each: (each[0], each[0] + each[1])), min_size=1, max_size=5))
def test_nothing_that_a_mark_covers_remains_however_the_marks_overlap(marks):
    letters = "あいうえおかきくけこさしすせそたちつてと"
    made = blackened(letters, *marks)
    covered = {each for start, end in marks for each in letters[start:end]}

    assert [each for each in made if each in letters] == [each for each in letters if each not in covered]


@pytest.mark.parametrize("sign", ["か\u3099", "葛\U000e0100", "👩\u200d👧", "👍🏽", "é".encode().decode() + "\u0301", "ｶﾞ", "🇯🇵"])
def test_no_part_of_a_sign_stays_beside_the_black(sign):
    words = f"前{sign}後"
    for mark in [(1, 2), (len(words) - 2, len(words) - 1)]:
        assert blackened(words, mark) == f"前{BLACK}〔1〕後"
    assert widened(words, 0, 1) == (0, 1)


def test_an_informal_supporter_gets_no_line_on_health_and_no_false_none():
    hearing = Hearing("R08-0007", "", "", (), (), facts=(Statement("通院している。"),), decisions=(Statement("服薬を確かめる。"),), emergency="主治医へ\n市役所へ")
    minutes = Minutes(*["表"] * 16, hearings=(hearing,), next_meeting="", confirmation="表")
    copy = distributed(minutes, usual(True), "民生委員児童委員協議会", 3, ("通院", "服薬", "主治医"))
    words = text.write(copy)

    assert "通院" not in words and "服薬" not in words and "主治医" not in words and "市役所へ" in words
    assert "なし" not in words  # of nothing that is left out
    assert "健康に関する記載がある場合は" in words and "写し第3号" in words
