"""The same minute on paper and by a personal link; the trend of the office."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from docx import Document
import pytest
import sqlalchemy as sa

from core import clock
from core.database import session, unit, utcnow
from meetings.models import Meeting
from meetings.table import Attendance
from reflection import rounds
from reflection.models import Box, QuarterSum, Result
from reflection.rules import Question, quarter_of
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


def test_sheets_are_counted_from_five_up_and_make_a_result_by_themselves(slip, hanako):
    assert count(slip, hanako, yes=4).status_code == 422
    assert count(slip, hanako, yes=2, no=4).status_code == 303
    end(slip.world)
    assert set(results(slip.world).values()) == {"seldom"}


def test_few_answers_on_the_screen_beside_counted_sheets_are_not_found_by_subtraction(slip, hanako):
    slip.world.browser("jiro").post(f"/meetings/{slip.world.meeting}/reflection", dict.fromkeys(GOOD, "no"))
    count(slip, hanako, yes=3, no=2)  # divided; with one more "no" it would be half, with one "yes" more too: neither counts
    end(slip.world)

    with slip.world.app.app_context(), unit(read_only=True):
        assert {(each.answers, each.yes) for each in session.scalars(sa.select(QuarterSum))} == {(5, 3)}


def test_a_second_count_takes_the_place_of_the_first(slip, hanako):
    count(slip, hanako, yes=9)
    count(slip, hanako, yes=0, no=5)
    end(slip.world)
    assert set(results(slip.world).values()) == {"seldom"}


def test_sums_that_differ_are_shown_and_nothing_is_lost(slip, hanako):
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
