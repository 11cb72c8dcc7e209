"""Who is asked in writing is asked on the ground of the meeting, and the answer lies before the table."""

from __future__ import annotations

import re

import pytest

from accounts.models import User
from cases.consent import ConsentState
from cases.models import HouseholdPerson
from core import clock
from core.database import session, unit
from core.outbox import Letter
from meetings.capture import Entry
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole
from preparation.inquiries import AnswerMethod, Inquiry, InquiryState
from tests.preparation.test_sheets import Table

ASK = {"due_on": clock.today().isoformat(), "questions-0-text": "この世帯との関わり", "questions-1-text": ""}
ANSWER = {"state": "answered", "answers-0-text": "昨年に一度、相談を受けた"}


@pytest.fixture
def desk(world):
    """The table, at which 三郎 sits for a written answer only."""
    table = Table(world)
    with table.writing():
        session.get(Meeting, world.meeting).hearings[0].seat(world.member(world.saburo), Level.INQUIRY, SeatRole.PARTICIPANT)
    return table


def drafted(desk):
    assert desk.hanako.post(f"/hearings/{desk.world.hearing}/inquiries", ASK).status_code == 303
    return f"/inquiries/{desk.one(Inquiry).id}"


def sent(desk):
    where = drafted(desk)
    assert desk.hanako.post(f"{where}/sending").status_code == 303
    return where


def test_a_draft_is_seen_by_the_team_only(desk):
    where = drafted(desk)

    assert desk.saburo.get(where).status_code == 404
    assert desk.saburo.post(f"{where}/answer", ANSWER).status_code == 404


def test_the_agency_answers_on_its_page_and_counts_as_answered_in_writing(desk):
    where = sent(desk)
    assert "社会福祉法第106条の6第3項" in desk.saburo.get(where).text
    desk.saburo.post(f"{where}/answer", ANSWER)
    inquiry = desk.one(Inquiry)

    assert (inquiry.state, inquiry.how) == (InquiryState.ANSWERED, AnswerMethod.SCREEN)
    with desk.reading():
        seats = session.get(Meeting, desk.world.meeting).seats
        assert [each.attendance for each in seats if each.level == Level.INQUIRY] == [Attendance.WRITTEN]


def test_nobody_else_at_the_table_reads_the_questions(desk):
    assert desk.jiro.get(sent(desk)).status_code == 404


def test_whoever_cannot_answer_says_why(desk):
    where = sent(desk)

    assert desk.saburo.post(f"{where}/answer", state="cannot").status_code == 422
    assert desk.saburo.post(f"{where}/answer", state="cannot", reason="記録がない").status_code == 303


def test_an_answer_by_telephone_is_typed_in_and_says_by_whom(desk):
    where = sent(desk)
    assert desk.hanako.post(f"{where}/answer", ANSWER).status_code == 422  # how did it come?
    desk.hanako.post(f"{where}/answer", ANSWER | {"how": "phone"})

    assert desk.one(Inquiry).how == AnswerMethod.PHONE
    assert "山田 花子が入力" in desk.hanako.get(where).text


def test_what_was_asked_does_not_change_once_it_is_answered(desk):
    where = sent(desk)
    assert desk.hanako.post(where, ASK | {"questions-0-text": "別の質問"}).status_code == 409
    desk.saburo.post(f"{where}/answer", ANSWER)

    assert desk.hanako.post(f"{where}/return").status_code == 409


def test_the_answer_enters_the_record_once_under_the_agencys_name(desk):
    desk.saburo.post(f"{sent(desk)}/answer", ANSWER)
    desk.world.open_meeting()
    for _time in range(2):
        desk.hanako.post(f"{desk.sheets}/record")
    entry = desk.one(Entry)

    assert "昨年に一度" in entry.text
    assert entry.source.startswith("書面照会への回答 令和")
    with desk.reading():
        assert session.get(Entry, entry.id).agency.name == "ひきこもり支援センター"


def test_the_mail_about_an_inquiry_says_nothing_of_the_case(desk):
    sent(desk)

    assert not re.search("Aさん|Bさん|関わり", "".join(each.subject + each.body for each in desk.all(Letter)))


def test_without_consent_nothing_of_a_juso_meeting_is_asked_in_writing(desk):
    desk.world.consent_of_son()
    with desk.writing():
        session.get(Meeting, desk.world.meeting).switch_to_juso(by=session.get(User, desk.world.hanako))
    where = drafted(desk)
    with desk.world.app.app_context(), unit():
        session.get(HouseholdPerson, desk.world.son).record_consent(
            session.get(User, desk.world.hanako), ConsentState.WITHDRAWN, clock.today(), reason="気が変わった")

    assert desk.hanako.post(f"{where}/sending").status_code == 409
    assert desk.hanako.get(where).status_code == 409
