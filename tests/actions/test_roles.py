"""Roles at the table: nobody made the holder against their word, nothing pushed onto the organiser, several side by side."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions import balance
from actions.models import ActionItem, Answer, Nature, Rank
from agencies.models import Agency
from cases.models import Case
from core import clock
from core.database import session, unit
from core.web import Refused
from meetings import minutes
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Hearing

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


@pytest.fixture
def table(world):
    """The meeting runs; 花子 leads it, 次郎 and 三郎 sit at it."""
    world.open_meeting()
    return Table(world)


class Table:
    def __init__(self, world):
        self.world, self.hanako = world, world.browser("hanako")
        self.hanako.get("/ground-rules")
        self.roles = f"/hearings/{world.hearing}/actions"
        with self.reading():
            self.members = {login: world.member(getattr(world, login)).id for login in ("hanako", "jiro", "saburo")}
            self.agencies = {login: world.member(getattr(world, login)).agency_id for login in self.members}

    def reading(self):
        return self.world.app.test_request_context()

    def put(self, what="夜の電話", who="", **more):
        """花子 puts a role on the table; gives the answer."""
        return self.hanako.post(self.roles, dict(key=f"k{len(self.all())}", what=what, who=who, rank="main") | more)

    def m(self, login):
        return f"m{self.members[login]}"

    def a(self, login):
        return f"a{self.agencies[login]}"

    def all(self):
        with self.reading():
            return list(session.scalars(sa.select(ActionItem).order_by(ActionItem.id)).unique())

    def browser(self, login):
        """Somebody else's browser, with a page open."""
        browser = self.world.browser(login)
        browser.get(f"/meetings/{self.world.meeting}/room")
        return browser

    def line(self, text, agency_id):
        """A line that was said; its number."""
        with self.world.app.test_request_context(), unit():
            hearing, by = session.get(Hearing, self.world.hearing), session.get(User, self.world.hanako)
            return Entry.capture(hearing, by, text, EntryKind.OPINION, text, agency=session.get(Agency, agency_id)).id

    def last(self):
        return self.all()[-1]

    def says(self, login, answer, word="", role=None):
        """The holder answers the last role."""
        role = role or self.last()
        with self.world.app.test_request_context(), unit():
            action = session.get(ActionItem, role.id)
            action.confirm(session.get(User, getattr(self.world, login)), Answer(answer), word)

    def room(self, who=None):
        return (who or self.hanako).get(f"/meetings/{self.world.meeting}/room?view=record").text

    def paper(self):
        with self.reading():
            return minutes.lay_out(session.get(Meeting, self.world.meeting)).hearings[0]


# -- 難しい ------------------------------------------------------------------------------------------------------------

@pytest.fixture
def declined(table):
    """次郎 was asked for the call at night, and said that it is difficult."""
    table.put(who=table.m("jiro"))
    table.says("jiro", "hard", "夜の体制がない")
    return table


def test_a_role_found_difficult_is_looked_for_again_and_the_table_reads_why(declined):
    page = declined.room(declined.world.browser("saburo"))

    assert not declined.last().held
    assert "未割当" in page and "夜の体制がない" in page


def test_it_is_not_put_on_them_again(declined):
    answer = declined.put(who=declined.m("jiro"))

    assert answer.status_code == 422
    assert "「難しい」と答えています" in answer.text and "未割当のまま" in answer.text
    assert len(declined.all()) == 1


def test_nor_on_their_agency_nor_typed_a_little_otherwise(declined):
    assert declined.put("夜の　電話。", who=declined.a("jiro")).status_code == 422


def test_nor_after_a_change_of_its_words(declined):
    role = declined.last()
    answer = declined.hanako.post(f"/actions/{role.id}", what="夕方の電話", who=declined.m("jiro"), rank="main")

    assert answer.status_code == 422
    assert "夕方の電話" in answer.text  # what was typed is still there
    assert declined.last().what == "夜の電話"


def test_the_model_refuses_as_well(declined):
    with declined.world.app.test_request_context(), unit():
        world = declined.world
        with pytest.raises(Refused, match="難しい"):
            ActionItem.assign(session.get(Hearing, world.hearing), session.get(User, world.hanako), "again", "夜の電話", member=world.member(world.jiro))


