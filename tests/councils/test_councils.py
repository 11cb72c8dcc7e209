"""A council through its doors: members and terms, sessions planned with them, and who sees what."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import Role, User
from agencies.models import Agency, AgencyKind, Member
from core import clock
from core.database import session, unit
from councils.models import Council, CouncilMember
from councils.posts import Post, Quorum
from councils.sessions import CouncilSession
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import SeatRole

DATABASES = ["sqlite"]
TODAY = clock.today()


@pytest.fixture
def office(world):
    """花子 keeps a committee: a professor without an account is its chair, 次郎 a member, 三郎's term is over, the 県 listens."""
    with world.app.app_context(), unit():
        professor = Member(agency=Agency(name="みなも大学", kind=AgencyKind.INFORMAL), name="湊川 ひさし", job="教授")
        listener = Member(agency=Agency(name="県保健所", kind=AgencyKind.PUBLIC), name="岩影 とおる")
        council = Council.found(session.get(User, world.hanako), "検討委員会", quorum=Quorum.MAJORITY, ground="設置要綱", public=True)
        session.add_all([professor, listener])
        session.flush()
        begun, over = TODAY - timedelta(days=400), TODAY - timedelta(days=30)
        for member, post, until in ((professor, Post.CHAIR, None), (world.member(world.jiro), Post.MEMBER, TODAY + timedelta(days=300)),
                                    (world.member(world.saburo), Post.MEMBER, over), (listener, Post.OBSERVER, None)):
            council.terms.append(CouncilMember(member=member, post=post, since=begun, until=until))
        session.flush()
        world.council, world.professor, world.listener = council.id, professor.id, listener.id
    return world


def next_session(**more):
    return dict(number="1", name="検討委員会", day=(TODAY + timedelta(days=14)).isoformat(), start="14:00", end="15:30", mode="both", place="委員会室",
                online_url="https://a.example/x", topics="進み具合の報告\n来年度の計画", materials="集計\n計画（案）", public="y") | more


def plan(office, by="hanako", **more):
    browser = office.browser(by)
    browser.get(f"/councils/{office.council}/sessions/new")
    return browser.post(f"/councils/{office.council}/sessions", next_session(**more))


def planned(office):
    return session.scalars(sa.select(CouncilSession).order_by(CouncilSession.id.desc())).first()


def test_the_next_session_is_a_meeting_with_the_members_of_that_day(office):
    answer = plan(office)

    assert answer.status_code == 303
    with office.app.app_context():
        made = planned(office)
        seats = {seat.member.name: seat.role for seat in made.meeting.seats}
        assert made.meeting.kind == Kind.GENERAL and made.meeting.hearings[0].case_id is None
        assert seats == {"湊川 ひさし": SeatRole.FACILITATOR, "佐藤 次郎": SeatRole.PARTICIPANT, "岩影 とおる": SeatRole.PARTICIPANT,
                         "山田 花子": SeatRole.NOTE_TAKER}
        assert [each.title for each in made.meeting.agenda][1:3] == ["進み具合の報告", "来年度の計画"]
        assert made.turnout.members == 2  # who listens is not counted, whose term is over neither
    page = office.browser("hanako").get(answer.location).text
    assert "資料2　計画（案）" in page and "委員2人中2人" in page


def test_another_session_takes_the_next_number_and_the_place_over(office):
    with office.app.app_context(), unit():
        session.get(Council, office.council).through = True  # whatever day of the year it is
    plan(office)
    page = office.browser("hanako").get(f"/councils/{office.council}/sessions/new").text
    assert re.search(r'<input[^>]*name="number"[^>]*value="2"', page)
    assert 'value="委員会室"' in page

    again = plan(office, number="1")
    assert again.status_code == 422
    assert "この回の会議は、既にあります。" in again.text


def test_a_session_called_off_gives_its_number_back(office):
    plan(office)
    with office.app.app_context(), unit():
        planned(office).meeting.cancel()
    assert plan(office, number="1").status_code == 303


def test_a_year_begins_with_the_first_session_unless_they_are_counted_through(office):
    plan(office)
    with office.app.app_context(), unit():
        council = session.get(Council, office.council)
        later = TODAY + timedelta(days=500)
        assert CouncilSession.next_number(council, later) == 1
        council.through = True
        assert CouncilSession.next_number(council, later) == 2
        assert planned(office).called == "第1回"


