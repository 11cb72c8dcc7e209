"""The office's classes of retention, and the class of each kind of meeting."""

from __future__ import annotations

import re

import pytest

from core.database import session
from core.office import office
from meetings import minutes
from meetings.kinds import Kind
from meetings.models import Meeting
from retention import classes
from retention.terms import Class

DATABASES = ["sqlite"]
KINDS = dict.fromkeys(("juso", "shien", "premeeting", "general"), "5年")


def at_the_page(world):
    browser = world.browser("fumiko")
    assert "保存期間の区分" in browser.get("/settings/retention").text
    return browser


def test_an_office_adds_a_class_and_drops_one_and_may_offer_it_again(world):
    clerk = at_the_page(world)
    assert clerk.post("/settings/retention", name="7年", years="７").status_code == 303
    with world.app.app_context():
        assert [each.name for each in classes.offered()] == ["永年", "30年", "10年", "7年", "5年", "3年", "1年", "1年未満"]
    assert clerk.post("/settings/retention", name="7年", years="7").status_code == 422
    assert clerk.post("/settings/retention", name="8年").status_code == 422
    clerk.post("/settings/retention/removal", name="7年")
    clerk.post("/settings/retention/removal", name="5年")
    with world.app.app_context():
        names = [each.name for each in classes.offered()]
        assert "7年" not in names and "5年" in names  # the standard cannot be dropped
    assert clerk.post("/settings/retention", name="7年", ever="y").status_code == 303
    with world.app.app_context():
        assert Class("7年", None) in classes.offered()


def test_a_kind_of_meeting_gets_its_class_and_its_minutes_say_so(world):
    clerk = at_the_page(world)
    assert clerk.post("/settings/retention/kinds", **KINDS | dict(shien="10年", reason="規程の改正")).status_code == 303
    with world.app.app_context():
        assert {kind: each.name for kind, each in classes.of_kinds().items()} == {Kind.SHIEN: "10年"}  # what did not change is not chosen
    with world.app.app_context():
        kind = session.get(Meeting, world.meeting).kind
        assert minutes.lay_out(session.get(Meeting, world.meeting)).retention == ("10年" if kind == Kind.SHIEN else "5年")
    clerk.post("/settings/retention/kinds", **KINDS | {"shien": "10年", kind.value: "3年", "reason": "規程の改正"})
    with world.app.app_context():
        assert minutes.lay_out(session.get(Meeting, world.meeting)).retention == "3年"


def test_a_second_editor_overwrites_no_choice_of_a_kind_unseen(world):
    clerk, admin = at_the_page(world), world.browser("kanri")
    read = re.search(r'kinds".*?name="version"[^>]*value="(\d+)"', admin.get("/settings/retention").text, re.DOTALL)[1]
    assert clerk.post("/settings/retention/kinds", **KINDS | dict(shien="10年", reason="規程の改正", version=read)).status_code == 303
    answer = admin.post("/settings/retention/kinds", **KINDS | dict(juso="3年", reason="見直し", version=read))
    assert answer.status_code == 409 and "見直し" in answer.text
    with world.app.app_context():
        assert {kind: each.name for kind, each in classes.of_kinds().items()} == {Kind.SHIEN: "10年"}


@pytest.mark.parametrize("written, years", [("5年", 5), ("10年保存", 10), ("永久", None), ("1年未満", 0)])
def test_words_that_are_no_class_never_end_a_record_early(world, written, years):
    with world.app.app_context():
        office().retention = written
        assert classes.usual() == Class(written, years)
