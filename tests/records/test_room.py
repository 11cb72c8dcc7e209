"""The records room: everything final is found by those who may read it, and by nobody else."""

from __future__ import annotations

import csv
from dataclasses import replace
import io
import re

import openpyxl
import pytest
import sqlalchemy as sa

from accounts.models import User
from core import clock, search
from core.audit import AuditRow
from core.database import session, unit
from core.tables import safe
from exports.minutes import Hearing, Minutes, Statement
from meetings import minutes, record
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Attendance, Level, SeatRole
from records.changes import changes
from records.models import Filing
from records.snippets import snippet
from records.years import year_of

SAID, CONFINED = "回覧板を届ける", "通帳の預かり"


@pytest.fixture
def room(world):
    """A's meeting is over and final; 別の 担当 sat there as a participant who does not share in what was told to some only."""
    with world.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        seat = meeting.hearings[0].seat(world.member(world.other), Level.REQUIRED, SeatRole.PARTICIPANT)
        seat.confidant = False
        session.flush()
        for user_id in (world.hanako, world.jiro, world.saburo, world.other):
            meeting.acknowledge(world.member(user_id), by=session.get(User, user_id))
        for seat in meeting.seats:
            seat.attendance = Attendance.PRESENT
        meeting.open(by=hanako)
        Entry.capture(meeting.hearings[0], hanako, "open", EntryKind.OPINION, f"民生委員が{SAID}とよい。")
        Entry.capture(meeting.hearings[0], hanako, "some", EntryKind.OPINION, f"{CONFINED}は次の課題", limited=True)
        meeting.close(by=hanako)
        session.flush()
        world.final = record.finalise(meeting, hanako, minutes.lay_out).id
    return world


def test_the_document_number_of_the_paper_stands_beside_the_record(room):
    with room.app.app_context(), unit():
        version = session.get(MinutesVersion, room.final)
        version.content = replace(version.minutes, document_number="み福第12号").to_json()
    assert "み福第12号" in room.browser("fumiko").get("/records").text


def look(world, who, text, **more):
    browser = world.browser(who)
    browser.get("/records")
    where = browser.post("/records/search", text=text, **more)
    assert where.status_code == 303, where.text
    assert not text or text not in where.location
    return browser.get(where.location).text


def hits(page) -> list[str]:
    return re.findall(r'href="/records/(\d+)"', page)


def test_two_letters_of_what_was_said_find_the_minutes_and_show_where(room):
    for who in ("hanako", "fumiko", "other"):
        page = look(room, who, "回覧")
        assert hits(page) == [str(room.final)], who
        assert "主な意見" in page and "<mark>回覧</mark>" in page


def test_what_was_told_to_some_only_is_found_by_those_who_read_it_and_by_nobody_else(room):
    for who in ("hanako", "fumiko"):
        assert hits(look(room, who, CONFINED)) == [str(room.final)], who
    page = look(room, "other", CONFINED).replace(f'value="{CONFINED}"', "")
    assert hits(page) == [] and CONFINED not in page


def test_words_from_two_parts_of_a_paper_are_found_together(room):
    assert hits(look(room, "fumiko", f"{SAID} {CONFINED}")) == [str(room.final)]
    assert hits(look(room, "other", f"{SAID} {CONFINED}")) == []


def test_a_line_limited_later_is_not_found_in_the_version_from_before(room):
    with room.app.app_context(), unit():
        record.reopen(session.get(Meeting, room.meeting), session.get(User, room.hanako), "内々の話だった")
        session.query(Entry).filter_by(key="open").one().limit(True)
    assert hits(look(room, "other", SAID, versions="all")) == []
    assert hits(look(room, "hanako", SAID, versions="all")) == [str(room.final)]


def test_an_index_written_anew_finds_the_same(room):
    with room.app.app_context(), unit():
        search.rebuild()
    assert hits(look(room, "other", CONFINED)) == [] and hits(look(room, "other", SAID)) == [str(room.final)]


@pytest.mark.databases("sqlite")
def test_the_list_is_narrowed_by_year_kind_case_agency_filing_and_days(room):
    with room.app.app_context():
        agency, number = room.member(room.jiro).agency_id, session.get(Meeting, room.meeting).hearings[0].case.number
    year, today = str(_year(room)), clock.today().isoformat()
    for there in (dict(year=year), dict(of="shien"), dict(case=number), dict(case=number.lower()), dict(agency=str(agency)), dict(filed="no"),
                  dict(since=today, until=today), dict(order="held"), dict(order="number", versions="all")):
        assert hits(look(room, "fumiko", "", **there)) == [str(room.final)], there
    for away in (dict(of="juso"), dict(filed="yes"), dict(since="2099-01-01"), dict(until="2020-01-01")):
        assert hits(look(room, "fumiko", "", **away)) == [], away
    browser = room.browser("fumiko")
    browser.get("/records")
    assert browser.post("/records/search", text="", case="R01-9999").status_code == 422


@pytest.mark.databases("sqlite")
def test_the_clerk_goes_from_the_list_to_the_copies_and_the_retention_of_a_record(room):
    for who, finds in (("fumiko", True), ("hanako", False)):
        page = room.browser(who).get("/records").text
        assert (f"/meetings/{room.meeting}/copies" in page, f"/retention/meetings/{room.meeting}" in page) == (finds, finds)


