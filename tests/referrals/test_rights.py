"""Who sees a referral, and who learns nothing at all."""

from __future__ import annotations

import pytest

from accounts.models import User
from agencies.models import Member
from core.database import session, unit


def seen_by(world, id):
    return {login for login in ("hanako", "other", "jiro", "nurse", "saburo", "fumiko", "kanri")
            if world.browser(login).get(f"/referrals/{id}").status_code == 200}


@pytest.fixture
def nurse(world):
    """A colleague of 次郎 in the health centre."""
    with world.app.app_context(), unit():
        account = world._account("nurse", "同僚", [])
        session.add(Member(agency_id=world.member(world.jiro).agency_id, name="同僚", user_id=account))
        return account


def test_before_an_answer_the_referrer_and_all_coordinators_see_it(desk, world, nurse):
    assert seen_by(world, desk.put_forward()) == {"jiro", "hanako", "other"}


def test_the_agency_sees_it_when_its_referrer_says_so_and_only_reads(desk, world, nurse):
    id = desk.put_forward(shown_to_agency="y")
    colleague = desk.signed_in("nurse")

    assert seen_by(world, id) == {"jiro", "nurse", "hanako", "other"}
    assert "-つ-0001" in colleague.get("/referrals").text
    assert colleague.post(f"/referrals/{id}/messages", message="x").status_code == 404
    assert colleague.post(f"/referrals/{id}/withdrawal").status_code == 404
    assert colleague.get(f"/referrals/{id}/edit").status_code == 404


@pytest.mark.parametrize("answer", ["advise", "return"])
def test_what_was_advised_or_sent_back_stays_in_all_coordinators_sight(desk, world, nurse, answer):
    id = desk.put_forward()
    desk.answer(id, "hanako", answer, "言葉")
    assert seen_by(world, id) == {"jiro", "hanako", "other"}


def test_what_was_accepted_is_its_teams_and_its_referrers(desk, world, nurse):
    id = desk.put_forward()
    desk.answer(id, "other", "accept")
    with desk.kept(id) as referral:
        case = referral.case_id

    assert seen_by(world, id) == {"jiro", "other"}
    assert world.browser("jiro").get(f"/cases/{case}").status_code == 404
    assert "-つ-0001" not in world.browser("hanako").get("/referrals").text


def test_a_colleague_on_the_team_sees_where_the_case_came_from(desk, world):
    id = desk.put_forward()
    desk.answer(id, "other", "accept")
    with desk.kept(id) as referral:
        referral.case.join_team(session.get(User, world.hanako))
    assert world.browser("hanako").get(f"/referrals/{id}").status_code == 200


def test_whoever_left_the_roster_sees_their_sheets_no_longer(desk, world):
    id = desk.put_forward()
    with world.app.app_context(), unit():
        world.member(world.jiro).active = False
    jiro = desk.signed_in("jiro")

    assert jiro.get(f"/referrals/{id}").status_code == 404
    assert jiro.get("/referrals").status_code == 404
    assert jiro.get("/referrals/new").status_code == 404


@pytest.mark.parametrize("login", ["fumiko", "kanri"])
def test_without_a_place_on_the_roster_nobody_puts_a_household_forward(world, login):
    browser = world.browser(login)
    assert browser.get("/referrals/new").status_code == 404
    assert browser.post("/referrals").status_code == 404
    assert 'href="/referrals"' not in browser.get("/").text


def test_everybody_with_a_place_finds_the_way(world):
    for login in ("jiro", "stranger", "hanako"):
        assert 'href="/referrals"' in world.browser(login).get("/").text
