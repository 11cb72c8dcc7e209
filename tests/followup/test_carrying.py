"""Carry-over follows the case: what an earlier meeting left to do stands at the head of whatever meeting hears it next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.models import ActionItem
from actions.refusals import ask_free
from actions.words import Progress
from core import clock
from core.database import session
from core.web import Refused
from exports.minutes import Minutes
from followup import carrying
from followup.orphans import alone
from meetings import minutes
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Attendance, Hearing, Level, SeatRole
from tests.actions.after import After

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


@pytest.fixture
def after(world):
    """At the first meeting 次郎 took the visit and 三郎 the call, and something was taken back. 税務課, who was not there, sits
    at the second one besides 花子."""
    world.open_meeting()
    made = After(world)
    made.put("visit", "jiro", "訪問する", days=5)
    made.put("call", "saburo", "電話する", days=1)
    with made.unit():
        hearing = session.get(Hearing, world.hearing)
        made.ids["line"] = Entry.capture(hearing, made.user("hanako"), "back", EntryKind.TAKEN_BACK, "住宅の申込みの可否", agency=world.member(world.saburo).agency).id
    world.close_meeting()
    made.first = world.meeting
    world.another_meeting()
    with made.unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.starts_at += timedelta(days=20)
        meeting.ends_at += timedelta(days=20)
        for seat in [each for each in meeting.hearings[0].seats if each.member.user_id in (world.jiro, world.saburo)]:
            meeting.hearings[0].unseat(seat)
        meeting.hearings[0].seat(world.member(world.stranger), Level.REQUIRED, SeatRole.PARTICIPANT)
        for user_id in (world.hanako, world.stranger):
            meeting.acknowledge(world.member(user_id), by=session.get(User, user_id))
    return made


def here(after) -> Hearing:
    return session.get(Hearing, after.world.hearing)


def opened(after):
    with after.unit():
        for seat in here(after).seats:
            seat.attendance = Attendance.PRESENT
        here(after).meeting.open(by=after.user("hanako"))


def standing(after, login="hanako"):
    with after.unit():
        found = carrying.carried(here(after), after.user(login))
        return [(each.action.what, each.who, each.state.value) for each in found.roles], [each.entry.text for each in found.lines]


def says(after, name, state, note=""):
    with after.role(name) as role:
        role.report(after.user("hanako"), Progress(state), note)


def test_the_next_meeting_of_the_case_begins_with_what_was_left_stuck_first(after):
    says(after, "visit", "stuck", "留守が続く")
    roles, lines = standing(after)
    assert roles == [("訪問する", "保健センター 佐藤 次郎", "stuck"), ("電話する", "ひきこもり支援センター 田中 三郎", "open")]
    assert lines == ["住宅の申込みの可否"]


def test_who_was_not_there_reads_what_agency_day_and_state_and_nothing_else(after):
    says(after, "visit", "stuck", "留守が続く")
    page = after.world.browser("stranger").get(f"/meetings/{after.world.meeting}").text
    assert "訪問する" in page and "保健センター" in page and "滞" in page
    assert "佐藤 次郎" not in page and "留守" not in page
    assert after.world.browser("stranger").get(f"/meetings/{after.first}").status_code == 404


def test_what_was_limited_there_is_shown_to_nobody_else_here_and_never_on_the_wall(after):
    with after.role("visit") as role:
        line = Entry.capture(role.hearing, after.user("hanako"), "told", EntryKind.FACT, "内密", limited=True)
        role.entry_id = line.id
        session.get(Entry, after.ids["line"]).limited = True
    assert standing(after, "stranger") == ([("電話する", "ひきこもり支援センター", "open")], [])
    assert len(standing(after)[0]) == 2
    with after.unit():
        assert [each.action.what for each in carrying.for_all(here(after)).roles] == ["電話する"]
        drawn = minutes.lay_out(here(after).meeting)
        assert [each.text for each in drawn.copied(lambda _part: False).hearings[0].carried] == ["電話する"]


def test_each_is_settled_at_the_table_and_stays_to_be_seen_there(after):
    opened(after)
    hanako, at = after.world.browser("hanako"), f"/hearings/{after.world.hearing}/carried"
    hanako.get(at)
    sent = [hanako.post(f"{at}/{after.ids['visit']}/progress", state="done"), hanako.post(f"{at}/lines/{after.ids['line']}", note="申し込めると分かった"),
            hanako.post(f"{at}/{after.ids['call']}/progress", state="stuck")]
    assert [each.status_code for each in sent] == [303, 303, 422]
    page = hanako.get(at).text
    assert "申し込めると分かった" in page and "訪問する" in page
    assert standing(after)[0][-1] == ("訪問する", "保健センター 佐藤 次郎", "done")


def test_a_role_taken_up_here_ends_there_and_is_counted_once(after):
    opened(after)
    hanako, at = after.world.browser("hanako"), f"/hearings/{after.world.hearing}/carried"
    hanako.get(at)
    with after.unit():
        who = f"m{after.world.member(after.world.stranger).id}"
    day = (clock.today() + timedelta(days=30)).isoformat()
    assert hanako.post(f"{at}/{after.ids['call']}/role", who=who, due_on=day, key="k").status_code == 303
    with after.role("call") as role:
        made = session.scalars(sa.select(ActionItem).where(ActionItem.carried_from_id == role.id)).one()
        assert (role.state, made.what, made.member.name, made.state) == (Progress.CARRIED, "電話する", "席の ない人", Progress.OPEN)
        assert not alone()
    assert hanako.post(f"{at}/{after.ids['call']}/progress", state="done").status_code == 409


def test_taken_up_once_only_and_removed_there_it_goes_on_here_again(after):
    opened(after)
    says(after, "call", "started", "電話した")
    hanako, at = after.world.browser("hanako"), f"/hearings/{after.world.hearing}/carried"
    hanako.get(at)
    with after.unit():
        who = f"m{after.world.member(after.world.stranger).id}"
    days = [(clock.today() + timedelta(days=each)).isoformat() for each in (30, 31)]
    taken = [hanako.post(f"{at}/{after.ids['call']}/role", who=who, due_on=day, key=key).status_code for day, key in zip(days, "ab", strict=True)]
    with after.unit():
        made, = session.scalars(sa.select(ActionItem.id).where(ActionItem.carried_from_id == after.ids["call"])).all()
    assert taken == [303, 409]
    assert hanako.post(f"/actions/{made}/removal").status_code == 303
    with after.role("call") as role:
        assert (role.state, [each.state.value for each in role.steps]) == (Progress.STARTED, ["started", "carried", "started"])
        assert "取り消された" in role.steps[-1].note
    assert hanako.post(f"{at}/{after.ids['call']}/role", who=who, due_on=days[0], key="a").status_code == 409  # the form of before
    with after.unit():
        assert session.get(ActionItem, after.ids["call"]).state == Progress.STARTED
        session.get(ActionItem, made).put(after.user("hanako"), there=True)
    with after.role("call") as role:
        assert role.state == Progress.CARRIED


def test_removed_in_the_middle_it_goes_on_further_on_and_at_the_end_at_the_first(after):
    opened(after)
    with after.unit():
        by, first = after.user("hanako"), session.get(ActionItem, after.ids["visit"])
        second = carrying.take_up(here(after), first, by, "second", None, None, None)
        third = ActionItem.assign(here(after), by, "third", "訪問する")
        third.carried_from = second
        session.flush()
        second.carry_on(by)
        second.remove(by)
        assert first.state == Progress.CARRIED
        third.remove(by)
        assert first.state == Progress.OPEN


def test_who_said_no_at_an_earlier_table_is_named_to_those_only_who_may_see_it(after):
    after.says("jiro", "visit", "hard", "夜の体制がない")
    opened(after)
    with after.unit():
        jiro = after.world.member(after.world.jiro)
        said = []
        for login in ("hanako", "stranger"):
            with pytest.raises(Refused) as refused:
                ask_free(here(after), after.user(login), "訪問する", jiro.agency, jiro)
            said.append(str(refused.value))
    assert "佐藤 次郎" in said[0] and "次郎" not in said[1] and "保健センター" not in said[1]


def test_the_holder_elsewhere_and_other_cases_have_no_part_in_it(after):
    at = f"/hearings/{after.world.hearing}/carried"
    for login in ("jiro", "stranger", "other"):
        assert after.world.browser(login).get(at).status_code == 404
    hanako = after.world.browser("hanako")
    hanako.get(at)
    with after.unit():
        first = session.get(Meeting, after.first).hearings[0].id
    assert hanako.post(f"/hearings/{first}/carried/{after.ids['visit']}/progress", state="done").status_code == 404


def test_the_minutes_say_how_it_stood_and_older_papers_keep_their_seal(after):
    opened(after)
    says(after, "visit", "started")
    with after.unit():
        here(after).meeting.close(by=after.user("hanako"))
    says(after, "visit", "done")
    with after.unit():
        drawn = minutes.lay_out(here(after).meeting).sealed()
        assert [(each.text, each.by, each.state) for each in drawn.hearings[0].carried] == [
            ("電話する", "ひきこもり支援センター", "未着手"), ("訪問する", "保健センター", "着手"), ("住宅の申込みの可否", "ひきこもり支援センター", "継続")]
        assert Minutes.from_json(drawn.to_json()) == drawn
        first = minutes.lay_out(session.get(Meeting, after.first)).sealed()
        old = first.to_json().replace('"carried": [], ', "")
        assert "carried" not in old and Minutes.from_json(old).digest() == first.content_hash
        assert replace(drawn, content_hash="").digest() == drawn.content_hash


def test_the_wall_names_agencies_only(after):
    opened(after)
    with after.unit():
        here(after).shown = "previous"
    page = after.world.browser("hanako").get(f"/meetings/{after.world.meeting}/projection").text
    assert "訪問する" in page and "保健センター" in page and "次郎" not in page
