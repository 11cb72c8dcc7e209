"""The office's papers look as the administrator has chosen."""

from __future__ import annotations

from io import BytesIO
import threading

import pytest

from core.database import unit
from exports import word
from exports.layout import STANDARD, Layout
from stationery import house
from stationery.models import DocumentCount
from tests.exports.reading import faults, opened, part, texts
from tests.exports.samples import long_meeting, one_case, two_cases
from tests.stationery.test_choices import png
from tests.test_bad_input import FORMS

CHOSEN = FORMS["paper style"][2]


def choose(world, **changed):
    browser = world.browser("kanri")
    browser.get("/settings/paper")
    answer = browser.post("/settings/paper", CHOSEN | changed)
    return browser, answer




@pytest.mark.databases("sqlite")
def test_what_is_chosen_stands_on_the_next_paper(world):
    browser, answer = choose(world, body_font="BIZ UDP明朝 Medium", body_size="11", numbering="plain", box_title="供覧", box_labels="課長\n係長\n担当",
                             header_text="福祉<総務>課 $mark", footer_text="みなも市", annexes="y", logo=(BytesIO(png()), "logo.png"))
    assert answer.status_code == 303
    paper = browser.get("/settings/paper/sample.docx").data
    assert faults(paper) == []
    styles, header = part(paper, "word/styles.xml"), " ".join(part(paper, f"word/header{n}.xml") for n in (1, 2))
    assert 'w:eastAsia="BIZ UDP明朝 Medium"' in styles and '<w:sz w:val="22"/>' in styles
    assert "福祉&lt;総務&gt;課 $mark" in header
    assert 'descr="市章"' in header
    assert texts(paper)[:5] == ["み福第12号", "供\n覧", "課長", "係長", "担当"]
    assert "別紙1のとおり。" in texts(paper)
    sheet = browser.get("/paper.css")
    assert "margin: 25.0mm 20.0mm 25.0mm 30.0mm" in sheet.text and r"福祉\3c 総務\3e 課 \24 mark" in sheet.text
    assert browser.get("/paper.css", headers={"If-None-Match": sheet.headers["ETag"]}).status_code == 304
    head = browser.get("/settings/paper").text
    assert '<img src="/paper.logo" alt="市章">' in head and "<span>福祉&lt;総務&gt;課 $mark</span>" in head
    assert browser.get("/paper.logo").mimetype == "image/png" and browser.get("/paper.logo").data.startswith(b"\x89PNG")


@pytest.mark.databases("sqlite")
def test_what_is_typed_is_shown_on_a_sample_and_not_saved(world):
    browser = world.browser("kanri")
    saved = browser.get("/settings/paper").text
    shown = browser.post("/settings/paper/trial", CHOSEN | dict(days="short", times="digits", numbering="plain", box_title="供覧", box_labels="部長", left="31"))
    assert shown.status_code == 200 and "R8.6.10(水) 14:00から15:00まで" in shown.text and "部長</td>" in shown.text and 'value="31"' in shown.text
    assert browser.post("/settings/paper/trial", CHOSEN | dict(left="5")).status_code == 422
    assert "部長" not in browser.get("/settings/paper").text and "令和8年6月10日(水) 午後2時" in saved
    assert browser.post("/settings/paper", CHOSEN | dict(left="31")).status_code == 303


@pytest.mark.databases("sqlite")
def test_a_wrong_choice_is_told_and_what_was_typed_is_still_there(world):
    _browser, answer = choose(world, left="5", number_rule="み福第号", header_text="福祉課です")
    assert answer.status_code == 422
    assert "{番号}" in answer.text and "福祉課です" in answer.text
    _browser, answer = choose(world, number_rule="{年}第{番号}号")
    assert answer.status_code == 422 and "{年}" in answer.text
    _browser, answer = choose(world, characters="50", body_size="14")
    assert answer.status_code == 422 and "32文字" in answer.text
    _browser, answer = choose(world, logo=(BytesIO(b"<svg/>"), "logo.svg"))
    assert answer.status_code == 422
    assert "ロゴはPNG又はJPEG" in answer.text


def test_two_minutes_made_final_at_once_get_numbers_of_their_own(world, database_kind):
    with world.app.app_context(), unit():
        DocumentCount.take(2026)
    taken = []

    def take():
        with world.app.app_context(), unit():
            taken.append(DocumentCount.take(2026))

    threads = [threading.Thread(target=take) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(taken) == [2, 3, 4, 5, 6, 7]


@pytest.mark.databases("sqlite")
def test_a_number_is_given_only_where_the_office_has_a_rule(world):
    with world.app.app_context(), unit():
        assert house.next_number(2026) == ""
    choose(world, number_rule="み福第{番号}号")
    with world.app.app_context(), unit():
        assert house.next_number(2026) == "み福第1号"


LOOKS = [STANDARD, Layout(numbering="plain", comma="，", annexes=True, box_title="決裁", box_labels=("部長", "課長", "係長", "担当")),
         Layout(body_size=11, right=17, characters=42, captions=False), Layout(logo=png(), logo_words="\x00$mark\"<市章>", header_text="${body}", footer_text="&$")]


@pytest.mark.parametrize("layout", LOOKS)
@pytest.mark.parametrize("sample", [one_case, two_cases, long_meeting])
def test_every_look_gives_a_valid_paper_with_the_same_bytes_each_time(layout, sample):
    paper = word.write(sample(), layout)
    assert faults(paper) == []
    assert paper == word.write(sample(), layout)


def test_the_words_that_are_ours_bear_the_offices_comma_and_what_people_said_stays():
    lines = texts(word.write(one_case(), Layout(comma="，")))
    assert "資源開発（この資源があれば，こんな支援ができる）" in lines
    assert "Aさんの負担を、暮らしを変えずにどう軽くするか。" in lines


def test_annexes_stand_behind_the_text_each_on_a_page_of_its_own():
    document = opened(word.write(two_cases(), Layout(annexes=True)))
    lines = [each.text for each in document.paragraphs]
    annexes = [each.text for each in document.paragraphs if each.style.name == "会議録 別紙"]
    assert lines.index("以上") < lines.index(annexes[0])
    assert [each[:3] for each in annexes] == ["別紙1", "別紙2", "別紙3", "別紙4"][: len(annexes)]
    assert document.styles["会議録 別紙"].paragraph_format.page_break_before


def test_tables_are_numbered_by_fields_in_the_order_they_stand():
    xml = part(word.write(long_meeting()), "word/document.xml")
    fields = xml.split('w:instr=" SEQ 表 ')[1:]
    assert [each.split("<w:t>")[1].split("<")[0] for each in fields] == [str(n) for n in range(1, len(fields) + 1)]
    assert len(fields) > 2


def test_the_document_number_stands_above_the_title_and_an_old_seal_still_holds():
    from dataclasses import replace

    paper = one_case()
    assert replace(paper, document_number="").digest() == paper.digest()
    numbered = replace(paper, document_number="み福第12号")
    assert texts(word.write(numbered))[0] == "み福第12号"
    assert numbered.digest() != paper.digest()
