"""After the meeting: a role goes on, gets stuck, passes to somebody else, and never lies with nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions import holding
from actions.handovers import Cause
from actions.words import Answer, Progress
from agencies.absences import Absence
from agencies.models import Member
from cases.models import Case
from core import clock
from core.access import may
from core.database import session
from core.web import Refused
from followup import handover, orphans
from meetings import minutes, record
from notices.models import Notice
from tests.actions.after import After

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


@pytest.fixture
def after(world):
    """The meeting is over; 次郎 is to visit, 三郎 to call."""
    world.open_meeting()
    made = After(world)
    made.put("visit", "jiro", "訪問する")
    made.put("call", "saburo", "電話する")
    world.close_meeting()
    return made


@pytest.fixture
def colleague(after):
    """四葉, of 次郎's agency, who never sat at the table; she can sign in."""
    with after.unit():
        user = User(login="yotsuba", name="四葉", password_hash=after.user("jiro").password_hash, must_change_password=False)
        session.add(user)
        session.flush()
        session.add(Member(agency=after.world.member(after.world.jiro).agency, name="四葉", user_id=user.id))
        session.flush()
        return user.id


def pressed(after, login, state, note="", name="visit"):
    browser = after.world.browser(login)
    browser.get(f"/actions/{after.ids[name]}/progress")
    return browser.post(f"/actions/{after.ids[name]}/progress", state=state, note=note)


def test_the_holder_reports_in_two_taps_and_twice_is_once(after):
    assert [pressed(after, "jiro", "done").status_code for _twice in range(2)] == [303, 303]
    with after.role("visit") as role:
        assert (role.state, len(role.steps), role.steps[0].deputised) == (Progress.DONE, 1, False)


def test_it_works_when_the_minutes_are_final_and_they_stay_as_they_were(after):
    with after.unit():
        version = record.finalise(after.meeting(), after.user("hanako"), minutes.lay_out)
        seal = version.hash
    assert pressed(after, "jiro", "started", "電話で約束した").status_code == 303
    with after.role("visit") as role:
        assert role.state == Progress.STARTED
        assert after.meeting().final.hash == seal == after.meeting().final.minutes.digest()


def test_stuck_needs_a_word_and_tells_the_coordinator_once(after):
    assert pressed(after, "jiro", "stuck").status_code == 422
    pressed(after, "jiro", "stuck", "留守が続く")
    pressed(after, "jiro", "stuck", "まだ留守")
    assert after.notices("stuck") == [("山田 花子", 1)]
    with after.unit():
        assert "留守" not in "".join(each.about + each.path for each in session.scalars(sa.select(Notice)))


def test_a_later_standstill_is_told_again(after):
    for state, note in (("stuck", "留守"), ("started", ""), ("stuck", "また留守")):
        pressed(after, "jiro", state, note)
    assert len(after.notices("stuck")) == 2


def test_nobody_reports_on_a_role_of_somebody_else_or_before_the_end(after):
    assert pressed(after, "saburo", "done").status_code == 404
    with after.unit():
        after.meeting().closed_at = None
    with after.role("visit") as role, pytest.raises(Refused):
        role.report(after.user("jiro"), Progress.DONE)


def test_everything_is_handed_over_in_one_press_and_the_successor_is_asked(after, colleague):
    after.says("jiro", "visit", "take")
    with after.unit():
        member = after.world.member(after.world.jiro)
        person, successor = member.id, session.scalar(sa.select(Member.id).where(Member.user_id == colleague))
    hanako = after.world.browser("hanako")
    assert "訪問する" in hanako.get(f"/members/{person}/handover").text
    assert hanako.post(f"/members/{person}/handover", to=str(successor), cause="transfer").status_code == 303
    with after.role("visit") as role:
        assert (role.member_id, role.confirmation, role.handovers[0].handover.cause) == (successor, None, Cause.TRANSFER)
    assert after.notices("handed_over") == after.notices("confirm") == [("四葉", 1)]


