"""Lines through their doors, without a script: signs read, moved, turned, settled, undone and done again."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from actions.models import ActionItem
from core.database import session, unit
from meetings.capture import Entry
from resources.models import ResourceIdea

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


@pytest.fixture
def room(world):
    """An open meeting at which 次郎 writes."""
    world.open_meeting()
    world.jiro_writes, world.saburo_writes = world.browser("jiro"), world.browser("saburo")
    for each in (world.jiro_writes, world.saburo_writes):
        each.get(f"/meetings/{world.meeting}/room?view=record")
    return world


def say(room, text, who="jiro", **fields):
    """Write a line; gives the number of the newest one."""
    browser = getattr(room, f"{who}_writes")
    answer = browser.post(f"/hearings/{room.hearing}/entries", dict(kind="opinion", text=text, **fields))
    assert answer.status_code == 303, answer.text
    with room.app.app_context(), unit(read_only=True):
        return session.scalar(sa.select(sa.func.max(Entry.id)))


def lines(room):
    """(kind, text) of the lines that stand, in order."""
    with room.app.app_context(), unit(read_only=True):
        query = sa.select(Entry.kind, Entry.text).where(Entry.hearing_id == room.hearing, Entry.removed_at.is_(None))
        return [(kind.value, text) for kind, text in session.execute(query.order_by(Entry.position))]


def texts(room):
    return [text for _kind, text in lines(room)]


def one(room, model):
    with room.app.app_context(), unit(read_only=True):
        return session.scalars(sa.select(model)).unique().one()


def test_signs_are_read_without_a_script_too(room):
    line = say(room, "決 @ひきこもり 訪問は二人で行く")

    assert lines(room) == [("decision", "訪問は二人で行く")]
    with room.app.app_context(), unit(read_only=True):
        assert session.get(Entry, line).agency.name == "ひきこもり支援センター"


def test_what_the_script_has_read_is_text(room):
    say(room, "決 とは何か", literal="1")
    assert lines(room) == [("opinion", "決 とは何か")]


def test_which_agency_is_meant_is_asked_and_nothing_is_lost(room):
    answer = room.jiro_writes.post(f"/hearings/{room.hearing}/entries", kind="opinion", text="@センター 行きます")

    assert answer.status_code == 422
    assert "@センター 行きます" in answer.text
    assert "保健センター, ひきこもり支援センター" in answer.text


def test_a_line_is_moved_and_moved_back(room):
    first, _second, third = (say(room, text) for text in "あいう")
    room.jiro_writes.post(f"/entries/{third}/place", after=first)
    assert texts(room) == ["あ", "う", "い"]
    room.jiro_writes.post(f"/entries/{third}/place", after=0)
    assert texts(room) == ["う", "あ", "い"]
    for _press in range(2):
        room.jiro_writes.post(f"/hearings/{room.hearing}/undo")
    assert texts(room) == ["あ", "い", "う"]
    room.jiro_writes.post(f"/hearings/{room.hearing}/redo")
    assert texts(room) == ["あ", "う", "い"]


def test_a_line_goes_one_step_up_or_down_and_stays_at_the_ends(room):
    first, *_others = (say(room, text) for text in "あいう")
    for way, expected in (("up", "あいう"), ("down", "いあう"), ("down", "いうあ"), ("down", "いうあ"), ("up", "いあう")):
        room.jiro_writes.post(f"/entries/{first}/place", way=way)
        assert texts(room) == list(expected)


def test_a_line_is_not_moved_behind_one_of_another_table(room):
    line, table = say(room, "ここの行"), room.hearing
    room.another_meeting()
    room.open_meeting()
    there = say(room, "よその行")
    assert room.jiro_writes.post(f"/entries/{there}/place", after=line).status_code == 404
    assert table != room.hearing


def test_an_opinion_becomes_a_decision_in_one_stroke_and_back(room):
    line = say(room, "訪問は二人で行く")
    room.jiro_writes.post(f"/entries/{line}/kind", read="1", kind="decision")
    assert lines(room) == [("decision", "訪問は二人で行く")]
    room.jiro_writes.post(f"/hearings/{room.hearing}/undo")
    assert lines(room) == [("opinion", "訪問は二人で行く")]


def test_a_line_changed_by_somebody_else_is_not_made_a_decision_unread(room):
    line = say(room, "一人で行く")
    room.saburo_writes.post(f"/entries/{line}", read="1", kind="opinion", text="二人で行く")
    assert room.jiro_writes.post(f"/entries/{line}/kind", read="1", kind="decision").status_code == 409
    assert lines(room) == [("opinion", "二人で行く")]


def test_a_line_becomes_a_role_once_of_the_agency_that_said_it(room):
    line = say(room, "@保健 月に一度訪問する")
    for _press in range(2):
        room.jiro_writes.post(f"/entries/{line}/action", key="turn-1")
    role = one(room, ActionItem)

    assert (role.what, role.agency.name, role.member, role.due_on, role.entry_id) == ("月に一度訪問する", "保健センター", None, None, line)
    assert "月に一度訪問する" in texts(room)  # the line stays


def test_a_role_made_of_a_line_is_undone_and_done_again(room):
    line = say(room, "訪問する")
    room.jiro_writes.post(f"/entries/{line}/action", key="turn-1")
    room.jiro_writes.post(f"/hearings/{room.hearing}/undo")
    assert one(room, ActionItem).removed_at
    room.jiro_writes.post(f"/hearings/{room.hearing}/redo")
    assert one(room, ActionItem).removed_at is None


def test_a_role_that_somebody_has_changed_is_not_undone(room):
    line = say(room, "訪問する")
    room.jiro_writes.post(f"/entries/{line}/action", key="turn-1")
    room.saburo_writes.post(f"/actions/{one(room, ActionItem).id}", what="二人で訪問する", who="", rank="main")
    assert room.jiro_writes.post(f"/hearings/{room.hearing}/undo").status_code == 409
    assert one(room, ActionItem).removed_at is None


def test_a_line_becomes_an_idea_by_way_of_its_form(room):
    line = say(room, "男性が集まれる場があれば")
    page = room.jiro_writes.get(f"/entries/{line}/idea").text
    form = re.search(r'data-add="idea".*?</form>', page, re.S)[0]
    assert "男性が集まれる場があれば" in form
    assert f'name="entry_id" value="{line}"' in form
    room.jiro_writes.post(f"/hearings/{room.hearing}/ideas", key="i1", entry_id=line, need="出番がない", wished="場", enables="外に出られる")
    assert one(room, ResourceIdea).entry_id == line
    room.jiro_writes.post(f"/hearings/{room.hearing}/undo")
    assert one(room, ResourceIdea).removed_at


def test_what_only_some_may_read_is_made_neither_a_role_nor_an_idea(room):
    line = say(room, "内々の話")
    with room.app.app_context(), unit():
        session.get(Entry, line).limited = True
        for seat in session.get(Entry, line).hearing.seats:
            seat.confidant = True
    assert room.jiro_writes.post(f"/entries/{line}/action", key="turn-1").status_code == 409
    assert room.jiro_writes.get(f"/entries/{line}/idea").status_code == 409


def test_only_what_nobody_else_has_changed_is_undone(room):
    line = say(room, "はじめの文")
    room.saburo_writes.post(f"/entries/{line}", read="1", kind="opinion", text="三郎の文")
    refused = room.jiro_writes.post(f"/hearings/{room.hearing}/undo")

    assert refused.status_code == 409
    assert texts(room) == ["三郎の文"]
    room.saburo_writes.post(f"/hearings/{room.hearing}/undo")
    assert texts(room) == ["はじめの文"]


def test_one_cannot_undo_what_somebody_else_did(room):
    say(room, "次郎の行")
    assert room.saburo_writes.post(f"/hearings/{room.hearing}/undo").status_code == 409
    assert texts(room) == ["次郎の行"]


def test_whoever_keeps_a_rival_keeps_its_kind_and_source_too(room):
    line = say(room, "はじめの文")
    room.jiro_writes.post(f"/entries/{line}", read="1", kind="opinion", text="次郎の文")
    room.saburo_writes.post(f"/entries/{line}", read="1", kind="fact", text="三郎の文", source="訪問")
    room.jiro_writes.post(f"/entries/{line}/settlement", text="三郎の文", like="3", seen="3")

    assert lines(room) == [("fact", "三郎の文")]
    assert one(room, Entry).source == "訪問"


def test_a_text_that_came_after_the_two_were_read_is_not_passed_over(room):
    line = say(room, "はじめの文")
    room.jiro_writes.post(f"/entries/{line}", read="1", kind="opinion", text="次郎の文")
    room.saburo_writes.post(f"/entries/{line}", read="1", kind="opinion", text="三郎の文")
    room.saburo_writes.post(f"/entries/{line}", read="2", kind="opinion", text="あとの文")
    room.jiro_writes.post(f"/entries/{line}/settlement", text="三郎の文", like="3", seen="3")

    assert texts(room) == ["あとの文"]
    assert [each.text for each in one(room, Entry).rivals] == ["三郎の文"]


def test_what_the_recorder_writes_is_nobodys_until_somebody_is_named(room):
    def preset(browser, view):
        page = browser.get(f"/meetings/{room.meeting}/room?view={view}").text
        select = re.search(r'<select name="agency_id" id="agency_id">(.*?)</select>', page, re.DOTALL)[1]
        return re.search(r'data-agency="(\d+)"', page)[1], re.findall(r'value="(\d+)"[^>]*selected', select)

    assert preset(room.jiro_writes, "record") == ("0", [])
    with room.app.app_context():
        own = str(room.member(room.saburo).agency_id)
    assert preset(room.saburo_writes, "seat") == (own, [own])  # who takes part speaks for their own agency


def test_a_new_line_begins_as_an_opinion_that_needs_no_source(room):
    page = room.jiro_writes.get(f"/meetings/{room.meeting}/room?view=record").text
    assert re.findall(r'name="kind" value="(\w+)" checked', page) == ["opinion"]


def test_what_cannot_be_undone_is_told_once_and_what_was_done_before_it_is_reached(room):
    say(room, "一つめ")
    line = say(room, "二つめ")
    room.saburo_writes.post(f"/entries/{line}", read="1", kind="opinion", text="三郎の文")

    assert [room.jiro_writes.post(f"/hearings/{room.hearing}/undo").status_code for _press in range(3)] == [409, 303, 409]
    assert texts(room) == ["三郎の文"]
    assert [room.jiro_writes.post(f"/hearings/{room.hearing}/redo").status_code for _press in range(2)] == [303, 409]
    assert texts(room) == ["一つめ", "三郎の文"]


@pytest.mark.parametrize("text", ["\u200b", "\ufeff\u2060", "\u3164", "\u2800 \u00ad", "\u3000\u200e"])
def test_a_line_of_which_nobody_would_see_anything_is_empty(room, text):
    assert room.jiro_writes.post(f"/hearings/{room.hearing}/entries", kind="opinion", text=text).status_code == 422


def test_nothing_is_made_of_a_line_that_was_removed(room):
    line = say(room, "消した行")
    room.jiro_writes.post(f"/entries/{line}/removal", read="1")
    posted = [room.jiro_writes.post(f"/entries/{line}/{act}", read="1", kind="decision", key="turn-1") for act in ("kind", "action")]
    assert [each.status_code for each in (*posted, room.jiro_writes.get(f"/entries/{line}/idea"))] == [409, 409, 409]


def test_a_line_stays_said_by_an_agency_that_has_left_the_table(room):
    line = say(room, "@ひきこもり 家まで行ける")
    with room.app.app_context(), unit():
        entry = session.get(Entry, line)
        agency = entry.agency_id
        entry.hearing.unseat(next(each for each in entry.hearing.seats if each.member.agency_id == agency and each.member.user_id != room.jiro))
    assert f'<option value="{agency}" selected>' in room.jiro_writes.get(f"/meetings/{room.meeting}/room?view=record").text
    assert room.jiro_writes.post(f"/entries/{line}", read="1", kind="opinion", text="家まで二人で行ける", agency_id=str(agency)).status_code == 303
    assert one(room, Entry).agency_id == agency


@pytest.mark.parametrize("headers", [{"X-Lines": "9" * 40 + "-x " + "9" * 40}, {"Referer": "http://[::1"}])
def test_no_header_that_a_browser_would_not_send_breaks_the_room(room, headers):
    part = f"/meetings/{room.meeting}/room/table?view=record"
    mark = re.search(r'data-lines="\d+(-\w+)"', room.jiro_writes.get(part).text)[1]
    for each in (headers, {name: value.replace("-x", mark) for name, value in headers.items()}):
        assert room.jiro_writes.get(part, headers=each).status_code == 200
