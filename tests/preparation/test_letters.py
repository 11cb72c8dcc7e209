"""A letter looks as an office writes it, says no more of a case than its number, and stays as it was made."""

from __future__ import annotations

from datetime import timedelta
import io
from urllib.parse import unquote

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
import pytest

from accounts.models import User
from agencies.models import Agency
from core import clock
from core.database import session
from exports import word
from exports.letters import Letter, lay_out
from meetings.models import Meeting
from preparation.letters import PaperLetter
from tests.preparation.test_sheets import Table


@pytest.fixture
def table(world):
    return Table(world)


def made(table, kind="notice", *names, **more):
    words = dict(kind=kind, agencies=[str(table.agency(each)) for each in names or ("jiro",)], number="福第12号", dated_on=clock.today().isoformat(),
                 due_on=clock.today().isoformat(), ground="社会福祉法第106条の6", asks="御出席をお願いします。", contact="重層支援係") | more
    assert table.hanako.post(f"/hearings/{table.world.hearing}/letters", words).status_code == 303
    return table.all(PaperLetter)


def read(answer):
    return Document(io.BytesIO(answer.data)).paragraphs


def test_a_notice_has_number_and_date_right_the_head_left_and_ends_with_ijo(table):
    (letter,) = made(table)
    lines = read(table.hanako.get(f"/letters/{letter.id}.docx"))
    texts = [each.text for each in lines]

    assert texts[:2] == ["福第12号", clock.wareki(clock.today(), False)]
    assert lines[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert "　保健センター長　様" in texts
    assert "記" in texts
    assert texts[-1] == "以上"
    assert "みなも市支援会議の開催について（通知）" in texts


def test_a_notice_tells_nothing_of_the_case_but_its_number(table):
    (letter,) = made(table)
    whole = "\n".join(each.text for each in read(table.hanako.get(f"/letters/{letter.id}.docx")))

    assert "R0" in whole
    for word_of_the_case in ("Aさん", "暮らしの見通し", "最初の訪問", "心配"):
        assert word_of_the_case not in whole


def test_the_head_on_the_roster_is_addressed(table):
    with table.writing():
        agency = session.get(Agency, table.agency("jiro"))
        agency.head, agency.postal, agency.address = "保健センター所長", "000-0000", "みなも市1-1"
    (letter,) = made(table)
    texts = [each.text for each in read(table.hanako.get(f"/letters/{letter.id}.docx"))]

    assert [each.strip() for each in texts[3:6]] == ["〒000-0000", "みなも市1-1", "保健センター所長　様"]


def test_letters_made_together_come_in_one_file_under_a_name_that_names_nobody(table):
    letters = made(table, "notice", "jiro", "saburo")
    answer = table.hanako.get(f"/letters/{letters[0].id}/all.docx")
    name = unquote(answer.headers["Content-Disposition"])

    assert [each.text for each in read(answer)].count("記") == 2
    assert "開催通知_一式.docx" in name
    assert not any(each in name for each in ("佐藤", "保健", "Aさん"))


def test_a_request_quotes_the_act_and_is_marked(table):
    (letter,) = made(table, "request")
    answer = table.hanako.get(f"/letters/{letter.id}.docx")

    assert "社会福祉法第106条の6第3項の規定により" in "".join(each.text for each in read(answer))
    assert "取扱注意" in Document(io.BytesIO(answer.data)).sections[0].first_page_header.paragraphs[0].text


def test_a_letter_stays_as_it_was_made_and_is_known_to_be_older_than_the_plan(table):
    (letter,) = made(table)
    before = [each.text for each in read(table.hanako.get(f"/letters/{letter.id}.docx"))]
    with table.writing():
        meeting = session.get(Meeting, table.world.meeting)
        meeting.reschedule(meeting.starts_at + timedelta(days=1), meeting.ends_at + timedelta(days=1), by=session.get(User, table.world.hanako))

    assert [each.text for each in read(table.hanako.get(f"/letters/{letter.id}.docx"))] == before
    assert "日程変更の前に作成" in table.hanako.get(f"/hearings/{table.world.hearing}/letters").text


def test_a_prefectural_agency_without_a_letter_is_marked_on_the_page_of_the_meeting(table):
    with table.writing():
        session.get(Agency, table.agency("jiro")).prefectural = True
    page = f"/meetings/{table.world.meeting}"
    before = table.hanako.get(page).text
    made(table)

    assert "文書で依頼（未作成）" in before
    assert "文書作成済み" in table.hanako.get(page).text


def test_a_letter_is_kept_word_for_word():
    letter = Letter(number="1", date="令和8年7月1日", addressee=("長　様",), sender=("市長",), title="通知", body=("本文",), points=(("日時", "午後2時"),),
                    questions=("問",))

    assert Letter.from_json(letter.to_json()) == letter
    assert word.draw(lay_out([letter]), "通知").startswith(b"PK")