def test_the_successor_sees_the_item_and_nothing_else_of_the_case(after, colleague):
    hand(after, colleague)
    yotsuba = after.world.browser("yotsuba")
    assert "訪問する" in yotsuba.get(f"/actions/{after.ids['visit']}").text
    assert yotsuba.get(f"/actions/{after.ids['visit']}/progress").status_code == 200
    for where in (f"/cases/{after.world.case}", f"/meetings/{after.world.meeting}", f"/meetings/{after.world.meeting}/minutes",
                  f"/meetings/{after.world.meeting}/room", f"/actions/{after.ids['call']}", f"/actions/{after.ids['call']}/progress"):
        assert yotsuba.get(where).status_code == 404, where
    assert "Aさん" not in yotsuba.get("/actions").text


def test_the_successor_answers_although_the_minutes_are_final(after, colleague):
    with after.unit():
        record.finalise(after.meeting(), after.user("hanako"), minutes.lay_out)
        before = after.meeting().final.hash
    hand(after, colleague)
    with after.role("visit") as role:
        role.confirm(session.get(User, colleague), Answer.TAKE)
        assert role.confirmation and after.meeting().final.hash == before


def test_the_administrator_hands_over_without_reading_a_word(after, colleague):
    with after.unit():
        person = after.world.member(after.world.jiro).id
    page = after.world.browser("kanri").get(f"/members/{person}/handover").text
    assert "訪問する" not in page and 'class="count">1<' in page


def test_a_deputy_acts_while_somebody_is_away_and_no_longer(after, colleague):
    with after.unit():
        member, deputy = after.world.member(after.world.jiro), session.scalars(sa.select(Member).where(Member.user_id == colleague)).one()
        Absence.declare(member, deputy, clock.today(), clock.today() + timedelta(days=7), after.user("hanako"))
    assert pressed(after, "yotsuba", "started").status_code == 303
    with after.role("visit") as role:
        assert role.steps[0].deputised and [each.name for each in holding.people_of(role)] == ["四葉"]
        Absence.of(role.member).end()
    assert pressed(after, "yotsuba", "done").status_code == 404


def test_what_somebody_leaves_behind_falls_to_the_agency_and_people_hear_of_it_once(after, colleague):
    with after.unit():
        session.get(User, after.world.jiro).leave()
        member = session.scalars(sa.select(Member).where(Member.user_id == colleague)).one()
        after.meeting().hearings[0].seat(member, *seat_of(after))
        after.meeting().acknowledge(member, by=member.user)
    for _twice in range(2):
        with after.unit():
            orphans.tell_of_the_left_alone(None)
    assert after.notices("unheld") == [("山田 花子", 1), ("四葉", 1)]
    with after.role("visit") as role:
        assert holding.left_alone(role) and [each.name for each in holding.people_of(role)] == ["四葉"]
        assert may(session.get(User, colleague), "action", role.id, "own")
    assert pressed(after, "yotsuba", "done").status_code == 303


@pytest.mark.parametrize("how", ["handed over", "deputy"])
def test_who_looks_for_a_taker_now_sees_that_role_to_read_and_nothing_else(after, colleague, how):
    with after.role("call") as role:
        jiro, deputy = after.world.member(after.world.jiro), session.scalars(sa.select(Member).where(Member.user_id == colleague)).one()
        role.agency = role.member = None
        role.escalation_agency, role.escalation_member = jiro.agency, jiro
        session.flush()
        if how == "deputy":
            Absence.declare(jiro, deputy, clock.today(), clock.today(), after.user("hanako"))
        else:
            handover.hand_over(jiro, {role: deputy}, Cause.TRANSFER, after.user("hanako"))
    yotsuba = after.world.browser("yotsuba")
    assert "電話する" in yotsuba.get("/actions").text and "電話する" in yotsuba.get(f"/actions/{after.ids['call']}").text
    for where in (f"/cases/{after.world.case}", f"/meetings/{after.world.meeting}", f"/meetings/{after.world.meeting}/minutes", f"/actions/{after.ids['call']}/progress",
                  *([f"/actions/{after.ids['visit']}"] if how == "handed over" else [])):
        assert yotsuba.get(where).status_code == 404, where
    with after.unit():
        acts = ("see", "write", "own", "answer", "report")
        assert [may(session.get(User, colleague), "action", after.ids["call"], act) for act in acts] == [False] * 5
    with after.role("call") as role:
        role.agency = after.world.member(after.world.jiro).agency  # found
    assert how == "deputy" or yotsuba.get(f"/actions/{after.ids['call']}").status_code == 404


