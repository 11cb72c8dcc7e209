"""All papers of a meeting: who finds what there, and what the pledge, the agenda and the role table say."""

from __future__ import annotations

import pytest

from accounts.models import User
from core import clock
from core.database import session, unit
from exports import pdf
from exports.layout import Layout
from meetings.models import Meeting
from papers import wall_paper
from stationery import handing
from tests.exports.reading import faults, opened, texts, words

DATABASES = ["sqlite"]


@pytest.fixture
def open_meeting(world):
    """The meeting of 花子's case, opened, with a role for 次郎; 次郎 has accepted the rules."""
    from accounts.models import User
    from actions.models import ActionItem
    from meetings.table import Attendance

    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        hanako, jiro = (session.get(User, each) for each in (world.hanako, world.jiro))
        for person in (hanako, jiro):
            meeting.acknowledge(world.member(person.id), by=person)
        for seat in meeting.hearings[0].seats:
            seat.attendance = Attendance.PRESENT
        meeting.open(by=hanako)
        ActionItem.assign(meeting.hearings[0], hanako, "wall", "配食を週2回に増やす", member=world.member(world.jiro))
    return world.meeting


def test_the_coordinator_finds_every_paper_and_a_participant_their_own(world, open_meeting):
    team, guest = (world.browser(who).get(f"/meetings/{open_meeting}/papers").text for who in ("hanako", "jiro"))

    for name in ("開催通知", "情報提供の依頼", "準備シート", "同意書", "守秘に関する誓約書", "次第・出席者名簿", "役割分担表（掲示用）", "世帯図（別紙）"):
        assert name in team
    assert "役割分担表（掲示用）" in guest and "準備シート" in guest and "minutes.docx" in guest
    for name in ("開催通知", "同意書", "守秘に関する誓約書", "世帯図（別紙）"):
        assert name not in guest


def test_the_pledges_of_all_are_one_file_with_a_page_each(world, open_meeting):
    paper = world.browser("hanako").get(f"/meetings/{open_meeting}/pledges.docx?of=all").data

    said = words(paper)
    assert faults(paper) == []
    assert texts(paper).count("守秘に関する誓約書") == 3
    assert all(name in said for name in ("山田 花子", "佐藤 次郎", "田中 三郎"))
    assert "社会福祉法第106条の6第6項" in said and "社会福祉法第159条" in said and "退職した後も" in said
    assert "Aさん" not in said and "保健センター" in said


def test_a_citation_that_the_office_corrects_is_the_one_on_the_pledge(world, open_meeting):
    from ground_rules.models import Citation

    with world.app.app_context(), unit():
        citation = session.get(Citation, "secrecy")
        citation.rewrite(session.get(User, world.admin), "社会福祉法第106条の6第9項", "Article 106-6 (9)", None, clock.today(), "")
    said = words(world.browser("hanako").get(f"/meetings/{open_meeting}/pledges.docx?term=year").data)

    assert "第106条の6第9項" in said and "第106条の6第6項" not in said
    assert "3月31日まで" in said and "山田 花子" not in said


def test_the_wall_says_who_does_what_and_nothing_of_the_household(world, open_meeting):
    paper = world.browser("jiro").get(f"/hearings/{world.hearing}/roles.docx?size=a4").data

    said, page = words(paper), opened(paper).sections[0]
    assert "配食を週2回に増やす" in said and "保健センター 佐藤 次郎" in said and "確認前" in said
    assert "Aさん・Bさん世帯" not in said and "息子" not in said
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)
    assert faults(paper) == []


def test_what_only_some_may_know_stays_off_the_wall(world, open_meeting):
    from actions.models import ActionItem
    from meetings.capture import Entry, EntryKind

    with world.app.app_context(), unit():
        hearing = session.get(Meeting, open_meeting).hearings[0]
        hanako = world.member(world.hanako).user
        told = Entry.capture(hearing, hanako, "told", EntryKind.OPINION, "内々に決めた訪問", "", limited=True)
        ActionItem.assign(hearing, hanako, "made", "内々に決めた訪問", agency=world.member(world.jiro).agency).entry_id = told.id
        Entry.capture(hearing, hanako, "guess", EntryKind.OPINION, "配食を週2回に増やす", "", limited=True)

    said = words(world.browser("jiro").get(f"/hearings/{world.hearing}/roles.docx").data)
    assert "内々に決めた訪問" not in said
    assert "配食を週2回に増やす" in said  # a role of its own stays, whatever somebody else says in the same words


@pytest.mark.parametrize("count", [1, 8, 30, 200])
def test_the_type_steps_down_until_the_table_fits_on_one_page(count):
    rows = [("保健師の初回の訪問に同行し、ラジオの話ができる人を探す", "ひきこもり地域支援センター 若野 しおり", "12月7日(月)", "引き受ける")] * count
    page = wall_paper.page(rows, "a3", Layout())

    assert page.layout.table_size >= 40 if count == 1 else page.layout.table_size >= 18 if count == 8 else page.layout.table_size < 18
    assert page.count == count if count <= 30 else 0 < page.count < count


def test_the_characters_of_an_upright_line_do_not_stretch_the_page_for_the_wall():
    page = wall_paper.page([("訪問する", "保健センター", "12月7日(月)", "引き受ける")], "a3", Layout(characters=42))

    assert page.layout.character_space == 0


def test_minutes_leave_as_markdown_and_as_pdf_and_the_audit_knows(world, open_meeting, monkeypatch):
    import sqlalchemy as sa

    from core import audit

    monkeypatch.setattr(pdf, "convert", lambda docx: b"%PDF-" + str(len(opened(docx).paragraphs)).encode())
    browser = world.browser("jiro")
    marked, drawn = (browser.get(f"/meetings/{open_meeting}/minutes.{kind}") for kind in ("md", "pdf"))

    assert marked.text.splitlines()[2].startswith("# ") and marked.mimetype == "text/markdown"
    assert drawn.data.startswith(b"%PDF-") and drawn.mimetype == "application/pdf"
    with world.app.app_context(), unit(read_only=True):
        noted = list(session.scalars(sa.select(audit.AuditRow.detail).where(audit.AuditRow.act == "exported")))
    assert "md" in noted and "pdf draft" in noted


@pytest.mark.parametrize("fault", [pdf.NotAvailable, pdf.Failed, pdf.Busy])
def test_without_a_pdf_the_page_says_what_to_do_instead(world, open_meeting, monkeypatch, fault):
    def convert(_docx):
        raise fault("reason")

    monkeypatch.setattr(handing.pdf, "convert", convert)
    answer = world.browser("hanako").get(f"/hearings/{world.hearing}/roles.docx?size=a4&as=pdf")

    assert answer.status_code == 409 and "PDFとして保存" in answer.text and f'/hearings/{world.hearing}/roles.docx?size=a4"' in answer.text and "Wordで受け取る" in answer.text
