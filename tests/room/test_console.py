"""The facilitator's console: time, what to say, what is open, who has not spoken yet."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest

from accounts.models import User
from actions.models import ActionItem, Rank
from core import languages, pages
from core.database import session, unit, utcnow
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.steps import AgendaItem
from meetings.table import SeatRole


@pytest.fixture
def room(world):
    """The meeting is open; its three steps (5, 25, 30 minutes) by their ids."""
    world.open_meeting()
    world.steps = [each.id for each in steps(world)]
    return world


@pytest.fixture
def hanako(room):
    browser = room.browser("hanako")
    browser.get(f"/meetings/{room.meeting}/room?view=console")
    return browser


def steps(world) -> list[AgendaItem]:
    with world.app.app_context():
        return [session.get(AgendaItem, each.id) for each in session.get(Meeting, world.meeting).agenda]


def running(world) -> list[str]:
    return [each.title for each in steps(world) if each.current]


def minutes_pass(world, minutes: float) -> None:
    """Everything in the meeting happened that much earlier."""
    with world.app.app_context(), unit():
        for each in session.get(Meeting, world.meeting).agenda:
            for name in ("started_at", "ended_at"):
                if getattr(each, name):
                    setattr(each, name, getattr(each, name) - timedelta(minutes=minutes))


def press(browser, world, step: int, **fields):
    return browser.post(f"/meetings/{world.meeting}/agenda/{world.steps[step]}", headers={"X-Part": "1"}, **fields)


def resize(browser, world, step: int, minutes: int):
    return browser.post(f"/meetings/{world.meeting}/agenda/{world.steps[step]}/extension", headers={"X-Part": "1"}, minutes=minutes)


# -- time --------------------------------------------------------------------------------------------------------------

def test_two_presses_of_next_on_the_same_step_skip_nothing(hanako, room):
    assert running(room) == ["開会"]
    press(hanako, room, 1, seen=room.steps[0])
    press(hanako, room, 1, seen=room.steps[0])
    assert running(room) == ["事実"]
    behind = press(hanako, room, 2, seen=room.steps[0])  # another machine, whose page is behind
    assert behind.status_code == 204
    assert running(room) == ["事実"]


def test_going_back_to_a_step_adds_to_its_time_and_does_not_fill_the_gap(hanako, room):
    minutes_pass(room, 4)
    press(hanako, room, 1, seen=room.steps[0])
    minutes_pass(room, 20)
    press(hanako, room, 0, seen=room.steps[1])
    minutes_pass(room, 3)
    first, second, _third = steps(room)
    assert [first.used_seconds() // 60, second.used_seconds() // 60] == [7, 20]
    assert first.started_at < utcnow() - timedelta(minutes=26)  # when it first began is not forgotten


def test_a_minute_more_a_minute_less_but_never_below_what_was_used(hanako, room):
    for minutes in (1, 1, -1, 3, 500):  # there is no button for 500: three
        resize(hanako, room, 0, minutes)
    assert steps(room)[0].minutes == 5 + 1 + 3 + 3
    minutes_pass(room, 10.5)
    resize(hanako, room, 0, -1)
    resize(hanako, room, 0, -1)
    assert steps(room)[0].minutes == 11
    room.close_meeting()
    assert resize(hanako, room, 0, 1).status_code == 409
    assert press(hanako, room, 1).status_code == 409
    assert hanako.get(f"/meetings/{room.meeting}/room?view=console").status_code == 200  # no step runs


def test_a_meeting_opened_a_day_early_says_when_it_is_planned_and_no_far_away_end(hanako, room):
    page = hanako.get(f"/meetings/{room.meeting}/room?view=console").text
    end = re.search(r'data-end="([^"]+)"', page)[1]
    assert utcnow() < utcnow().fromisoformat(end) <= utcnow() + timedelta(minutes=60)
    assert "に予定した会議です" in page


def test_the_end_that_is_foreseen_is_said_in_words(hanako, room):
    with room.app.app_context(), unit():
        meeting = session.get(Meeting, room.meeting)
        meeting.opened_at -= timedelta(minutes=13)
        meeting.starts_at, meeting.ends_at = meeting.opened_at, meeting.opened_at + timedelta(minutes=60)
    minutes_pass(room, 13)
    with room.app.app_context():
        languages.speak("ja")
        ends = pages.hour(session.get(Meeting, room.meeting).ends_at + timedelta(minutes=8))
    page = hanako.get(f"/meetings/{room.meeting}/room?view=console").text
    assert f"このままだと{ends}に終わります（予定より8分遅れ）" in page  # 午前 and 午後 as in the line above it


def test_the_wish_for_resources_is_open_until_one_came_or_its_step_is_left(hanako, room):
    with room.app.app_context(), unit():
        session.get(Meeting, room.meeting).agenda[1].screen = "ideas"
    console, asked = f"/meetings/{room.meeting}/room?view=console", "をまだ尋ねていません"
    assert asked in hanako.get(console).text
    press(hanako, room, 1, seen=room.steps[0])
    assert asked in hanako.get(console).text  # the step runs, but nobody has answered
    press(hanako, room, 2, seen=room.steps[1])
    assert asked not in hanako.get(console).text  # it was held


# -- what stands on the console ----------------------------------------------------------------------------------------

def test_the_console_says_what_to_say_what_is_open_and_who_has_not_been_heard(hanako, room):
    with room.app.app_context(), unit():
        meeting = session.get(Meeting, room.meeting)
        meeting.agenda[0].say, meeting.agenda[1].screen = "今日は三つだけ決めます。", "facts"
        hearing, by = meeting.hearings[0], session.get(User, room.hanako)
        tanaka = next(seat for seat in hearing.seats if seat.member.user_id == room.saburo)
        jiro = next(seat for seat in hearing.seats if seat.member.user_id == room.jiro)
        jiro.role = SeatRole.PARTICIPANT
        ActionItem.assign(hearing, by, "a", "週に一度訪ねる", None, None, None, Rank.MAIN)
        Entry.capture(hearing, by, "b", EntryKind.DECISION, "訪問を始める。", agency=tanaka.member.agency)
    console = f"/meetings/{room.meeting}/room?view=console"
    page = hanako.get(console).text
    assert "今日は三つだけ決めます。" in page
    assert "引き受け手がいません：週に一度訪ねる" in page
    assert "決定が一つも書かれていません" not in page
    assert "緊急時の連絡先が決まっていません" in page
    assert re.search(r"まだ話していない：</span> 保健センター\s*<", page)  # and not who leads
    assert 'data-part="open"' in (table := hanako.get(f"/meetings/{room.meeting}/room/table?view=console").text)
    assert "引き受け手がいません：週に一度訪ねる" in table

    press(hanako, room, 1, seen=room.steps[0])
    assert "見たこと、聞いたこと、考えたこと" in hanako.get(console).text  # a step without words of its own has those of the house


def test_the_console_is_for_whoever_runs_the_meeting(room):
    page = room.browser("saburo").get(f"/meetings/{room.meeting}/room?view=console").text
    assert 'id="open"' not in page
    assert "まだ話していない" not in page
