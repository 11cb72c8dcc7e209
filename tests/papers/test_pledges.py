"""Pledges: who has given their word, for a year or for a case, on the screen or on paper; and who has not."""

from __future__ import annotations

from datetime import timedelta
import re

from accounts.models import User
from core import clock
from core.database import session, unit
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.pledges import Pledge, PledgeMethod, Term, standing

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