def test_somebody_else_may_take_it(declined):
    role = declined.last()

    assert declined.hanako.post(f"/actions/{role.id}", what=role.what, who=declined.m("saburo"), rank="main").status_code == 303
    assert declined.last().held
    assert "夜の体制がない" in declined.room()  # why it went on


def test_they_may_change_their_answer_themselves(declined):
    declined.says("jiro", "condition", "夕方5時までなら")

    assert declined.last().held
    assert declined.put(who=declined.m("jiro")).status_code == 303


def test_the_minutes_say_who_found_it_difficult_and_who_goes_on_looking(declined):
    role, until = declined.last(), clock.today() + timedelta(days=9)
    declined.hanako.post(f"/actions/{role.id}", what=role.what, who=declined.m("jiro"), rank="main", escalation=declined.m("hanako"),
                         escalation_on=until.isoformat())
    line = declined.paper().assignments[0]

    assert line.who == f"未割当\n調整：重層担当課 山田 花子\n{clock.wareki(until)}まで"
    assert re.fullmatch(r"保健センター 佐藤 次郎 難しい（.+）：夜の体制がない", line.confirmation)
    assert not declined.last().unsettled


def test_done_again_it_is_not_put_on_them_against_their_word(table):
    line = table.line("夜に電話する", table.agencies["jiro"])
    assert table.hanako.post(f"/entries/{line}/action", key="t").status_code == 303
    table.hanako.post(f"/hearings/{table.world.hearing}/undo")
    table.put("夜に電話する", who=table.a("jiro"))
    table.says("jiro", "hard", "体制がない")

    assert table.hanako.post(f"/hearings/{table.world.hearing}/redo", headers={"X-Part": "1"}).status_code == 409
    assert table.all()[0].removed_at is not None


def test_new_words_of_a_task_leave_a_helper_theirs_who_found_the_new_ones_difficult(declined):
    declined.put("通院に付き添う", who=declined.m("hanako"))
    first = declined.last()
    declined.hanako.post(f"/actions/{first.id}/company", other=declined.m("jiro"), part="support")
    assert declined.hanako.post(f"/actions/{first.id}", what="夜の電話", who=declined.m("hanako"), rank="main").status_code == 303

    assert [each.what for each in declined.all()] == ["夜の電話", "夜の電話", "通院に付き添う"]


def test_the_no_is_remembered_at_the_next_meeting_of_the_case(declined):
    declined.world.another_meeting()
    declined.world.open_meeting()
    again = Table(declined.world)

    assert again.put(who=again.m("jiro")).status_code == 422
    assert again.put("朝の電話", who=again.m("jiro")).status_code == 303


def test_who_took_it_on_after_all_at_the_next_meeting_is_not_held_to_the_earlier_no(declined):
    declined.world.another_meeting()
    declined.world.open_meeting()
    again = Table(declined.world)
    jiro = again.browser("jiro")
    assert jiro.post(again.roles, key="own", what="夜の電話", who=again.m("jiro"), rank="main").status_code == 303
    again.says("jiro", "take")
    role = again.last()

    assert again.hanako.post(f"/actions/{role.id}", what="夜の電話", who=again.m("jiro"), rank="main", due_on=_in(9)).status_code == 303


# -- once, and bound to what was read -------------------------------------------------------------------------------------

def test_the_same_role_sent_again_is_there_once_and_other_words_under_its_key_are_another(table):
    for what in ("訪問する 7月8日", "訪問する 7月8日", "訪問する 7月18日"):
        assert table.put(what, key="same").status_code == 303
    assert table.browser("jiro").post(table.roles, key="same", what="訪問する 7月8日", who="", rank="main").status_code == 303

    assert [each.what for each in table.all()] == ["訪問する 7月8日", "訪問する 7月18日", "訪問する 7月8日"]


def test_nobody_joins_a_task_twice(table):
    table.put("訪問", who=table.m("jiro"))
    with table.world.app.test_request_context(), unit():
        action, by, saburo = session.get(ActionItem, table.last().id), session.get(User, table.world.hanako), table.world.member(table.world.saburo)
        made = [action.accompany(by, key, saburo.agency, saburo, Rank.SUPPORT) for key in ("one", "two")]

        assert made[0] is made[1]
    assert len(table.all()) == 2


