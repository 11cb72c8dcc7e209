"""The outbox as the administrator sees it: what failed, why, and what to do; and what whoever runs a meeting is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core import outbox, standing
from core.database import session, unit, utcnow
from core.languages import catalogue
from core.letters import LEASE, Letter
from core.reasons import Reason
from notices.kinds import NoticeKind
from notices.models import tell

DATABASES = ["sqlite"]


def ja(message, **values):
    return catalogue("ja").gettext(message) % values if values else catalogue("ja").gettext(message)


def posted(world, recipient="jiro@example.jp", ends=None, said="", **more) -> int:
    with world.app.app_context(), unit():
        letter = outbox.post(f"meeting/{world.meeting}", recipient, "開催のご案内", "302会議室です。", **more)
        if ends:
            letter.end(ends, said)
        session.flush()
        return letter.id


def state(world, id) -> str:
    with world.app.app_context(), unit(read_only=True):
        return session.get(Letter, id).state


@pytest.fixture
def kanri(world):
    world.app.config["KURUMAZA"] = replace(world.app.config["KURUMAZA"], smtp_host="mail.example", mail_from="kurumaza@city.example")
    return world.browser("kanri")


def test_a_failure_is_told_in_words_that_somebody_can_act_on_and_sent_again_with_one_press(world, kanri):
    failed = posted(world, ends=Reason.FULL, said="552 5.2.2 mailbox full")
    page = kanri.get("/settings/outbox?state=failed").text
    assert f"/settings/outbox/{failed}/retry" in page
    assert ja("The other side's mailbox is full.") in page and "552" not in page
    assert "552 5.2.2 mailbox full" in kanri.get(f"/settings/outbox/{failed}").text

    kanri.post(f"/settings/outbox/{failed}/retry")
    assert state(world, failed) == "waiting"


def test_all_that_failed_goes_again_but_not_what_was_not_to_be_sent(world, kanri):
    again = [posted(world, ends=Reason.FULL), posted(world, ends=Reason.OLD)]
    not_again = [posted(world, ends=Reason.OFF), posted(world, ends=Reason.WITHDRAWN), posted(world, ends=Reason.FULL, secret=True), posted(world, "nobody")]
    kanri.get("/settings/outbox")
    kanri.post("/settings/outbox/retry")
    assert [state(world, id) for id in again] == ["waiting"] * 2
    assert [state(world, id) for id in not_again] == ["unsent", "unsent", "failed", "failed"]


def test_a_waiting_letter_is_withdrawn_unless_it_is_on_its_way(world, kanri):
    waits, goes = posted(world), posted(world)
    with world.app.app_context(), unit():
        session.get(Letter, goes).taken_until = utcnow() + LEASE - timedelta(seconds=9)
    kanri.get("/settings/outbox")
    kanri.post(f"/settings/outbox/{waits}/withdraw")
    assert kanri.post(f"/settings/outbox/{goes}/withdraw").status_code == 409
    assert (state(world, waits), state(world, goes)) == ("unsent", "waiting")


def test_the_words_of_a_secret_letter_are_shown_to_nobody(world, kanri):
    plain, secret = posted(world), posted(world, secret=True)
    assert "302会議室です。" in kanri.get(f"/settings/outbox/{plain}").text
    assert "302会議室です。" not in kanri.get(f"/settings/outbox/{secret}").text
    with world.app.app_context(), unit():
        session.get(Letter, secret).end(Reason.UNKNOWN)
    assert ja("Give the person a new link from the page of the meeting.") in kanri.get(f"/settings/outbox/{secret}").text
    assert kanri.post(f"/settings/outbox/{secret}/retry").status_code == 409


def test_the_page_says_how_the_mail_stands(world, kanri):
    on = world.app.config["KURUMAZA"]
    world.app.config["KURUMAZA"] = replace(on, smtp_host="")
    failed = posted(world, ends=Reason.FULL)
    page = kanri.get("/settings/outbox").text
    assert ja("Mail is switched off") in page and ja("Nobody delivers") in page
    assert f"/settings/outbox/{failed}/retry" not in page

    world.app.config["KURUMAZA"] = replace(on, mail_from="")
    with world.app.app_context():
        standing.seen("worker@here")
    page = kanri.get("/settings/outbox").text
    assert ja("The sender's address (KURUMAZA_MAIL_FROM) is not set.") in page and ja("At work") in page
    assert ja("No mail goes out at present") in kanri.get("/settings").text

    world.app.config["KURUMAZA"] = on
    with world.app.app_context():
        standing.troubled(Reason.SILENT, "")
    assert kanri.get("/settings/outbox").text.count(ja("The mail server does not answer.")) == 1
    kanri.post("/settings/outbox/wake")
    with world.app.app_context(), unit(read_only=True):
        assert not standing.MailTrouble.now().resting


def test_whoever_runs_a_meeting_sees_whom_its_letters_did_not_reach_and_sends_them_again(world):
    failed = posted(world, "gone@example.jp", ends=Reason.UNKNOWN)
    hanako = world.browser("hanako")
    page = hanako.get(f"/meetings/{world.meeting}").text
    assert "gone@example.jp" in page and ja("The other side's server knows no such mail address.") in page
    assert "gone@example.jp" not in world.browser("jiro").get(f"/meetings/{world.meeting}").text

    hanako.post(f"/meetings/{world.meeting}/letters/{failed}/retry")
    assert state(world, failed) == "waiting"
    assert "gone@example.jp" not in hanako.get(f"/meetings/{world.meeting}").text


def test_an_empty_outbox_says_of_notices_that_they_wait_to_be_mailed(world, kanri):
    with world.app.app_context(), unit():
        tell(world.member(world.jiro), NoticeKind.CONFIRM, "k", "みなも市支援会議", "/actions")
    page = kanri.get("/settings/outbox").text
    assert ja("No letter has gone out yet.") in page and ja("There is no letter here.") not in page
