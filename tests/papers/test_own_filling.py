"""Three forms as offices have them, filled with a meeting and read back; and whatever may stand in a record."""

from __future__ import annotations

from dataclasses import replace

from docx import Document
from hypothesis import given, settings, strategies as st
import pytest

from exports.example import example
from exports.layout import STANDARD, Layout
from exports.minutes import Hearing, Minutes, Sitting, Statement
from exports.ooxml import printable
from papers import own_fields, own_samples
from papers.own_filling import MOST_ROWS, TooMuch, filled, missing, prepared
from papers.own_samples import sample
from papers.own_tags import marked
from tests.exports import reading, samples
from tests.exports.reading import faults
from tests.papers.own import LETTER, NESTED, TABLE, document, saved

DATABASES = ["sqlite"]  # no database at all


def on(form: bytes, minutes: Minutes) -> bytes:
    return filled(prepared(form).content, minutes)


def test_a_table_form_repeats_its_row_for_every_role():
    minutes = samples.one_case()
    paper = on(TABLE, minutes)
    head, roles = reading.opened(paper).tables

    assert [cell.text for cell in head.rows[0].cells] == ["日時", minutes.held]
    assert [row.cells[0].text for row in roles.rows] == ["何を", *(each.what for each in sorted(minutes.hearings[0].assignments, key=lambda each: not each.lead))]
    assert reading.faults(paper) == []


def test_a_letter_repeats_its_paragraphs_and_drops_what_does_not_hold():
    words = reading.words(on(LETTER, samples.one_case()))
    empty = reading.words(on(LETTER, samples.general()))

    assert "（1）Aさんの配食を週2回に増やす。\n（2）" in words and "（5年保存）" in words and "決定事項はない。" not in words
    assert "決定事項はない。" in empty and "次回　未定" in empty
    assert "{" not in words and "%" not in words


def test_a_form_goes_through_the_cases_and_their_roles():
    words = reading.words(on(NESTED, samples.two_cases()))
    first, second = words.split("案件2")

    assert "案件1　R08-0007" in first and "配食の調整と体重の確認" in first and "配食" not in second
    assert "1　妹の緊急時の預け先の登録 ― こども家庭センター 子安" in second
    assert "出席　12名" in second, "who sits for both cases counts once"


@pytest.mark.parametrize("form", [TABLE, LETTER, NESTED, own_samples.sample("minutes", STANDARD), own_samples.sample("sheet", STANDARD)])
@pytest.mark.parametrize("minutes", [samples.two_cases(), samples.general().copied(lambda _each: False)])
def test_every_form_with_every_meeting_is_sound_and_the_same_each_time(form, minutes):
    paper = on(form, minutes)

    assert reading.faults(paper) == []
    assert paper == on(form, minutes)
    assert "{{" not in reading.words(paper) and "{%" not in reading.words(paper)


def test_no_property_names_a_person_and_the_paper_is_japanese():
    paper = on(TABLE, samples.one_case())
    core = reading.part(paper, "docProps/core.xml")

    assert "文子" not in "".join(reading.part(paper, name) for name in ("docProps/core.xml", "word/document.xml", "word/settings.xml"))
    assert "<dc:language>ja-JP</dc:language>" in core and "R08-支援-0003" in core
    assert 'w:eastAsia="ja-JP"' in reading.part(paper, "word/styles.xml")


def test_a_tag_that_word_cut_into_runs_is_put_together():
    made = Document()
    paragraph = made.add_paragraph()
    for piece in ("件名は{", "{ 件", "名 }", "}です"):
        paragraph.add_run(piece)
    assert "件名は令和8年度第3回みなも市支援会議 会議録です" in reading.words(on(saved(made), samples.one_case()))


def test_header_and_footer_are_filled():
    made = Document()
    made.add_paragraph("{{ 件名 }}")
    made.sections[0].header.paragraphs[0].text = "{{ 取扱い }}"
    assert "取扱注意" in reading.opened(on(saved(made), samples.one_case())).sections[0].header.paragraphs[0].text


def test_a_row_may_carry_its_own_loop():
    form = document(tables=[[["{%tr for 人 in 出席者 %}{{ 人.氏名 }}", "{{ 人.所属 }}{%tr endfor %}"]]])
    assert [row.cells[0].text for row in reading.opened(on(form, samples.one_case())).tables[0].rows][:2] == ["甲野", "乙川"]


def test_a_copy_and_a_draft_say_so_where_the_form_does_not():
    copy = samples.one_case().copied(lambda _each: False)
    assert copy.copy in above(on(TABLE, copy))
    assert copy.copy not in above(on(TABLE, samples.one_case()))
    assert above(on(TABLE, samples.general())).startswith("（案）")
    assert not above(on(document("{{ 件名 }}{{ 状態 }}"), samples.general())).startswith("（案）")


def test_a_copy_says_so_on_every_page_whether_or_not_the_form_has_a_header():
    copy = samples.one_case().copied(lambda _each: False)
    made = Document()
    made.add_paragraph("{{ 件名 }}")
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].header.paragraphs[0].text = "みなも市"
    for form in (TABLE, saved(made)):
        paper = on(form, copy)
        head = reading.opened(paper).sections[0]
        assert copy.copy in above(paper) and faults(paper) == []
        assert any(copy.copy in each for each in (above(paper, "first_page_header"), reading.words(paper)))  # page 1 of a form with its own
        assert "みなも市" in head.header.paragraphs[-1].text if form != TABLE else True