def test_an_answer_to_words_nobody_read_is_not_taken(table):
    table.put(who=table.m("jiro"))
    answer = table.browser("jiro").post(f"/actions/{table.last().id}/confirmation", answer="take")

    assert answer.status_code == 422
    assert "もう一度開いて" in answer.text
    with table.reading():
        assert session.get(ActionItem, table.last().id).confirmation is None


def test_whoever_lost_their_seat_stays_the_holder_until_somebody_chooses_otherwise(table):
    table.put(who=table.m("jiro"))
    with table.world.app.test_request_context(), unit():
        hearing = session.get(Hearing, table.world.hearing)
        hearing.unseat(next(each for each in hearing.seats if each.member_id == table.members["jiro"]))
    role = table.last()
    page = table.hanako.get(f"/actions/{role.id}/edit").text
    chosen = re.search(r'<option[^>]*selected[^>]*value="(m\d+)"|<option[^>]*value="(m\d+)"[^>]*selected', page)

    assert chosen and table.m("jiro") in chosen.groups()
    table.hanako.post(f"/actions/{role.id}", what=role.what, who=table.m("jiro"), rank="main", due_on=_in(9))
    assert table.last().member_id == table.members["jiro"]


def test_the_minutes_count_each_answer_for_what_it_is(table):
    for number, answer in enumerate(("take", "condition", "bring_back", "")):
        table.put(f"役割{number}", who=table.m("jiro"))
        if answer:
            table.says("jiro", answer, "6月から")
    table.put("送迎")
    with table.reading():
        paper = minutes.lay_out(session.get(Meeting, table.world.meeting))

    assert paper.confirmation == "役割5件のうち、引き受ける1件、条件付き1件、持ち帰り1件、未回答1件、未割当1件"


# -- 未割当 ------------------------------------------------------------------------------------------------------------

def test_what_nobody_takes_stays_open_and_never_falls_to_the_organiser(table):
    table.put(who="")

    assert (table.last().agency_id, table.last().escalation_agency_id) == (None, None)
    assert table.last().unsettled
    assert table.paper().assignments[0].who == "未割当\n調整：未定"


def test_who_goes_on_looking_is_forgotten_once_it_is_held(table):
    table.put(who="", escalation=table.a("hanako"), escalation_on=_in(9))
    role = table.last()
    assert role.seeking and not role.unsettled
    table.hanako.post(f"/actions/{role.id}", what=role.what, who=table.m("jiro"), rank="main", escalation=table.a("hanako"), escalation_on=_in(9))

    assert (table.last().escalation_agency_id, table.last().escalation_on) == (None, None)


def test_whoever_goes_on_looking_finds_it_among_their_own_after_the_meeting(table):
    table.put("送迎", who="", escalation=table.m("jiro"), escalation_on=_in(9))
    table.world.close_meeting()

    assert "送迎" in table.world.browser("jiro").get("/actions").text
    assert "送迎" not in table.world.browser("saburo").get("/actions").text


def test_before_closing_it_is_open_until_somebody_goes_on_looking(declined):
    role, open_point = declined.last(), "「難しい」との答えです：夜の電話"
    console = f"/meetings/{declined.world.meeting}/room?view=console"
    assert open_point in declined.hanako.get(console).text
    declined.hanako.post(f"/actions/{role.id}", what=role.what, who=declined.m("jiro"), rank="main", escalation=declined.a("hanako"),
                         escalation_on=_in(9))

    assert open_point not in declined.hanako.get(console).text


# -- until, together, in one press --------------------------------------------------------------------------------------

def test_a_role_for_a_time_says_so_everywhere_and_a_new_end_asks_again(table):
    table.put(who=table.m("jiro"), due_on=_in(9), until_on=_in(99))
    table.says("jiro", "take")
    role = table.last()

    assert "までの期限付き" in table.room()
    assert f"{clock.wareki(role.until_on)}までの期限付き" in table.paper().assignments[0].by_when
    table.hanako.post(f"/actions/{role.id}", what=role.what, who=table.m("jiro"), rank="main", due_on=_in(9), until_on=_in(199))
    with table.reading():
        assert session.get(ActionItem, role.id).outdated


