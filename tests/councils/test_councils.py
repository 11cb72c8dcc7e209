"""A council through its doors: members and terms, sessions planned with them, and who sees what."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import Role, User
from agencies.models import Agency, AgencyKind, Member
from core import clock
from core.database import session, unit, utcnow
from councils.forms import on_roster
from councils.models import Council, CouncilMember
from councils.posts import Post, Quorum
from councils.sessions import CouncilSession
from meetings import minutes
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Attendance, SeatRole

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


# -- a session that is moved -----------------------------------------------------------------------------------------------

def moved(office, days: int):
    """The session is moved through the page of its meeting, to `days` from today; give the answer."""
    hanako = office.browser("hanako")
    with office.app.app_context():
        meeting = planned(office).meeting
        words = dict(name=meeting.name, day=(TODAY + timedelta(days=days)).isoformat(), start="14:00", end="15:30", mode="both", place="委員会室",
                     online_url="", version=str(meeting.version))
    hanako.get(f"/meetings/{meeting.id}/edit")
    return hanako.post(f"/meetings/{meeting.id}", words), hanako


def sitting_at(office) -> dict:
    with office.app.app_context():
        return {seat.member.name: seat.role for seat in planned(office).meeting.seats}


def test_a_session_moved_past_a_term_is_for_the_members_of_its_new_day(office):
    with office.app.app_context(), unit():
        council = session.get(Council, office.council)
        old_chair = next(each for each in council.terms if each.post is Post.CHAIR)
        old_chair.until = TODAY + timedelta(days=50)
        council.terms.append(CouncilMember(member=office.member(office.saburo), post=Post.CHAIR, since=TODAY + timedelta(days=51)))
    plan(office)
    before = sitting_at(office)
    answer, hanako = moved(office, 60)
    assert answer.status_code == 303, answer.text
    assert before["湊川 ひさし"] == SeatRole.FACILITATOR and "田中 三郎" not in before
    assert sitting_at(office) == {"田中 三郎": SeatRole.FACILITATOR, "佐藤 次郎": SeatRole.PARTICIPANT, "岩影 とおる": SeatRole.PARTICIPANT, "山田 花子": SeatRole.NOTE_TAKER}
    page = hanako.get(answer.location).text
    assert "新たに着席: ひきこもり支援センター 田中 三郎" in page and "湊川 ひさし" in page

    moved(office, 20)  # and back again
    assert sitting_at(office) == before


def test_a_seat_given_or_taken_by_hand_stays_when_a_session_is_moved_within_the_terms(office):
    plan(office)
    with office.app.app_context(), unit():
        hearing = planned(office).meeting.hearings[0]
        hearing.unseat(next(each for each in hearing.seats if each.member.name == "岩影 とおる"))
        hearing.seat(office.member(office.stranger), hearing.seats[0].level, SeatRole.PARTICIPANT)
    before = sitting_at(office)
    moved(office, 40)
    assert sitting_at(office) == before and "席の ない人" in before and "岩影 とおる" not in before


def test_a_session_is_not_moved_past_the_end_of_its_council(office):
    plan(office)
    with office.app.app_context(), unit():
        session.get(Council, office.council).ended_on = TODAY + timedelta(days=30)
    assert moved(office, 40)[0].status_code == 409
    assert moved(office, 20)[0].status_code == 303


# -- what the record says of the next session ------------------------------------------------------------------------------

def close(office, meeting_id):
    with office.app.app_context(), unit():
        meeting, by = session.get(Meeting, meeting_id), session.get(User, office.hanako)
        for seat in meeting.seats:
            meeting.acknowledge(seat.member, by)
            seat.attendance = Attendance.PRESENT
        meeting.starts_at, meeting.ends_at = utcnow() - timedelta(hours=2), utcnow() - timedelta(hours=1)
        meeting.open(by)
        meeting.close(by)


def next_of(office, meeting_id) -> str:
    with office.app.app_context():
        return minutes.lay_out(session.get(Meeting, meeting_id), 1, utcnow()).next_meeting


def test_what_is_known_of_the_next_session_at_the_closing_stands_whatever_becomes_of_it(office):
    plan(office)
    with office.app.app_context():
        first = planned(office).meeting_id
    plan(office, number="2", day=(TODAY + timedelta(days=80)).isoformat())
    assert "委員会室" in next_of(office, first)  # seen in the room already
    close(office, first)
    said = next_of(office, first)
    assert said.startswith("第2回") and "委員会室" in said
    with office.app.app_context(), unit():
        planned(office).meeting.cancel()
    assert next_of(office, first) == said


def test_a_session_planned_after_the_closing_is_told_by_the_last_record_as_long_as_no_draft_went_round(office):
    plan(office)
    with office.app.app_context():
        first = planned(office).meeting_id
    close(office, first)
    assert next_of(office, first) == ""
    plan(office, number="2", day=(TODAY + timedelta(days=80)).isoformat())
    said = next_of(office, first)
    assert "第2回" in said
    moved(office, 90)
    assert next_of(office, first) == said


def test_what_somebody_wrote_of_the_next_session_is_not_written_over(office):
    plan(office)
    with office.app.app_context(), unit():
        first = planned(office).meeting_id
        planned(office).meeting.hearings[0].next_meeting = "春に開く。"
    plan(office, number="2", day=(TODAY + timedelta(days=80)).isoformat())
    close(office, first)
    assert next_of(office, first) == "春に開く。"


# -- no case is heard ------------------------------------------------------------------------------------------------------

def test_no_page_of_a_session_speaks_of_its_case(office):
    plan(office)
    with office.app.app_context(), unit():
        meeting = planned(office).meeting
        where, hearing, meeting.invited_at = meeting.id, meeting.hearings[0].id, utcnow()
        for seat in meeting.seats:
            seat.invited_at = utcnow()
    hanako, jiro = office.browser("hanako"), office.browser("jiro")
    pages = [hanako.get(each).text for each in (f"/hearings/{hearing}/seats", f"/meetings/{where}/papers", f"/meetings/{where}/pledges", f"/meetings/{where}/opening",
                                                f"/hearings/{hearing}/letters/new?kind=notice")]
    pages += [jiro.get(each).text for each in ("/", f"/meetings/{where}", f"/meetings/{where}/rules", f"/meetings/{where}/pledge")]
    for page in pages:
        main = page.partition("<main")[2].partition('class="rules')[0]
        for word in ("この案件", "その案件", "案件を開く", "案件をご覧", "案件ごと", "事例提供者", "整理番号だけ"):
            assert word not in main, word
    assert "会議の内容を開く" in pages[7]


def test_people_of_one_agency_are_offered_by_their_readings(office):
    with office.app.app_context(), unit():
        agency = session.scalar(sa.select(Agency).where(Agency.name == "みなも大学"))
        for name, kana in (("加藤", "かとう"), ("我孫子", "がびこ"), ("大野", "おーの"), ("青木", "あおき")):
            session.add(Member(agency=agency, name=name, kana=kana))
        session.flush()
        assert [each[1].split("　")[1] for each in on_roster() if each[1].startswith("みなも大学")] == ["青木", "大野", "加藤", "我孫子", "湊川 ひさし（教授）"]
