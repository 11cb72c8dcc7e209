"""An afternoon with three cases: people come and go by their case, and nobody learns of a case they do not sit for."""

from __future__ import annotations

import re

import pytest

from accounts.models import User
from cases.models import Case, HouseholdPerson, HouseholdType
from core import clock
from core.database import session, unit
from meetings import agenda
from meetings.kinds import Kind
from meetings.models import Meeting
from tests.browser.conftest import ja
from tests.browser.test_the_line import find, read_word, validate

DATABASES = ["sqlite"]  # what the afternoon asks of the database, the tests of several cases ask of both
SECOND, THIRD = "Dさん・Eさん世帯", "Gさん世帯"


@pytest.fixture
def afternoon(world):
    """The office's regular meeting, still without cases, and 花子's three cases."""
    with world.app.app_context(), unit():
        hanako = session.get(User, world.hanako)
        for label in (SECOND, THIRD):
            case = Case.open(hanako, label, HouseholdType.OTHER, clock.today())
            case.people.append(HouseholdPerson(position=1, label=f"{label[:1]}さん"))
            session.flush()
        starts = clock.instant(clock.today(), clock.read_time("13:30"))
        frame = Meeting.schedule(hanako, Kind.SHIEN, "定例支援会議", starts, starts.replace(hour=15, minute=0), place="大会議室")
        frame.divide([(None, step) for step in agenda.steps("standard", "ja")])
        session.flush()
        world.numbers = [each.number for each in session.query(Case).filter(Case.opened_by_id == world.hanako).order_by(Case.id)]
        world.meeting = frame.id
    return world


def test_three_cases_in_one_afternoon(afternoon, server, people, tmp_path):
    hanako, jiro, saburo = people(server, "hanako"), people(server, "jiro"), people(server, "saburo")
    fill(hanako, afternoon)
    hold_the_decisions(afternoon)
    for person in (hanako, jiro, saburo):
        accept_the_rules(person, afternoon)

    open_the_next(hanako, afternoon, "The rules are read: open the meeting", ("山田 花子", "佐藤 次郎"))
    wall = people(server, "hanako", (1920, 1080))
    wall.go(f"/meetings/{afternoon.meeting}/projection").settle_in()
    jiro.enter(afternoon.meeting)
    jiro.say("Aさんの体重が減っている。", "decision")
    hanako.sees("Aさんの体重が減っている。", "#entries")
    wall.sees("Aさんの体重が減っている。")
    saburo.enter(afternoon.meeting)
    assert "体重" not in saburo.page.content()

    move_on(hanako)
    open_the_next(hanako, afternoon, "The rules are read: open this case", ("山田 花子", "田中 三郎"))
    saburo.enter(afternoon.meeting)
    saburo.say("Dさんに部活の日を聞く。", "decision")
    wall.sees("Dさんに部活の日を聞く。")
    assert "体重" not in wall.page.inner_text("main")
    for person in (jiro, saburo):
        person.page.reload()
        person.settle_in()
    assert "部活" not in jiro.page.content()
    assert afternoon.numbers[1] not in jiro.page.content()
    assert afternoon.numbers[0] not in saburo.page.content()

    move_on(hanako)
    open_the_next(hanako, afternoon, "The rules are read: open this case", ("山田 花子", "佐藤 次郎"))
    close(hanako, afternoon)
    word = take_home(hanako, afternoon, tmp_path / "whole.docx")
    mine = take_home(saburo, afternoon, tmp_path / "mine.docx")
    assert "部活" in word and "体重" in word
    assert "部活" in mine and "体重" not in mine and "佐藤 次郎" not in mine


# -- the steps ---------------------------------------------------------------------------------------------------------

def hold_the_decisions(afternoon):
    """On the wall stand the decisions, whatever step of the agenda runs."""
    with afternoon.app.app_context(), unit():
        for hearing in session.get(Meeting, afternoon.meeting).hearings:
            hearing.shown = "decisions"


def fill(hanako, world):
    """Three cases, each with its turn and its own table: 次郎 for the first and the third, 三郎 for the second."""
    tables = [("佐藤 次郎",), ("田中 三郎",), ("佐藤 次郎",)]
    for number, guests in zip(world.numbers, tables, strict=True):
        hanako.go(f"/meetings/{world.meeting}/cases")
        hanako.page.fill("#number", number)
        hanako.page.select_option("#more #turn", "case_20")
        hanako.press("Put it in and choose who sits")
        hanako.page.wait_for_url(re.compile("/seats$"))
        for name in guests:
            find(hanako, name)
            hanako.page.locator(".pick", has_text=name).locator("[name=member]").check()
        hanako.press("Set the table")
        hanako.page.wait_for_url(re.compile(r"/meetings/\d+$"))
    hanako.go(f"/meetings/{world.meeting}/cases")
    hanako.page.locator("select[name=turns-0-turn]").select_option("case_30")
    hanako.press("Save")
    hanako.sees("午後1時35分から午後2時5分まで")
    hanako.press("Send the invitations (%(count)s)", count=3)
    hanako.sees(ja("Paper or telephone"))


def accept_the_rules(person, world):
    person.go(f"/meetings/{world.meeting}/rules")
    person.page.locator(".ack-bar [name=accepted]").check()
    person.press("Acknowledge and open the case")
    person.page.wait_for_url(re.compile(r"/meetings/\d+$"))


def open_the_next(hanako, world, words, names):
    hanako.go(f"/meetings/{world.meeting}/opening")
    assert hanako.page.locator("tbody select[name^=attendance]").count() == len(names)
    for name in names:
        hanako.page.get_by_label(ja("Attendance of %(name)s", name=name)).select_option("present")
    hanako.press(words)
    hanako.page.wait_for_url(re.compile(r"/room"))
    hanako.settle_in()


def move_on(hanako):
    """Through the steps of the case that is on, until the next case waits to be opened."""
    while not hanako.page.locator(".agenda-moves a", has_text=ja("Open the next case")).count():
        now = hanako.page.inner_text(".agenda-now .agenda-label")
        hanako.press("Next step")
        hanako.page.wait_for_function("before => document.querySelector('.agenda-now .agenda-label').innerText !== before", arg=now)


def close(hanako, world):
    hanako.go(f"/meetings/{world.meeting}/closing")
    hanako.write("Next meeting", "来月の定例")
    hanako.press("Close the meeting")
    hanako.press("Close with these points open")  # asked once, for all three cases
    hanako.sees(ja("The meeting is closed. Here you ask everybody to confirm what they took."))


def take_home(person, world, path) -> str:
    person.go(f"/meetings/{world.meeting}/minutes")
    with person.page.expect_download() as download:
        person.page.locator("a[href$='minutes.docx']").first.click()
    download.value.save_as(path)
    validate(path)
    return read_word(path)
