"""The lists of roles: whose, in which order, narrowed how; and nothing of another case in any of them."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import Role, User
from actions.models import ActionItem, Answer, Progress
from actions.progress import ProgressStep
from agencies.models import Agency
from cases.models import Case
from core import clock
from core.database import session, unit, utcnow
from followup import figures
from followup.lists import SCOPES, STATES
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole

EVERYBODY = ("hanako", "jiro", "saburo", "stranger", "other", "fumiko", "kanri")


class Town:
    """A's closed meeting and Z's, each with roles; `self.roles[name]` is the id of one."""

    def __init__(self, world):
        self.world, self.roles = world, {}
        world.open_meeting()
        with world.app.app_context(), unit():
            there = session.get(Case, world.hidden_case)
            self._put(self._held(there, world.other, world.stranger), world.other, {"z": ("Zの秘密の役割", "stranger", -9), "z_agency": ("Zの席の役割", "", 3)})
        self.put(late=("期限を過ぎた訪問", "jiro", -3), later_still=("もっと前の訪問", "saburo", -8), soon=("今日の電話", "jiro", 0),
                 far=("来月の同行", "hanako", 40), undated=("折を見て声掛け", "jiro", None), nobody=("まだ誰も", "", 5))
        world.close_meeting()

    def put(self, **roles):
        with self.world.app.app_context(), unit():
            self._put(session.get(Meeting, self.world.meeting), self.world.hanako, roles)

    def _put(self, meeting, by, roles):
        for name, (what, who, days) in roles.items():
            role = ActionItem.assign(meeting.hearings[0], session.get(User, by), name, what, member=self.world.member(getattr(self.world, who)) if who else None)
            role.due_on = None if days is None else clock.today() + timedelta(days=days)
            session.flush()
            self.roles[name] = role.id

    def _held(self, case, by, guest):
        starts, by = clock.instant(clock.today(), clock.read_time("09:00")), session.get(User, by)
        meeting = Meeting.schedule(by, Kind.SHIEN, "別の会議", starts, starts + timedelta(hours=1), case=case)
        for user_id, part in ((by.id, SeatRole.FACILITATOR), (guest, SeatRole.PARTICIPANT)):
            meeting.hearings[0].seat(self.world.member(user_id), Level.REQUIRED, part).attendance = Attendance.PRESENT
        session.flush()
        meeting.acknowledge(self.world.member(by.id), by=by)
        meeting.open(by=by)
        meeting.close(by=by)
        return meeting

    def state(self, name, state, answer=None):
        with self.world.app.app_context(), unit():
            role = session.get(ActionItem, self.roles[name])
            role.state = state
            session.add(ProgressStep(action_id=role.id, state=state, by_id=self.world.jiro))
            if answer:
                role.confirm(session.get(User, role.member.user_id), answer, "ひとこと")

    def shown(self, login, where="/actions"):
        """The roles on a page, in its order."""
        return told(self.world.browser(login).get(where), self.roles)


def told(answer, roles):
    assert answer.status_code == 200, answer.status_code
    names = {str(id): name for name, id in roles.items()}
    return [names[each] for each in re.findall(r'<th scope="row"><a href="/actions/(\d+)" data-row-link', answer.text)]


@pytest.fixture
def town(world):
    return Town(world)


def test_the_overdue_stand_first_then_by_day_and_those_without_a_day_last(town):
    assert town.shown("hanako", "/actions?of=all") == ["later_still", "late", "soon", "nobody", "far", "undated"]
    assert town.shown("jiro") == ["late", "soon", "undated"]
    page = town.world.browser("hanako").get("/actions?of=all").text
    parts = [page.index(each) for each in ("<h2>期限超過", "<h2>今週", "<h2>来週以降", "<h2>期限未定")]
    assert parts == sorted(parts)


def test_each_has_their_own_and_nobody_another_case_s(town):
    a = {"late", "later_still", "soon", "far", "undated", "nobody"}
    z = {"z", "z_agency"}
    may = {"hanako": a, "jiro": a, "saburo": a, "stranger": set(), "other": z, "fumiko": set(), "kanri": set()}
    own = {"hanako": {"far"}, "jiro": {"late", "soon", "undated"}, "saburo": {"later_still"}, "stranger": set()}
    for login in EVERYBODY:
        browser = town.world.browser(login)
        for scope in SCOPES:
            for state in ("", "looking") if scope == "mine" else ("",):
                answer = browser.get(f"/actions?of={scope}&state={state}")
                assert set(told(answer, town.roles)) <= may[login], (login, scope, state)
                assert may[login] & z or "Zの" not in answer.text
            rest = [browser.get(f"/actions{each}") for each in (f".csv?of={scope}", f"?of={scope}&case={town.world.hidden_case}", *(["/figures"] if scope == "all" else []))]
            for answer in rest:
                assert may[login] & z or "Zの" not in answer.text, (login, scope)
                assert may[login] & a or "訪問" not in answer.text, (login, scope)
        assert set(town.shown(login)) == own.get(login, may[login] if login == "other" and not may[login] else set()), login
        for case, theirs in ((town.world.case, a), (town.world.hidden_case, z)):
            answer = browser.get(f"/cases/{case}/actions")
            assert (answer.status_code == 200) == bool(may[login] & theirs), (login, case)


def test_words_find_only_what_one_may_see_and_stand_in_no_address(town):
    for login, where, found in (("hanako", "all", {"late", "later_still"}), ("jiro", "mine", {"late"}), ("jiro", "all", {"late", "later_still"}),
                                ("other", "all", set()), ("stranger", "all", set())):
        browser = town.world.browser(login)
        browser.get("/actions")
        answer = browser.post("/actions/search", text="訪問", of=where)
        assert answer.status_code == 303
        assert "%E8" not in answer.location and f"of={where}" in answer.location
        assert set(told(browser.get(answer.location), town.roles)) == found, login
    hanako = town.world.browser("hanako")
    hanako.get(f"/cases/{town.world.case}/actions")
    assert set(told(hanako.get(hanako.post(f"/cases/{town.world.case}/actions/search", text="次郎").location), town.roles)) == {"late", "soon", "undated"}
    hanako.post("/actions/search", text="Zの", of="all")
    assert told(hanako.get(hanako.post("/actions/search", text="Zの", of="all").location), town.roles) == []


def test_a_list_is_narrowed_by_its_state(town):
    town.state("late", Progress.STUCK, Answer.TAKE)
    town.state("soon", Progress.DONE, Answer.TAKE)
    town.state("undated", Progress.STARTED, Answer.CONDITION)
    town.state("far", Progress.OPEN, Answer.HARD)
    with town.world.app.app_context(), unit():
        town.world.member(town.world.saburo).active = False
    shown = {state: town.shown("hanako", f"/actions?of=all&state={state}") for state in STATES}
    assert shown == {
        "overdue": ["later_still", "late"], "stuck": ["late"], "unconfirmed": ["later_still"], "unsettled": ["undated"],
        "unassigned": ["nobody", "far"], "absent": ["later_still"], "looking": shown["open"],
        "open": ["later_still", "late", "nobody", "far", "undated"], "done": ["soon"]}
    page = town.world.browser("hanako").get("/actions?of=all").text
    assert re.findall(r'class="state[^>]*><span>([^<]+)</span> <b class="num">(\d+)', page) == [
        ("期限超過", "2"), ("滞っている", "1"), ("未回答", "1"), ("条件付き・持ち帰り", "1"), ("未割当", "2"), ("担当者不在", "1")]
    assert page.index("終わったもの 1件") > page.index("折を見て声掛け")


def test_a_list_is_narrowed_by_agency_case_and_day(town):
    with town.world.app.app_context(), unit(read_only=True):
        agency = town.world.member(town.world.jiro).agency_id
    assert town.shown("hanako", f"/actions?of=all&agency={agency}&case={town.world.case}") == ["late", "soon", "undated"]
    assert town.shown("hanako", "/actions?of=all&period=none") == ["undated"]
    assert town.shown("hanako", "/actions?of=all&period=week")[:3] == ["later_still", "late", "soon"]
    assert "far" not in town.shown("hanako", "/actions?of=all&period=month")
    for odd in ("agency=x", "agency=999999", "case=999999", "case=%00", "period=x", "state=x", "of=x", "case=99999999999999999999"):
        assert town.shown("hanako", f"/actions?of=all&{odd}") or odd == "of=x"


def test_a_taker_is_looked_for_by_whoever_said_they_would(town):
    with town.world.app.app_context(), unit():
        session.get(ActionItem, town.roles["nobody"]).escalation_agency = town.world.member(town.world.jiro).agency
    assert town.shown("jiro", "/actions?state=looking") == ["nobody"]
    assert "引き続き調整する役割(未割当)" in town.world.browser("jiro").get("/actions").text
    assert town.shown("saburo", "/actions?state=looking") == []


def test_a_long_list_has_pages(town):
    with town.world.app.app_context(), unit():
        first = session.get(ActionItem, town.roles["late"])
        session.add_all([ActionItem(hearing_id=first.hearing_id, key=f"n{number}", what="続き", due_on=clock.today() + timedelta(days=number),
                                    written_by_id=town.world.hanako) for number in range(60)])
    hanako = town.world.browser("hanako")
    one, two = (hanako.get(f"/actions?of=all&state=open&page={page}").text for page in (1, 2))
    rows = [re.findall(r"/actions/(\d+)\" data-row-link", page) for page in (one, two)]
    assert [len(each) for each in rows] == [50, 16]
    assert not set(rows[0]) & set(rows[1])
    assert 'rel="next" href' in one or 'page=2' in one
    assert "state=open" in two[two.index("pager"):][:300]


def test_what_is_taken_away_is_safe_and_on_record(town):
    with town.world.app.app_context(), unit():
        session.get(ActionItem, town.roles["late"]).what = "=HYPERLINK(1)"
    hanako = town.world.browser("hanako")
    answer = hanako.get("/actions.csv?of=all&state=overdue")
    rows = answer.data.decode("utf-8-sig").splitlines()

    assert len(rows) == 3
    assert "'=HYPERLINK(1)" in rows[2] and "未回答" in rows[2]
    assert "Aさん" not in answer.headers["Content-Disposition"]
    with town.world.app.app_context(), unit(read_only=True):
        assert session.execute(sa.text("SELECT act, subject, detail FROM audit ORDER BY id DESC")).first() == ("exported", "actions/all", "csv")


def test_the_office_is_told_why_it_sees_nothing(town):
    for login in ("fumiko", "kanri"):
        browser = town.world.browser(login)
        for where in ("/actions", "/actions/figures"):
            assert "表示できる役割はありません" in browser.get(where).text


def test_a_role_is_read_by_the_table_and_answered_by_its_holder(town):
    page = {login: town.world.browser(login).get(f"/actions/{town.roles['late']}") for login in EVERYBODY}
    assert {login: answer.status_code for login, answer in page.items()} == dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(("hanako", "jiro", "saburo"), 200)
    assert {login for login, answer in page.items() if "/confirmation" in answer.text} == {"jiro"}


def test_the_figures_are_a_recount_of_the_lists(town):
    town.state("late", Progress.DONE)
    with town.world.app.app_context(), unit():
        for days, name in ((30, "later_still"), (16, "far"), (16, "late")):
            session.get(ActionItem, town.roles[name]).written_at -= timedelta(days=days)
        session.get(ActionItem, town.roles["undated"]).removed_at = utcnow()
    with town.world.app.test_request_context(), unit(read_only=True):
        mine, theirs, agency = (figures.of(session.get(User, each)) for each in (town.world.hanako, town.world.other, town.world.jiro))
        names = [each.name for each in mine.shares]
        begins = [clock.local(session.get(ActionItem, town.roles[each]).written_at).date() for each in ("later_still", "soon", "far", "nobody")]
        began = clock.local(session.get(ActionItem, town.roles["late"]).written_at).date()  # done today
        roster = session.scalars(sa.select(Agency.name).order_by(Agency.coordinating.desc(), Agency.name)).all()
    assert mine.weeks[-1][2:] == (4, 1)  # soon, far, nobody and later_still, which is overdue
    assert [week.open for week in mine.weeks] == [
        sum(begun <= week.counted for begun in begins) + (began <= week.counted < clock.today()) for week in mine.weeks]
    assert names == [each for each in roster if each in names] + [""]
    assert (theirs.weeks[-1].open, theirs.weeks[-1].overdue) == (2, 1)
    assert [(each.name, each.open, each.overdue) for each in agency.shares] == [("保健センター", 1, 0)]
    page = town.world.browser("hanako").get("/actions/figures").text
    assert "順位を付けるものではありません" in page
    assert not any(name in page.partition('id="main"')[2] for name in ("佐藤", "田中", "訪問"))


def test_a_coordinator_without_a_seat_has_the_cases_of_their_team_alone(town):
    with town.world.app.app_context(), unit():
        session.get(User, town.world.stranger).take_roles([Role.COORDINATOR])
    assert town.shown("stranger", "/actions?of=all") == []


def test_today_says_how_many_are_over_their_day(town):
    pages = {login: town.world.browser(login).get("/").text for login in ("hanako", "jiro", "stranger", "kanri")}
    assert "担当する案件で期限を過ぎた役割が2件" in pages["hanako"]
    assert "期限を過ぎた自分の役割が1件" in pages["jiro"]
    assert 'href="/actions?of=mine&amp;state=overdue"' in pages["jiro"]
    assert not any("期限を過ぎた" in pages[login] for login in ("stranger", "kanri"))