def test_two_who_plan_at_once_do_not_give_one_number_twice(office):
    first, second = office.browser("hanako"), office.browser("hanako")
    with office.app.app_context():
        version = str(session.get(Council, office.council).version)
    for browser in (first, second):
        browser.get(f"/councils/{office.council}/sessions/new")
    assert first.post(f"/councils/{office.council}/sessions", next_session(version=version)).status_code == 303
    assert second.post(f"/councils/{office.council}/sessions", next_session(version=version)).status_code in (409, 422)


def test_nobody_has_two_terms_on_one_day_and_there_is_one_chair(office):
    browser = office.browser("hanako")
    browser.get(f"/councils/{office.council}/members/new")
    where = f"/councils/{office.council}/members"
    with office.app.app_context():
        jiro, saburo = office.member(office.jiro).id, office.member(office.saburo).id
    twice = browser.post(where, dict(member_id=jiro, post="member", since=TODAY.isoformat()))
    second_chair = browser.post(where, dict(member_id=saburo, post="chair", since=TODAY.isoformat()))
    back_again = browser.post(where, dict(member_id=saburo, post="member", since=TODAY.isoformat()))

    assert twice.status_code == second_chair.status_code == 422
    assert "期間の重なる任期" in twice.text and "湊川 ひさしさん" in second_chair.text
    assert back_again.status_code == 303


def test_an_ended_council_plans_nothing_any_more(office):
    with office.app.app_context(), unit():
        session.get(Council, office.council).ended_on = TODAY + timedelta(days=7)
    assert plan(office).status_code == 409  # it will have ended by that day
    with office.app.app_context(), unit():
        session.get(Council, office.council).ended_on = TODAY
    assert plan(office).status_code == 409


def test_who_keeps_it_runs_a_session_somebody_else_planned_and_nobody_else_does(office):
    plan(office)
    with office.app.app_context(), unit():
        meeting = planned(office).meeting_id
        council = session.get(Council, office.council)
        session.get(Meeting, meeting).planned_by_id = office.clerk
    assert office.browser("hanako").get(f"/meetings/{meeting}/edit").status_code == 200
    assert office.browser("other").get(f"/meetings/{meeting}").status_code == 404
    assert office.browser("other").get(f"/councils/{office.council}").status_code == 404

    with office.app.app_context(), unit():
        council = session.get(Council, office.council)
        council.kept_by([session.get(User, office.other)])
    assert office.browser("hanako").get(f"/meetings/{meeting}/edit").status_code == 404
    assert office.browser("other").get(f"/meetings/{meeting}/edit").status_code == 200


def test_a_council_that_nobody_keeps_any_more_belongs_to_every_coordinator(office):
    with office.app.app_context(), unit():
        session.get(User, office.hanako).take_roles([])
    assert office.browser("other").get(f"/councils/{office.council}/edit").status_code == 200
    with office.app.app_context(), unit():
        session.get(User, office.hanako).take_roles([Role.COORDINATOR])
    assert office.browser("other").get(f"/councils/{office.council}/edit").status_code == 404


def test_a_member_sees_the_council_during_the_term_and_its_report_never(office):
    for login, status in (("jiro", 200), ("saburo", 404), ("stranger", 404), ("fumiko", 200), ("kanri", 404)):
        assert office.browser(login).get(f"/councils/{office.council}").status_code == status, login
    report = f"/councils/{office.council}/report/{clock.fiscal_year(TODAY)}.docx"
    assert office.browser("jiro").get(report).status_code == 404
    assert office.browser("fumiko").get(report).status_code == 200
    assert "検討委員会" in office.browser("jiro").get("/councils").text
    assert "検討委員会" not in office.browser("saburo").get("/councils").text.replace("検討委員会・協議会", "").replace("検討委員会、協議会", "")


@pytest.mark.parametrize("way", ["ended early", "taken out"])
def test_whose_term_is_ended_early_sits_at_no_later_session(office, way):
    plan(office)
    with office.app.app_context():
        meeting = planned(office).meeting_id
        term = session.scalar(sa.select(CouncilMember).where(CouncilMember.member_id == office.member(office.jiro).id))
        where, words = f"/councils/members/{term.id}", dict(member_id=term.member_id, post="member", since=term.since.isoformat(),
                                                            until=(TODAY - timedelta(days=1)).isoformat(), category="", version=term.version)
    jiro, hanako = office.browser("jiro"), office.browser("hanako")
    assert jiro.get(f"/meetings/{meeting}").status_code == 200
    hanako.get(where)
    assert (hanako.post(where, words) if way == "ended early" else hanako.post(f"{where}/removal")).status_code == 303

    assert jiro.get(f"/meetings/{meeting}").status_code == 404
