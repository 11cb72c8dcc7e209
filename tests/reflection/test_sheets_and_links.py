"""The same minute on paper and by a personal link; the trend of the office."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from docx import Document
import pytest
import sqlalchemy as sa

from agencies.models import Agency, AgencyKind, Member
from core import clock
from core.database import session, unit, utcnow
from core.web import Refused
from meetings.models import Meeting
from meetings.table import Attendance, Level, Seat, SeatRole
from reflection import rights, rounds, sums
from reflection.models import Box, QuarterSum, Result
from reflection.rules import Answer, Question, Tally, quarter_of
from tests.links.slips import Slip

DATABASES = ["sqlite"]
GOOD = dict.fromkeys([each.value for each in Question], "yes")


@pytest.fixture
def slip(world):
    made = Slip(world)
    with world.app.app_context(), unit():
        for each in session.get(Meeting, world.meeting).seats:
            each.attendance = Attendance.PRESENT
    return made


@pytest.fixture
def hanako(slip):
    return slip.world.browser("hanako")


def sheets(yes=5, between=0, no=0, **more):
    return {f"{each.value}_{name}": str(number) for each in Question for name, number in (("yes", yes), ("between", between), ("no", no))} | more


def count(slip, hanako, **numbers):
    hanako.get(f"/meetings/{slip.world.meeting}/reflection/result")
    return hanako.post(f"/meetings/{slip.world.meeting}/reflection/sheets", sheets(**numbers), once=hanako.once())


def neighbours(slip, number=6, attendance=Attendance.PRESENT):
    """So many people without an account sat there, beside 民子さん."""
    with slip.world.app.app_context(), unit():
        hearing = session.get(Meeting, slip.world.meeting).hearings[0]
        agency = Agency(name=f"西地区 {attendance.value}", kind=AgencyKind.INFORMAL)
        for turn in range(number):
            member = Member(agency=agency, name=f"近所 {turn}")
            session.add(member)
            session.flush()
            hearing.seat(member, Level.DESIRED, SeatRole.PARTICIPANT)
            session.flush()
            session.scalar(sa.select(Seat).where(Seat.member_id == member.id)).attendance = attendance


def quarter(world):
    """(meetings, answers, yes to each question) of the quarter that runs."""
    with world.app.app_context(), unit(read_only=True):
        return [(each.meetings, each.answers, *set(each.yes.values())) for each in sums.quarters()]


def end(world):
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).closed_at = utcnow() - timedelta(days=9)
    with world.app.app_context(), unit():
        rounds.settle(utcnow())


def results(world):
    with world.app.app_context(), unit(read_only=True):
        return {each.question.value: each.band.value for each in session.scalars(sa.select(Result))}


def test_behind_a_personal_link_the_minute_is_given_once(slip):
    guest = slip.enter()
    assert 'href="/l/reflection"' in guest.get("/l/own").text
    assert "あなたがどう答えたかは、誰にも分かりません" in guest.get("/l/reflection").text
    assert guest.post("/l/reflection", GOOD).status_code == 303

    assert "回答を箱に入れました" in guest.get("/l/reflection").text
    assert 'href="/l/reflection"' not in guest.get("/l/own").text
    with slip.world.app.app_context(), unit(read_only=True):
        assert rounds._opened(slip.world.meeting, "screen", session.get(Box, slip.world.meeting).screen).answers == 1


def test_an_answer_by_link_leaves_no_line_in_the_audit_and_no_submission(slip):
    guest = slip.enter()
    guest.get("/l/reflection")
    tables = [sa.table("audit"), sa.table("submission")]

    def rows():
        with slip.world.app.app_context(), unit(read_only=True):
            return [session.scalar(sa.select(sa.func.count()).select_from(each)) for each in tables]

    before = rows()
    guest.post("/l/reflection", GOOD)
    assert rows() == before


def test_who_was_not_there_has_no_minute_behind_the_link(slip):
    with slip.world.app.app_context(), unit():
        next(each for each in session.get(Meeting, slip.world.meeting).seats if each.member_id == slip.member).attendance = Attendance.ABSENT
    guest = slip.enter()
    assert 'href="/l/reflection"' not in guest.get("/l/own").text
    assert guest.get("/l/reflection").status_code == guest.post("/l/reflection", GOOD).status_code == 404


def test_without_a_link_there_is_no_such_page(slip):
    assert slip.world.browser().get("/l/reflection").status_code == 404


def test_sheets_are_counted_from_five_up_in_the_sums_of_the_office_alone(slip, hanako):
    neighbours(slip)
    assert count(slip, hanako, yes=4).status_code == 422
    assert count(slip, hanako, yes=2, no=4).status_code == 303
    end(slip.world)
    assert results(slip.world) == {} and quarter(slip.world) == [(0, 6, 2)]


@pytest.mark.parametrize("invented", [dict(yes=7), dict(yes=0, no=7), dict(yes=3, no=4)])
def test_no_sheet_moves_a_band_of_the_screen(slip, hanako, invented):
    """Five answers of the screen, four of them "yes": whatever the facilitator types in, the band is the one of the five."""
    neighbours(slip)
    with slip.world.app.app_context(), unit():
        meeting = session.get(Meeting, slip.world.meeting)
        said = Tally.of({each: {Answer.YES: 2, Answer.BETWEEN: 0, Answer.NO: 3} for each in Question})
        rounds._box(meeting).screen = rounds._sealed(meeting.id, "screen", said)
    assert count(slip, hanako, **invented).status_code == 303
    end(slip.world)
    assert set(results(slip.world).values()) == {"seldom"} and quarter(slip.world) == [(1, 12, 2 + invented["yes"])]


def test_no_more_sheets_than_people_present_without_an_account(slip, hanako):
    neighbours(slip, 4)
    neighbours(slip, 9, Attendance.ABSENT)
    refused = count(slip, hanako, yes=6)
    assert refused.status_code == 422 and "用紙が6枚ありますが、出席と記録されたアカウントのない人は5人です" in refused.text and 'value="6"' in refused.text
    with slip.world.app.app_context(), unit(), pytest.raises(Refused):
        rounds.count_sheets(session.get(Meeting, slip.world.meeting), Tally.of({each: {Answer.YES: 6, Answer.BETWEEN: 0, Answer.NO: 0} for each in Question}))
    assert count(slip, hanako, yes=5).status_code == 303


def test_a_proxy_has_a_sheet_and_who_answered_by_link_is_not_left_out_of_the_number(slip, hanako):
    neighbours(slip, 2)
    with slip.world.app.app_context(), unit():
        meeting = session.get(Meeting, slip.world.meeting)
        next(each for each in meeting.seats if each.member.user_id == slip.world.jiro).attendance = Attendance.PROXY
        session.flush()
        before = rights.without_account(meeting)
        rounds.put_in(meeting, slip.member, dict.fromkeys(Question, Answer.YES))
        assert before == rights.without_account(meeting) == 4


def test_where_fewer_than_five_have_no_account_the_page_asks_for_no_sheets(slip, hanako):
    page = hanako.get(f"/meetings/{slip.world.meeting}/reflection/result").text
    assert "この会議では用紙を集計しません" in page and 'name="role_yes"' not in page
    neighbours(slip, 4)
    page = hanako.get(f"/meetings/{slip.world.meeting}/reflection/result").text
    assert "アカウントのない人は5人で" in page and 'name="role_yes"' in page


def test_few_answers_on_the_screen_beside_counted_sheets_are_not_found_by_subtraction(slip, hanako):
    neighbours(slip)
    jiro = slip.world.browser("jiro")
    jiro.get(f"/meetings/{slip.world.meeting}/reflection")
    assert jiro.post(f"/meetings/{slip.world.meeting}/reflection", dict.fromkeys(GOOD, "no")).status_code == 303
    count(slip, hanako, yes=3, no=2)
    end(slip.world)
    assert results(slip.world) == {} and quarter(slip.world) == [(0, 5, 3)]


def test_a_second_count_takes_the_place_of_the_first(slip, hanako):
    neighbours(slip)
    count(slip, hanako, yes=7)
    count(slip, hanako, yes=1, no=4)
    end(slip.world)
    assert quarter(slip.world) == [(0, 5, 1)]


def test_sums_that_differ_are_shown_and_nothing_is_lost(slip, hanako):
    neighbours(slip)
    hanako.get(f"/meetings/{slip.world.meeting}/reflection/result")
    answer = hanako.post(f"/meetings/{slip.world.meeting}/reflection/sheets", sheets(yes=5, wish_no="1"), once=hanako.once())
    assert answer.status_code == 422 and "問いごとの合計が合いません (5、5、5、6、5)".replace(" (", "(") in answer.text and "<details class=\"card sheets\" open>" in answer.text


def test_the_sheet_asks_for_no_name_and_is_the_same_for_every_meeting(slip, hanako):
    answer = hanako.get(f"/meetings/{slip.world.meeting}/reflection/sheet.docx")
    paper = Document(BytesIO(answer.data))
    words = "\n".join([each.text for each in paper.paragraphs] + [cell.text for table in paper.tables for row in table.rows for cell in row.cells])

    assert "誰も責められていなかった" in words and "お名前や御意見は書かないでください" in words
    with slip.world.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, slip.world.meeting)
        assert meeting.name not in words and meeting.reference not in words and "氏名" not in words


def test_the_trend_shows_rounded_shares_of_quarters_that_are_over(slip, hanako):
    before = quarter_of(quarter_of(clock.today()) - timedelta(days=1))
    with slip.world.app.app_context(), unit():
        for each in Question:
            session.add(QuarterSum(begins=before, question=each, meetings=3, answers=17, yes=11))
            session.add(QuarterSum(begins=quarter_of(clock.today()), question=each, meetings=9, answers=90, yes=0))
    page = hanako.get("/reflections").text

    assert page.count("約65%") == len(Question) and "約0%" not in page and "17" not in page[page.index("<tbody"):page.index("</tbody")]
    assert slip.world.browser("jiro").get("/reflections").status_code == 404
