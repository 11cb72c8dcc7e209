"""The closing: read aloud, open points said plainly and asked about once, and nobody kept in the room by them."""

from __future__ import annotations

from datetime import time, timedelta
import re

import pytest

from accounts.models import User
from actions.models import ActionItem, Answer, Rank
from core import clock
from core.database import session, unit
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from reflection.rules import Question

DATABASES = ["sqlite"]  # what is kept is kept by the outcome's own door, which is tried on both


@pytest.fixture
def closing(world):
    """The meeting is open, with a decision, a role and a role that nobody has."""
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, by = session.get(Meeting, world.meeting).hearings[0], session.get(User, world.hanako)
        Entry.capture(hearing, by, "d", EntryKind.DECISION, "訪問を始める。")
        ActionItem.assign(hearing, by, "a", "週に一度訪ねる", None, world.member(world.jiro), hearing.meeting.ends_at.date(), Rank.MAIN)
        ActionItem.assign(hearing, by, "b", "病院へ送る", None, None, None, Rank.MAIN)
    return f"/meetings/{world.meeting}/closing"


@pytest.fixture
def hanako(world, closing):
    browser = world.browser("hanako")
    browser.get(closing)
    return browser


def send(browser, where, close, **more):
    fields = dict(held_from="14:00", held_to="15:00", next_meeting="来月", emergency="保健センター", lead_agency_id="0", close=close)
    return browser.post(where, fields | more)


def closed(world) -> bool:
    with world.app.app_context():
        return session.get(Meeting, world.meeting).closed


def test_who_does_what_by_when_is_read_first_and_a_last_question_before_the_end(hanako):
    words = ["保健センター 佐藤 次郎", "週に一度訪ねる", "病院へ送る", "訪問を始める。", "引き受け手がいません：病院へ送る", "話しづらかったことはありませんでしたか", "会議を終える"]
    places = [hanako.page.find(each) for each in words]
    assert -1 not in places and places == sorted(places), places


def test_each_holders_own_answer_is_read_aloud_and_its_words_stand_not_on_the_wall(world, hanako, closing):
    with world.app.app_context(), unit():
        action = session.get(Meeting, world.meeting).hearings[0].actions[0]
        action.confirm(session.get(User, world.jiro), Answer.CONDITION, "夕方5時までなら")
    page, wall = hanako.get(closing).text, hanako.get(f"/meetings/{world.meeting}/projection").text

    assert "条件付き: 夕方5時までなら" in re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
    assert "条件付き" in wall and "夕方5時" not in wall


def test_a_meeting_with_open_points_is_closed_when_asked_once_and_what_was_written_is_kept(world, hanako, closing):
    asked = send(hanako, closing, "1")
    assert asked.status_code == 303
    assert not closed(world)
    page = hanako.get(asked.location).text
    box = re.search(r'id="asked".*?</div>', page, re.S)[0]
    assert "引き受け手がいません：病院へ送る" in box
    assert "次回が決まっていません" not in box
    assert "来月" in page

    done = send(hanako, closing, "knowing", version=re.search(r'name="version" value="(\d+)"', page)[1])
    assert done.status_code == 303
    assert closed(world)


def test_without_open_points_it_is_closed_at_once(world, hanako, closing):
    with world.app.app_context(), unit():
        hearing = session.get(Meeting, world.meeting).hearings[0]
        hearing.actions[1].remove(session.get(User, world.hanako))
        step = hearing.meeting.agenda[0]
        step.screen = "ideas"
        step.stop()
        agency = world.member(world.jiro).agency_id
    hanako.get(closing)
    send(hanako, closing, "1", lead_agency_id=str(agency))
    assert closed(world)


def test_a_role_is_mended_from_here_and_leads_back_here(world, hanako, closing):
    edit = re.search(r'href="(/actions/\d+/edit\?view=closing)"', hanako.page)[1]
    page = hanako.get(edit).text
    assert f'href="{closing}"' in page
    saved = hanako.post(edit.replace("/edit", ""), what="週に一度訪ねる", who=f"m{_member(world)}", rank="main", once=hanako.once(),
                        version=re.search(r'name="version" value="(\d+)"', page)[1])
    assert saved.location.endswith(closing)


def _member(world) -> int:
    with world.app.app_context():
        return world.member(world.jiro).id


def opened(world, at, closed=None):
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.opened_at, meeting.closed_at = at, closed


def test_the_closing_offers_the_hours_really_held_and_not_those_planned(world, hanako, closing):
    opened(world, clock.instant(clock.today(), time(9, 7)), clock.instant(clock.today(), time(9, 58)))
    page = hanako.get(closing).text
    assert 'value="09:07"' in page and 'value="09:58"' in page
    assert "午後2時から午後3時まで" in page  # as planned, in the hint


def test_the_minutes_tell_the_day_on_which_it_was_really_held(world, hanako, closing):
    """The small world's meeting is planned for tomorrow."""
    opened(world, clock.instant(clock.today(), time(14)))
    assert send(hanako, closing, "").status_code == 303
    assert f"{clock.wareki(clock.today())} 午後2時から午後3時まで" in hanako.get(f"/meetings/{world.meeting}/minutes").text


def test_a_meeting_held_over_midnight_can_be_closed(world, hanako, closing):
    night = clock.today() - timedelta(days=1)
    opened(world, clock.instant(night, time(23, 30)), clock.instant(clock.today(), time(0, 20)))
    assert send(hanako, closing, "", held_from="23:30", held_to="00:30").status_code == 303
    assert f"{clock.wareki(night)} 午後11時30分から翌日午前0時30分まで" in hanako.get(f"/meetings/{world.meeting}/minutes").text


def test_an_end_before_the_start_is_still_told(world, hanako, closing):
    opened(world, clock.instant(clock.today(), time(14)), clock.instant(clock.today(), time(15)))
    assert send(hanako, closing, "", held_from="14:00", held_to="13:00").status_code == 422


def test_from_the_closed_room_a_participant_comes_to_the_minute_of_reflection_until_it_is_given(world):
    world.open_meeting()
    seat = world.browser("saburo")
    room, minute = f"/meetings/{world.meeting}/room?view=seat", f"/meetings/{world.meeting}/reflection"
    assert minute not in seat.get(room).text
    world.close_meeting()
    assert minute in seat.get(room).text
    seat.get(minute)
    seat.post(minute, dict.fromkeys([each.value for each in Question], "yes"))
    assert minute not in seat.get(room).text
    assert minute not in world.browser("hanako").get(room).text  # who led is not asked
