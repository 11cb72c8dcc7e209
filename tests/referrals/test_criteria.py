"""The office's examples of when to refer are its own."""

from __future__ import annotations

import re

import pytest

from core.database import session, unit
from core.office import office
from referrals.criteria import Criterion
from tests.referrals.conftest import SHEET

THREE = {
    "rows-0-id": "1", "rows-0-place": "2", "rows-0-ja": "一つの分野では難しい", "rows-0-active": "y",
    "rows-1-id": "2", "rows-1-place": "3", "rows-1-ja": "役割がはっきりしない",
    "rows-2-id": "3", "rows-2-place": "4", "rows-2-ja": "見当がつかない", "rows-2-active": "y",
    "rows-3-id": "", "rows-3-place": "1", "rows-3-ja": "子どもの声が聞こえない", "rows-3-active": "y"}


def offered(world):
    page = world.browser("jiro").get("/referrals/new").text
    return re.findall(r'name="criteria"[^>]*> ([^<]+)</label>', page)


def test_an_office_begins_with_the_three_most_municipalities_name(world):
    assert len(offered(world)) == 3
    assert "見当がつかない" in offered(world)[2]


@pytest.mark.parametrize("login", ["hanako", "kanri"])
def test_coordinators_and_administrators_put_them_in_order_and_out_of_use(world, login):
    browser = world.browser(login)
    browser.get("/referrals/criteria")
    saved = browser.post("/referrals/criteria", THREE)

    assert saved.status_code == 303
    assert offered(world) == ["子どもの声が聞こえない", "一つの分野では難しい", "見当がつかない"]


def test_a_sheet_keeps_the_words_it_was_sent_with(desk, world):
    id = desk.put_forward(criteria=["1", "2"])
    desk.signed_in("hanako").post("/referrals/criteria", THREE)
    with desk.kept(id) as referral:
        assert [each.ja for each in referral.ticks] == ["一つの分野の機関だけでは、対応が難しい", "いくつかの分野の支援が要るが、役割分担がはっきりしない"]


def test_what_is_out_of_use_by_now_stays_on_a_sheet_sent_again(desk, world):
    id = desk.put_forward(criteria=["2"])
    desk.answer(id, "hanako", "return", "書き足してください")
    desk.signed_in("hanako").post("/referrals/criteria", THREE)
    sent = desk.signed_in("jiro").post(f"/referrals/{id}", SHEET | {"criteria": ["2"]})
    with desk.kept(id) as referral:
        assert [each.criterion_id for each in referral.ticks] == [2]

    assert sent.status_code == 303


def test_they_are_examples_unless_the_office_makes_them_a_condition(desk, world):
    jiro = desk.signed_in("jiro")
    jiro.get("/referrals/new")
    without = SHEET | {"criteria": []}
    as_examples = jiro.post("/referrals", without)
    desk.signed_in("hanako").post("/referrals/criteria", THREE | {"criterion_needed": "y"})
    as_condition = jiro.post("/referrals", without)

    assert as_examples.status_code == 303
    assert as_condition.status_code == 422
    assert jiro.post("/referrals", SHEET).status_code == 303


def test_an_office_without_examples_asks_for_none(desk, world):
    with world.app.app_context(), unit():
        office().criterion_needed = True
        for each in Criterion.listed():
            each.active = False
    jiro = desk.signed_in("jiro")
    jiro.get("/referrals/new")
    assert jiro.post("/referrals", SHEET | {"criteria": []}).status_code == 303


def test_planting_twice_changes_nothing(world):
    with world.app.app_context(), unit():
        session.get(Criterion, 1).ja = "自分たちの言葉"
        Criterion.plant()
    with world.app.app_context(), unit(read_only=True):
        assert [each.ja for each in Criterion.listed()][0] == "自分たちの言葉"
        assert len(Criterion.listed()) == 3