def above(paper: bytes, which: str = "header") -> str:
    """What stands above the pages."""
    return "\n".join(each.text for each in getattr(reading.opened(paper).sections[0], which).paragraphs)


def test_a_form_without_a_place_for_dissent_is_told_of():
    assert missing(prepared(document("{{ 件名 }}{{ 日時 }}{{ 出席者 }}{{ 決定事項 }}{{ 役割分担 }}{{ 持ち帰り }}")).content, "minutes") == ["異議"]
    assert [missing(sample(each, Layout()), "minutes") for each in ("minutes", "sheet")] == [[], []]


def test_what_was_told_to_some_bears_its_mark_and_leaves_the_copy():
    told = Statement("内々の話", limited=True)
    minutes = replace(samples.one_case(), hearings=(replace(samples.mother_and_son(), decisions=(told,)),))
    assert "【限定共有】内々の話" in reading.words(on(LETTER, minutes))
    assert "内々の話" not in reading.words(on(LETTER, minutes.copied(lambda _each: False)))


def test_every_part_of_the_minutes_has_its_field():
    names = lambda fields: {each.alias for each in fields}  # noqa: E731
    assert set(Minutes.__dataclass_fields__) - names(own_fields.FIELDS) == set()
    assert set(Hearing.__dataclass_fields__) - names(own_fields.CASES.rows) == set()


def test_every_field_is_there_and_shown_by_the_example():
    told = own_fields.values(example())
    blank = {each.name for each in own_fields.FIELDS if not told[each.name]}
    assert blank == {"写しの注記"} | own_fields.OF_NO_CASE
    for each in own_fields.FIELDS:
        for row in told[each.name] if each.rows else ():
            assert {one.name for one in each.rows} <= set(row)


def test_loops_within_loops_come_to_an_end():
    loops = "".join(f"{{%p for {name} in 役割分担 %}}\n" for name in "abcdef").splitlines()
    form = prepared(document(*loops, "{{ 件名 }}", *["{%p endfor %}"] * 6)).content
    with pytest.raises(TooMuch):
        filled(form, samples.long_meeting(200))
    assert MOST_ROWS < 200 ** 3


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=60)
       | st.sampled_from(["{{ 7*7 }}", "{% for x in y %}", "<w:p/>", "&amp;", "]]>", "<?kurumaza 0?>", "𠮟る👪", "e\u0301\u202e", "{" * 50, "\ud842", "\x00\x0b", "a\r\nb\tc"]))
def test_whatever_stands_in_a_record_stands_on_the_form(text):
    minutes = replace(samples.one_case(), title=text, hearings=(replace(samples.mother_and_son(), decisions=(Statement(text),)),))
    paper = filled(KEPT, minutes)
    found = reading.opened(paper).paragraphs

    assert [each.text for each in found[:2]] == [f"<{printable(text)}>", f"（1）{printable(text)}"]


KEPT = prepared(document("<{{ 件名 }}>", "{%p for 決定 in 決定事項 %}", "（{{ 決定.番号 }}）{{ 決定.内容 }}", "{%p endfor %}", "{{ 状態 }}")).content


def test_a_form_cannot_keep_silent_that_it_is_a_copy_of_a_draft():
    form = prepared(document("{{ 件名 }}", '{% if 件名 == "x" %}{{ 写しの注記 }}{{ 状態 }}{% endif %}')).content
    paper = replace(example(), copy="配布用の写し。", status="案 第2回", finalised_on="")
    lines = above(filled(form, paper)).split("\n")
    assert "配布用の写し。" in lines and "（案 第2回）" in lines


def test_a_paragraph_cut_into_a_thousand_runs_is_gone_through_once():
    asked, tags, faults = [], [], []
    tree = Document().add_paragraph()._p
    for _turn in range(250):
        for piece in ("{{", " 件", "名 ", "}}"):
            tree.add_r().text = piece
    marked(tree, lambda element: asked.append(element) or "", tags, faults)
    assert (len(tags), len(asked), faults) == (250, 1, [])
    assert "".join(tree.itertext()).strip() == ""


def test_the_session_of_a_council_fills_its_own_fields():
    minutes = replace(example(), agenda=("開会", "議事"), public="公開（傍聴者3名）", quorum="成立", materials=("資料1　集計",),
                      course=(Sitting("第1回", "令和8年5月1日", "対面　委員会室", "進み具合", "委員10名中8名"),))
    told = own_fields.values(minutes)
    assert (told["公開"], told["定足数"], str(told["次第"]), str(told["資料"])) == ("公開（傍聴者3名）", "成立", "(1) 開会\n(2) 議事", "資料1　集計")
    assert told["開催経過"][0] | {"文": ""} == {"回": "第1回", "日時": "令和8年5月1日", "方法": "対面　委員会室", "議題": "進み具合", "出席状況": "委員10名中8名",
                                            "番号": told["開催経過"][0]["番号"], "整理番号": told["開催経過"][0]["整理番号"], "文": ""}