@pytest.mark.databases("sqlite")
def test_several_are_filed_at_once_and_a_mistake_is_taken_back(room):
    fumiko = room.browser("fumiko")
    fumiko.get("/records")
    assert fumiko.post("/records/filing", record=str(room.final), binder="令和8年度 支援会議綴", number="第12号").status_code == 303
    assert "令和8年度 支援会議綴" in fumiko.get(f"/records/{room.final}").text
    fumiko.post(f"/records/{room.final}/filing", binder="令和8年度 会議録綴", number="第12号")
    fumiko.post(f"/records/{room.final}/unfiling")
    with room.app.app_context():
        assert session.get(MinutesVersion, room.final).filed_at is None
        assert [(each.binder, each.undone_at is None) for each in session.query(Filing).order_by(Filing.id)] == [
            ("令和8年度 支援会議綴", False), ("令和8年度 会議録綴", False)]
    hanako = room.browser("hanako")
    hanako.get("/records")
    assert hanako.post("/records/filing", record=str(room.final)).status_code == 404


@pytest.mark.databases("sqlite")
def test_a_record_says_whether_its_content_still_holds(room):
    assert "一致しています" in room.browser("fumiko").get(f"/records/{room.final}").text
    with room.app.app_context(), unit():
        session.execute(sa.update(MinutesVersion).values(content=sa.func.replace(MinutesVersion.content, SAID, "回覧板を捨てる")))
    page = room.browser("fumiko").get(f"/records/{room.final}")
    assert page.status_code == 200 and "一致しません" in page.text


@pytest.mark.databases("sqlite")
def test_the_seal_over_the_whole_is_for_those_who_read_the_whole(room):
    with room.app.app_context():
        seal = session.get(MinutesVersion, room.final).hash[:12]
    for who, knows in (("fumiko", True), ("hanako", True), ("other", False)):
        browser = room.browser(who)
        pages = [browser.get("/records").text, browser.get(f"/records/{room.final}").text, browser.get(f"/records/ledger.csv?year={_year(room)}").text]
        assert [seal in each for each in pages] == [knows] * 3, who


@pytest.mark.databases("sqlite")
def test_what_a_version_changed_is_shown_without_what_the_reader_does_not_read(room):
    with room.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, room.meeting), session.get(User, room.hanako)
        record.reopen(meeting, hanako, "言葉の誤り")
        line = session.query(Entry).filter_by(key="open").one()
        line.remove(hanako, line.revisions[-1].id)
        Entry.capture(meeting.hearings[0], hanako, "more", EntryKind.OPINION, "印鑑も預かる", limited=True)
        session.flush()
        second = record.finalise(meeting, hanako, minutes.lay_out).id
    page = room.browser("fumiko").get(f"/records/{second}/changes").text
    assert "印鑑も預かる" in page and "<del>" in page
    assert "印鑑も預かる" not in room.browser("other").get(f"/records/{second}/changes").text
    assert room.browser("fumiko").get(f"/records/{room.final}/changes").status_code == 404


@pytest.mark.databases("sqlite")
def test_the_register_names_no_household_and_runs_no_formula(room):
    with room.app.app_context(), unit():
        session.get(Meeting, room.meeting).name = "=HYPERLINK(\"http://evil.example\")"
    fumiko, year = room.browser("fumiko"), _year(room)
    table = list(csv.reader(io.StringIO(fumiko.get(f"/records/ledger.csv?year={year}").data.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(fumiko.get(f"/records/ledger.xlsx?year={year}").data)).active
    assert table[1][3].startswith("'=") and sheet["D2"].data_type == "s"
    assert [cell.value for cell in sheet[1]] == table[0]
    assert sheet["E2"].is_date and sheet.freeze_panes == "B2" and sheet.auto_filter.ref and sheet.page_setup.orientation == "landscape"
    assert dict(zip(table[0], table[1]))["保存期間"] == "5年"
    assert "Aさん" not in str(table) and (table[1][7], table[1][8]) == ("1", "4")
    with room.app.app_context():
        assert [each.detail for each in session.query(AuditRow).filter_by(act="exported", subject=f"ledger/{year}")] == ["csv", "xlsx"]


@pytest.mark.parametrize("text, guarded", [("=1+1", "'=1+1"), ("+81", "'+81"), ("@SUM(A1)", "'@SUM(A1)"), ("-1", "'-1"), ("会議", "会議"), ("", ""), ("\t=1", "'\t=1")])
@pytest.mark.databases("sqlite")
def test_a_cell_never_becomes_a_formula(text, guarded):
    assert safe(text) == guarded


@pytest.mark.parametrize("typed, year", [("2026", 2026), ("R8", 2026), ("r08", 2026), ("令和８年度", 2026), ("令和元年度", 2019), ("H31", 2019), ("八年", None), ("", None), ("R0", None)])
def test_a_year_is_read_as_people_write_it(typed, year):
    assert year_of(typed) == year


def test_a_snippet_is_found_in_the_spelling_of_the_paper():
    paper = Minutes(**dict.fromkeys(("title", "office", "legal_kind", "legal_ground", "handling_mark", "reference", "status", "held", "place", "mode", "purpose",
                                     "to_decide", "facilitator", "note_taker", "timekeeper", "rules", "next_meeting", "confirmation"), ""),
                    hearings=(Hearing("R08-0001", "", "", (), (), facts=(Statement("長い前置き。" * 9 + "ﾍﾙﾊﾟｰが来る。"),)),))
    found = snippet(paper, "へるぱー")
    assert (found.place, found.hit, found.after) == ("共有された情報", "ﾍﾙﾊﾟｰ", "が来る。") and found.before.startswith("…")
    assert snippet(paper, "訪問") is None


def test_a_change_shows_the_words_and_not_the_whole_paper():
    old = "\n".join(["一", "二", "訪問は月1回とする。", "四", "五", "六"])
    change, = changes(old, old.replace("月1回", "月2回"))
    assert change.lead == ("一", "二") and change.trail == ("四", "五")
    assert ("1", True) in change.gone[0] and ("2", True) in change.come[0]


def _year(world) -> int:
    with world.app.app_context():
        return session.get(Meeting, world.meeting).fiscal_year
