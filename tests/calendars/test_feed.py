"""A person's own calendar: their meetings and days, with today's rights, at an address that can be taken away."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest

from accounts.models import User
from actions.models import ActionItem
from actions.words import Progress
from core import clock
from core.database import session, unit, utcnow
from home.feed import Feed
from meetings import invitations
from meetings.models import Meeting
from tests.calendars.reading import read

DATABASES = ["sqlite"]  # what the databases are asked is the same on both; invitations and answers are walked on both


@pytest.fixture
def address(world):
    """次郎's address, as the page shows it once."""
    jiro = world.browser("jiro")
    jiro.get("/calendar")
    page = jiro.post("/calendar/address")
    found = re.search(r'>http://localhost(/calendar/[\w-]{32}\.ics)<', page.text)[1]
    assert found not in jiro.get("/calendar").text
    return found


def entries(world, address):
    answer = world.app.test_client().get(address)
    assert answer.status_code == 200
    return read(answer.data).all("VEVENT")


def change(world, act):
    with world.app.test_request_context(), unit():
        act(session.get(Meeting, world.meeting))


def test_it_shows_when_and_where_and_nothing_of_the_case(world, address):
    answer = world.app.test_client().get(address)
    whole = read(answer.data)
    event, = whole.all("VEVENT")

    assert answer.mimetype == "text/calendar"
    assert (whole.one("METHOD"), whole.one("X-PUBLISHED-TTL")) == ("PUBLISH", "PT1H")
    assert whole.lines["REFRESH-INTERVAL"] == [({"VALUE": "DURATION"}, "PT1H")]
    assert event.one("SUMMARY").startswith("みなも市支援会議（R")
    assert event.one("LOCATION") == "302会議室"
    for word in ("Aさん", "R08-0001", "暮らしの見通し", "次郎", "花子"):
        assert word not in answer.text
    assert world.app.test_client().get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_rights_are_asked_anew_at_every_visit(world, address):
    change(world, lambda meeting: meeting.hearings[0].unseat(next(each for each in meeting.seats if each.member.user_id == world.jiro)))
    assert entries(world, address) == []


def test_a_meeting_called_off_stays_for_those_who_were_invited(world, address):
    def off(meeting):
        invitations.send(meeting, meeting.hearings)
        meeting.cancel()
        invitations.let_go(meeting)

    change(world, off)
    assert [each.one("STATUS") for each in entries(world, address)] == ["CANCELLED"]


def test_what_is_long_over_or_far_away_is_left_out(world, address):
    def away(meeting):
        meeting.starts_at, meeting.ends_at = utcnow() + timedelta(days=400), utcnow() + timedelta(days=400, hours=1)

    change(world, away)
    assert entries(world, address) == []


def test_days_of_roles_say_how_many_and_not_which(world, address):
    world.open_meeting()
    day = clock.today() + timedelta(days=9)
    with world.app.app_context(), unit():
        hearing = session.get(Meeting, world.meeting).hearings[0]
        for key in ("a", "b", "c"):
            made = ActionItem.assign(hearing, session.get(User, world.hanako), key, f"秘密の訪問{key}", member=world.member(world.jiro), due_on=day)
        made.state = Progress.CARRIED  # it goes on as a role of a later meeting
    found = [each for each in entries(world, address) if each.lines["DTSTART"][0] == ({"VALUE": "DATE"}, f"{day:%Y%m%d}")]

    assert [each.one("SUMMARY") for each in found] == ["役割の期日（2件）"]
    assert found[0].one("TRANSP") == "TRANSPARENT"
    assert "訪問" not in world.app.test_client().get(address).text


def test_an_address_that_was_renewed_or_stopped_leads_nowhere(world, address):
    jiro = world.browser("jiro")
    jiro.get("/calendar")
    jiro.post("/calendar/address")
    assert world.app.test_client().get(address).status_code == 404

    assert jiro.post("/calendar/end").status_code == 303
    with world.app.app_context(), unit(read_only=True):
        assert session.query(Feed).count() == 0


def test_whoever_has_left_has_no_calendar_and_a_plain_word_says_so(world, address):
    with world.app.app_context(), unit():
        session.get(User, world.jiro).active = False
    answer = world.app.test_client().get(address)

    assert answer.status_code == 410
    assert answer.mimetype == "text/plain"
    assert "終わりました" in answer.text


def test_the_database_does_not_know_the_address(world, address):
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    with world.app.app_context(), unit(read_only=True):
        assert token not in repr([vars(each) for each in session.query(Feed)])
