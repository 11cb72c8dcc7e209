"""Somebody takes part on a phone: writes to the round and answers their role, while the facilitator goes on."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright", reason="Playwright is not installed: pip install playwright")

from accounts.models import User
from actions.models import ActionItem
from core.database import session, unit
from meetings.table import Hearing
from room.rounds import Round
from tests.browser.conftest import PHONE, ja

DATABASES = ["sqlite"]  # what is tried here happens in the browser


def test_a_word_and_a_role_from_a_phone_while_the_round_is_revealed(world, server, people):
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, hanako = session.get(Hearing, world.hearing), session.get(User, world.hanako)
        asked = Round.begin(hearing, hanako, "k", "いま気がかりなことは")
        ActionItem.assign(hearing, hanako, "a", "最初の訪問", member=world.member(world.saburo))
        session.flush()
        reveal = f"/rounds/{asked.id}/reveal"
    phone = people(server, size=PHONE).come_in(world, "saburo").enter(world.meeting, "?view=seat")

    phone.page.fill("#text-round", "眠れているか")
    phone.page.wait_for_function("() => Object.keys(localStorage).some(name => name.startsWith('kurumaza-'))")
    phone.page.reload()
    phone.settle_in()
    assert phone.page.input_value("#text-round") == "眠れているか"  # a phone that fell asleep has it still
    phone.press("Hand it in")
    phone.sees(ja("Only you can read it until all are revealed at once."), within=".round-mine")

    phone.page.locator(".answer", has_text=ja("On a condition")).click()
    phone.page.fill(".mine-word textarea", "二人でなら")
    desk = world.browser("hanako")
    desk.get("/ground-rules")
    assert desk.post(reveal).status_code == 303
    phone.sees("眠れているか", within=".round-words")
    assert phone.page.input_value(".mine-word textarea") == "二人でなら"  # the news left it alone
    phone.press("Send my answer")
    phone.sees(ja("On a condition"), within=".seat-roles")

    phone.page.locator(".seat-signal button").first.click()
    phone.sees(ja("It has reached the facilitator. No name is kept."), within=".seat-signal")
