"""Pledges: who has given their word, for a year or for a case, on the screen or on paper; and who has not."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest

from accounts.models import User
from core import clock
from core.database import session, unit
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.pledges import Pledge, PledgeMethod, Term, standing
from notices.kinds import NoticeKind
from notices.models import Notice

DATABASES = ["sqlite"]
TODAY = clock.today()


def holds(world) -> dict[str, Term | None]:
    with world.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, world.meeting)
        return {member.name: pledge.term if pledge else None for member, pledge in standing(meeting, meeting.hearings).items()}


def test_on_the_screen_one_pledges_for_oneself_and_twice_is_once(world):
    jiro = world.browser("jiro")
    page = jiro.get(f"/meetings/{world.meeting}/pledge").text
    assert "社会福祉法第106条の6第6項" in page and "退職した後も" in page
    assert jiro.post(f"/meetings/{world.meeting}/pledge", term="year").status_code == 422
    for _time in range(2):
        assert jiro.post(f"/meetings/{world.meeting}/pledge", term="year", accepted="y").status_code == 303
    assert holds(world) == {"山田 花子": None, "佐藤 次郎": Term.YEAR, "田中 三郎": None}
    with world.app.app_context(), unit(read_only=True):
        assert session.query(Pledge).count() == 1
    assert "誓約済みです" in jiro.get(f"/meetings/{world.meeting}/pledge").text


def test_paper_that_came_back_is_noted_for_several_at_once_and_struck_when_it_was_a_mistake(world):
    hanako = world.browser("hanako")
    page = hanako.get(f"/meetings/{world.meeting}/pledges").text
    people = re.findall(r'name="member" value="(\d+)"', page)
    assert len(people) == 3
    assert hanako.post(f"/meetings/{world.meeting}/pledges", term="case", given_on=TODAY.isoformat()).status_code == 422
    assert hanako.post(f"/meetings/{world.meeting}/pledges", term="case", given_on=(TODAY + timedelta(days=2)).isoformat(), member=people).status_code == 422
    assert hanako.post(f"/meetings/{world.meeting}/pledges", term="case", given_on=TODAY.isoformat(), member=people[:2]).status_code == 303
    assert sorted(map(str, holds(world).values())) == ["None", "Term.CASE", "Term.CASE"]

    struck = re.search(r"/pledges/(\d+)/strike", hanako.get(f"/meetings/{world.meeting}/pledges").text)[1]
    jiro = world.browser("jiro")
    jiro.get("/")
    assert jiro.post(f"/pledges/{struck}/strike").status_code == 404
    assert hanako.post(f"/pledges/{struck}/strike").status_code == 303
    assert list(holds(world).values()).count(None) == 2


def test_one_for_a_case_holds_when_the_case_is_heard_again_and_one_for_a_year_for_its_kind(world):
    first = world.meeting
    with world.app.app_context(), unit():
        meeting, by = session.get(Meeting, first), session.get(User, world.hanako)
        Pledge.give(meeting, world.member(world.jiro), by, Term.CASE, PledgeMethod.PAPER, TODAY)
        Pledge.give(meeting, world.member(world.saburo), by, Term.YEAR, PledgeMethod.PAPER, TODAY)
    world.another_meeting()
    assert holds(world) == {"山田 花子": None, "佐藤 次郎": Term.CASE, "田中 三郎": Term.YEAR}
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).kind = Kind.JUSO  # other words were signed
    assert set(holds(world).values()) == {None}


def test_the_opening_names_who_has_no_account_and_no_pledge(world):
    with world.app.app_context(), unit():
        world.member(world.saburo).user_id = None
    page = world.browser("hanako").get(f"/meetings/{world.meeting}/opening").text
    assert "紙の誓約書が未提出です: 田中 三郎。" in page


def test_the_register_of_a_year_is_for_the_office_and_holds_the_yearly_ones(world):
    with world.app.app_context(), unit():
        meeting, by = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        Pledge.give(meeting, world.member(world.jiro), by, Term.CASE, PledgeMethod.PAPER, TODAY)
        Pledge.give(meeting, world.member(world.saburo), by, Term.YEAR, PledgeMethod.PAPER, TODAY)
    page = world.browser("hanako").get(f"/pledges?year={clock.fiscal_year(clock.local(meeting.starts_at).date())}").text
    assert "田中 三郎" in page and "佐藤 次郎" not in page
    assert world.browser("jiro").get("/pledges").status_code == 404


def test_the_opening_says_of_each_person_which_pledge_they_have_or_which_way_they_give_it(world):
    with world.app.app_context(), unit():
        meeting, by = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        Pledge.give(meeting, world.member(world.hanako), by, Term.YEAR, PledgeMethod.SCREEN, TODAY)
        world.member(world.saburo).user_id = None
    page = world.browser("hanako").get(f"/meetings/{world.meeting}/opening").text
    of = {name: row for row in page.split("<tr")[2:] for name in ("山田 花子", "佐藤 次郎", "田中 三郎") if name in row.partition("<br>")[0]}
    assert "年度の誓約あり" in of["山田 花子"] and "まで" in of["山田 花子"]
    assert "未提出" in of["佐藤 次郎"] and "本人が画面で誓約" in of["佐藤 次郎"]
    assert "未提出" in of["田中 三郎"] and "紙の誓約書に署名" in of["田中 三郎"]


def test_a_yearly_pledge_that_does_not_reach_the_meeting_is_named_with_its_end(world):
    with world.app.app_context(), unit():
        meeting, by = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        Pledge.give(meeting, world.member(world.jiro), by, Term.YEAR, PledgeMethod.SCREEN, TODAY)
        session.query(Pledge).one().fiscal_year -= 1
        last = session.query(Pledge).one().until
    world.another_meeting()
    assert f"前の誓約は{clock.wareki(last, False)}まで" in world.browser("hanako").get(f"/meetings/{world.meeting}/opening").text


@pytest.fixture
def invited(world):
    """The meeting, to which all three are invited; 花子 has given her pledge."""
    world.browser("hanako").get(f"/meetings/{world.meeting}")
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        for seat in meeting.seats:
            seat.invited_at = meeting.starts_at
        Pledge.give(meeting, world.member(world.hanako), session.get(User, world.hanako), Term.CASE, PledgeMethod.SCREEN, TODAY)
    return world


def asked(world) -> dict[str, int]:
    with world.app.app_context(), unit(read_only=True):
        rows = session.query(Notice).filter_by(kind=NoticeKind.PLEDGE).all()
        return {each.member.name: sum(one.member_id == each.member_id for one in rows) for each in rows}


def ask(world, by="hanako"):
    browser = world.browser(by)
    browser.get(f"/meetings/{world.meeting}/pledges" if by == "hanako" else "/")
    return browser.post(f"/meetings/{world.meeting}/pledges/asking")


def test_those_whose_pledge_is_missing_are_asked_and_nobody_twice_on_one_day(invited):
    assert ask(invited).status_code == 303
    assert asked(invited) == {"佐藤 次郎": 1, "田中 三郎": 1}
    assert ask(invited).status_code == 303
    assert asked(invited) == {"佐藤 次郎": 1, "田中 三郎": 1}
    with invited.app.app_context(), unit():  # a day later they may be asked again
        for each in session.query(Notice).filter_by(kind=NoticeKind.PLEDGE):
            each.key = each.key.replace(TODAY.isoformat(), (TODAY - timedelta(days=1)).isoformat())
    ask(invited)
    assert asked(invited) == {"佐藤 次郎": 2, "田中 三郎": 2}


def test_whoever_was_asked_for_one_meeting_is_not_asked_for_another_on_the_same_day(invited):
    ask(invited)
    invited.another_meeting()
    with invited.app.app_context(), unit():
        for seat in session.get(Meeting, invited.meeting).seats:
            seat.invited_at = seat.hearing.meeting.starts_at
    ask(invited)
    assert asked(invited) == {"佐藤 次郎": 1, "田中 三郎": 1}


def test_who_is_not_invited_is_not_asked_and_nobody_else_can_ask(world):
    ask(world)
    assert ask(world, "jiro").status_code == 404
    assert asked(world) == {}


def test_who_can_be_reached_neither_in_the_app_nor_by_mail_is_named_and_not_noted_as_asked(invited):
    with invited.app.app_context(), unit():
        invited.member(invited.saburo).user_id = None
    ask(invited)
    assert asked(invited) == {"佐藤 次郎": 1}
    assert "車座でもメールでも届きません" in invited.browser("hanako").get(f"/meetings/{invited.meeting}/pledges").text


def test_the_request_says_nothing_of_a_case_and_goes_when_the_pledge_is_given(invited):
    ask(invited)
    jiro = invited.browser("jiro")
    page = jiro.get("/notices").text
    assert "誓約をお願いします" in page and "Aさん" not in page
    jiro.get(f"/meetings/{invited.meeting}/pledge")
    jiro.post(f"/meetings/{invited.meeting}/pledge", term="year", accepted="y")
    with invited.app.app_context(), unit(read_only=True):
        left = [each.member.name for each in session.query(Notice).filter_by(kind=NoticeKind.PLEDGE) if each.unseen]
    assert left == ["田中 三郎"]


def test_nobody_is_asked_once_the_meeting_is_over(invited):
    invited.open_meeting()
    invited.close_meeting()
    assert ask(invited).status_code == 409
    assert asked(invited) == {}