def test_nothing_is_handed_to_somebody_whose_account_is_out_of_use(after, colleague):
    with after.unit():
        session.get(User, colleague).active = False
        jiro, gone = after.world.member(after.world.jiro), session.scalars(sa.select(Member).where(Member.user_id == colleague)).one()
        person, nobody = jiro.id, gone.id
        with pytest.raises(Refused):
            handover.hand_over(jiro, dict.fromkeys(handover.open_items(jiro), gone), Cause.TRANSFER, after.user("hanako"))
        with pytest.raises(Refused):
            Absence.declare(jiro, gone, clock.today(), clock.today(), after.user("hanako"))
    hanako = after.world.browser("hanako")
    assert "四葉" not in hanako.get(f"/members/{person}/handover").text
    assert hanako.post(f"/members/{person}/handover", to=str(nobody), cause="transfer").status_code == 422


def test_the_only_coordinator_is_not_taken_away(after):
    kanri = after.world.browser("kanri")
    kanri.get("/accounts")
    answer = kanri.post(f"/accounts/{after.world.hanako}/departure")
    with after.unit():
        person = after.world.member(after.world.hanako)
        kept = dict(name=person.name, left_on=clock.today().isoformat(), user_id=str(after.world.hanako), version=str(person.version))
        person = person.id
    off = kanri.post(f"/members/{person}", kept)
    stripped = kanri.post(f"/accounts/{after.world.hanako}", name="山田 花子", login="hanako", roles="clerk")

    assert [each.status_code for each in (answer, off, stripped)] == [409, 409, 409]
    assert "進行中の案件1件" in answer.text and "Aさん" not in answer.text
    with after.unit():
        assert after.user("hanako").active and after.user("hanako").coordinator and session.get(Member, person).active


def test_with_a_successor_on_the_teams_they_may_go(after):
    hanako = after.world.browser("hanako")
    hanako.get("/handover/cases")
    assert hanako.post("/handover/cases", to=str(after.world.other)).status_code == 303
    with after.unit():
        assert session.get(Case, after.world.case).has_on_team(after.user("other"))
    kanri = after.world.browser("kanri")
    kanri.get("/accounts")
    assert kanri.post(f"/accounts/{after.world.hanako}/departure").status_code == 303


def hand(after, colleague):
    with after.unit():
        jiro, taker = after.world.member(after.world.jiro), session.scalars(sa.select(Member).where(Member.user_id == colleague)).one()
        handover.hand_over(jiro, dict.fromkeys(handover.open_items(jiro), taker), Cause.TRANSFER, after.user("hanako"))


def seat_of(after):
    seat = after.meeting().hearings[0].seats[0]
    return seat.level, seat.role


def test_an_agency_out_of_use_does_not_take_the_whole_team_of_a_case_with_it(after):
    world = after.world
    with after.unit():
        session.get(Case, world.case).join_team(after.user("other"))
        session.get(Case, world.hidden_case).join_team(after.user("hanako"))
        agency = world.member(world.hanako).agency
        world.member(world.other).agency = agency
        agency_id = agency.id
    kanri = world.browser("kanri")
    kanri.get(f"/agencies/{agency_id}")
    assert kanri.post(f"/agencies/{agency_id}/leaving").status_code == 409
    with after.unit():
        assert world.member(world.hanako).active and world.member(world.other).active


def test_nobody_names_themselves_for_roles_of_cases_that_are_closed_to_them(after):
    with after.unit():
        person = after.world.member(after.world.jiro).id
        me = Member(agency=after.world.member(after.world.jiro).agency, name="管理 太郎", user_id=after.world.admin)
        session.add(me)
        session.flush()
        mine = str(me.id)
    today = clock.today().isoformat()
    kanri = after.world.browser("kanri")
    assert f'value="{mine}"' not in kanri.get(f"/members/{person}/handover").text
    assert kanri.post(f"/members/{person}/handover", to=mine, cause="transfer").status_code == 422
    assert kanri.post(f"/members/{person}/absences", acting=mine, from_on=today, to_on=today).status_code == 422
    assert "訪問する" not in kanri.get("/actions").text