def test_a_role_does_not_end_before_it_is_due(table):
    assert table.put(due_on=_in(9), until_on=_in(5)).status_code == 422


def test_several_hold_one_task_and_each_answers_for_themselves(table):
    table.put("訪問", who=table.m("jiro"))
    first = table.last()
    table.says("jiro", "take")
    assert table.hanako.post(f"/actions/{first.id}/company", other=table.m("saburo"), part="sub").status_code == 303
    joined = table.last()

    assert (joined.with_id, joined.what, joined.rank) == (first.id, "訪問", Rank.SUB)
    assert table.room().count('class="role-what"') == 1
    assert [each.confirmation for each in table.paper().assignments][1] == "未回答"
    assert table.hanako.post(f"/actions/{first.id}/company", other=table.m("saburo"), part="sub").status_code == 422  # once


def test_the_words_of_a_task_change_for_all_who_hold_it(table):
    table.put("訪問", who=table.m("jiro"))
    first = table.last()
    table.hanako.post(f"/actions/{first.id}/company", other=table.m("saburo"), part="support")
    table.hanako.post(f"/actions/{first.id}", what="月1回の訪問", who=table.m("jiro"), rank="main")

    assert [each.what for each in table.all()] == ["月1回の訪問"] * 2


def test_a_day_is_chosen_in_one_press_without_script(table):
    day = re.search(r'name="soon" value="([\d-]+)"', table.room())[1]
    table.put(soon=day)

    assert table.last().due_on.isoformat() == day


def test_a_stale_page_is_refused_and_shows_both(table):
    table.put("訪問")
    role = table.last()
    table.hanako.post(f"/actions/{role.id}", what="月1回の訪問", who="", rank="main", version=str(role.version))
    late = table.hanako.post(f"/actions/{role.id}", what="電話", who="", rank="sub", version=str(role.version))

    assert late.status_code == 409
    assert "電話" in late.text and "月1回の訪問" in late.text


def test_a_role_is_not_taken_off_the_table_in_words_one_has_not_read(table):
    table.put("訪問")
    role = table.last()
    table.hanako.post(f"/actions/{role.id}", what="月1回の訪問", who="", rank="main", version=str(role.version))

    assert table.hanako.post(f"/actions/{role.id}/removal", version=str(role.version)).status_code == 409
    assert table.last().removed_at is None


# -- balance -----------------------------------------------------------------------------------------------------------

def test_the_load_counts_over_all_cases_and_names_none(table):
    hide_a_role(table.world)
    for what in ("訪問", "連絡", "電話"):
        table.put(what, who=table.m("jiro"))
    table.put("送迎", who=table.m("saburo"))
    with table.reading():
        found = balance.of(session.get(Hearing, table.world.hearing))

    assert [(each.agency.name, each.here, each.everywhere) for each in found.loads] == [("保健センター", 3, 4), ("ひきこもり支援センター", 1, 1)]
    assert found.heavy.name == "保健センター"


def test_a_difficult_role_weighs_nothing(declined):
    with declined.reading():
        assert balance.running([declined.agencies["jiro"]]) == {}


def test_the_coordinating_body_is_asked_what_kind_of_work_it_takes(table):
    table.put("見守り", who=table.m("hanako"), nature="direct")
    table.put("日程の調整", who=table.m("hanako"), nature="manage")
    with table.reading():
        found = balance.of(session.get(Hearing, table.world.hearing))

    assert [each.what for each in found.direct] == ["見守り"]
    assert (found.direct[0].nature, found.unmarked) == (Nature.DIRECT, [])


def hide_a_role(world):
    """次郎's agency holds a role in a case that nobody at this table knows of."""
    with world.app.test_request_context(), unit():
        other = session.get(User, world.other)
        starts = clock.instant(clock.today(), clock.read_time("10:00"))
        meeting = Meeting.schedule(other, session.get(Meeting, world.meeting).kind, "別の会議", starts, starts + timedelta(hours=1),
                                   case=session.get(Case, world.hidden_case), place="1")
        session.flush()
        session.add(ActionItem(hearing_id=meeting.hearings[0].id, key="hidden", what="秘", agency_id=world.member(world.jiro).agency_id,
                               written_by_id=world.other))


def _in(days):
    return (clock.today() + timedelta(days=days)).isoformat()
