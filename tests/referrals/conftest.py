"""In the small world, 次郎 of the health centre puts J's household forward; 花子 and 別の担当 answer for the office."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from core.database import session, unit
from core.outbox import Letter
from referrals.models import Referral

SHEET = {
    "label": "Jさん世帯", "household_type": "hoarding", "worry": "通り道がふさがっている", "own_words": "決められないんです", "done": "二回訪ねた",
    "ask": "どこから始めるか", "criteria": ["1", "3"], "agreement": "given", "agreement_reason": "", "urgency": "normal",
    "needs-0-domain": "CHD", "needs-0-text": "赤ちゃんの寝る場所", "people-0-label": "Jさん", "people-0-relation": "母", "people-0-age": "34"}


class Desk:
    """What the tests of this room ask the world, and do in it."""

    def __init__(self, world):
        self.world = world

    def signed_in(self, login):
        """Somebody's browser, standing on a page of theirs."""
        browser = self.world.browser(login)
        browser.get("/ground-rules")
        return browser

    def put_forward(self, login="jiro", **fields) -> int:
        """Somebody sends the sheet; the id of the referral."""
        browser = self.world.browser(login)
        browser.get("/referrals/new")
        answer = browser.post("/referrals", SHEET | fields)
        assert answer.status_code == 303, answer.text
        return int(answer.location.rsplit("/", 1)[1])

    def answer(self, id, login, answer, words="", case="0", browser=None):
        """A coordinator reads the page and answers."""
        browser = browser or self.world.browser(login)
        page = browser.get(f"/referrals/{id}").text
        return browser.post(f"/referrals/{id}/answers", filled(page) | dict(answer=answer, words=words, case=case))

    @contextmanager
    def kept(self, id):
        """The referral as the database has it; changes are kept."""
        with self.world.app.app_context(), unit():
            yield session.get(Referral, id)

    def days_ago(self, id, days):
        """It came in that many days earlier."""
        with self.kept(id) as referral:
            referral.sent_at -= timedelta(days=days)
            referral.office_turn_since -= timedelta(days=days)

    def letters(self):
        """(to whom, subject, body) of every letter in the outbox, oldest first."""
        with self.world.app.app_context(), unit(read_only=True):
            return [(each.recipient, each.subject, each.body) for each in session.scalars(sa.select(Letter).order_by(Letter.id))]


def filled(page) -> dict:
    """What the answer form of a page carries hidden."""
    form = page[page.index('id="answers"'):]
    return {name: re.search(rf'name="{name}" value="([^"]*)"', form)[1] for name in ("version", "seal")}


@pytest.fixture
def desk(world):
    return Desk(world)
