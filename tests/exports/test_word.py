"""The Word file as a clerk, an archive and a screen reader meet it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn
import pytest

from exports import word
from exports.layout import Layout
from exports.minutes import Hearing, Statement
from tests.exports.reading import faults, opened, part, texts, words
from tests.exports.samples import general, long_meeting, mother_and_son, one_case, two_cases

ALL = [one_case, two_cases, general, long_meeting]


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.__name__)
def test_every_sample_is_a_valid_file(sample):
    assert faults(word.write(sample())) == []


def test_the_paper_is_a4_with_room_for_the_binder_on_the_left():
    section = opened(word.write(one_case())).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 20)
    assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (25, 25)


def test_every_style_that_names_a_font_names_it_for_japanese_too():
    styles = opened(word.write(one_case())).styles.element
    fonts = list(styles.iter(qn("w:rFonts")))

    assert fonts[0].get(qn("w:eastAsia")) == "ＭＳ 明朝"  # the default of the whole paper
    assert {font.get(qn("w:eastAsia")) for font in fonts} == {"ＭＳ 明朝", "ＭＳ ゴシック"}
    assert styles.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "ja-JP"


def test_fonts_stand_in_the_styles_and_never_in_the_text():
    assert "w:rFonts" not in part(word.write(one_case()), "word/document.xml")


def test_an_office_may_ask_for_its_own_fonts_and_margins():
    paper = word.write(one_case(), Layout(body_font="BIZ UD明朝", left=25))

    assert 'w:eastAsia="BIZ UD明朝"' in part(paper, "word/styles.xml")
    assert round(opened(paper).sections[0].left_margin.mm) == 25
    assert faults(paper) == []


def test_headings_are_headings_and_numbered_by_word():
    paper = opened(word.write(one_case()))
    headings = [each for each in paper.paragraphs if each.style.name.startswith("Heading")]
    levels = [level.get(qn("w:val")) for level in paper.part.numbering_part.element.iter(qn("w:lvlText"))]

    assert {each.style.name for each in headings} == {"Heading 1", "Heading 2"}
    assert levels[:3] == ["第%1", "%2", "(%3)"]
    for name, outline in (("Heading 1", "0"), ("Heading 2", "1")):
        style = paper.styles[name].element.pPr
        assert style.find(qn("w:outlineLvl")).get(qn("w:val")) == outline
        assert style.find(qn("w:keepNext")) is not None


def test_the_sections_stand_in_the_order_a_reader_looks_for_them():
    paper = opened(word.write(one_case()))

    assert [each.text for each in paper.paragraphs if each.style.name.startswith("Heading")] == [
        "案件　R08-0007",
        "世帯の概要",
        "本人の言葉",
        "本人の同意",
        "出席者（敬称略）",
        "決定事項",
        "役割分担",
        "持ち帰り・保留事項",
        "資源開発（この資源があれば、こんな支援ができる）",
        "共有された情報（事実）",
        "見立て",
        "論点",
        "主な意見",
        "緊急時の連絡体制",
        "次回",
        "確認状況",
        "記録の作成及び保存",
    ]


def test_two_cases_are_counted_and_the_second_begins_a_page():
    paper = opened(word.write(two_cases()))
    cases = [each for each in paper.paragraphs if each.text.startswith("案件")]

    assert [each.text for each in cases] == ["案件1　R08-0007", "案件2　R08-0012"]
    assert [bool(each.paragraph_format.page_break_before) for each in cases] == [False, True]


def test_a_verdict_on_the_plan_is_printed_only_where_there_is_one():
    assert "プランの適切性" not in words(word.write(one_case()))
    assert words(word.write(two_cases())).count("プランの適切性・評価の結論") == 1


def test_a_meeting_without_a_case_says_nothing_of_household_or_consent():
    lines = texts(word.write(general()))

    assert "議事" in lines
    assert not {"案件", "世帯の概要", "本人の言葉", "本人の同意"} & set(lines)


def test_where_an_office_expects_an_answer_emptiness_is_said():
    lines = texts(word.write(replace(one_case(), hearings=(Hearing("R08-0001", "", "", (), (), issues=(Statement("相談の受け方"),)),), next_meeting="")))

    for title in (
        "決定事項",
        "役割分担",
        "持ち帰り・保留事項",
        "資源開発（この資源があれば、こんな支援ができる）",
    ):
        assert lines[lines.index(title) + 1] == "なし"
    assert lines[lines.index("次回") + 1] == "未定"
    assert not {"見立て", "主な意見", "再開の経緯"} & set(lines)


def test_a_meeting_without_a_case_leaves_out_what_only_a_case_has():
    lines = texts(word.write(general()))

    assert lines[lines.index("決定事項") + 1] == "なし" and lines[lines.index("次回") + 1] == "未定"
    assert not {"役割分担", "資源開発（この資源があれば、こんな支援ができる）", "本人の同意", "世帯の概要", "確認状況"} & set(lines)


def test_consent_never_asked_for_is_not_printed_as_refused():
    hearing = replace(mother_and_son(), consent=())
    lines = texts(word.write(replace(one_case(), hearings=(hearing,))))

    assert lines[lines.index("本人の同意") + 1] == "記録なし"


def test_the_lead_agency_stands_first():
    roles = opened(word.write(one_case())).tables[2]

    assert roles.cell(0, 0).text == "何を"
    assert roles.cell(1, 1).text == "みなも居宅介護支援事業所 丁田"
    assert "主担当機関　みなも居宅介護支援事業所" in words(word.write(one_case()))


def test_opinions_are_not_mistaken_for_facts():
    lines = texts(word.write(one_case()))
    facts, opinions = lines.index("共有された情報（事実）"), lines.index("主な意見")

    assert lines[facts + 2 : facts + 5] == ["機関", "内容", "出所・時点"]  # below its caption
    assert lines[opinions + 1] == "発言の要旨。事実として確認したものではない。"


def test_table_heads_return_on_every_page_and_rows_stay_whole():
    roles = opened(word.write(long_meeting())).tables[2]._tbl
    head, *rows = roles.tr_lst

    assert len(rows) == 60
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows)


def test_column_widths_are_fixed_and_fill_the_line():
    for table in opened(word.write(two_cases())).tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(grid) == Layout().text_width
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_every_page_is_marked_and_counted():
    section = opened(word.write(one_case())).sections[0]

    assert section.different_first_page_header_footer
    for header in (section.first_page_header, section.header):
        assert "取扱注意" in header.paragraphs[0].text
        assert "R08-支援-0003" in header.paragraphs[0].text
    for footer in (section.first_page_footer, section.footer):
        fields = [each.get(qn("w:instr")).strip() for each in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert "確定 第1版" in footer.paragraphs[0].text
        assert one_case().content_hash[:12] in footer.paragraphs[0].text


def test_the_mark_on_the_first_page_is_framed():
    paper = opened(word.write(one_case()))
    marked = paper.sections[0].first_page_header.paragraphs[0].runs[-1]

    assert marked.text.strip() == "取扱注意"
    assert marked.style.element.find(f".//{qn('w:bdr')}") is not None


def test_the_properties_name_the_paper_but_no_person():
    core = opened(word.write(one_case())).core_properties

    assert core.title == "令和8年度第3回みなも市支援会議 会議録"
    assert core.language == "ja-JP"
    assert (core.author, core.last_modified_by) == ("", "")


def test_nothing_runs_and_nothing_is_fetched():
    with ZipFile(BytesIO(word.write(one_case()))) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    assert not [name for name in parts if name.endswith((".bin", ".jpeg", ".png"))]
    assert not [name for name, xml in parts.items() if b'TargetMode="External"' in xml]


def test_the_same_content_gives_the_same_bytes_and_other_content_others():
    assert word.write(one_case()) == word.write(one_case())
    assert word.write(one_case()) != word.write(replace(one_case(), place="別の部屋"))


def test_a_paper_without_mark_seal_or_cases_is_still_a_paper():
    bare = replace(one_case(), handling_mark="", content_hash="", hearings=())

    assert faults(word.write(bare)) == []
