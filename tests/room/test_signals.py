"""Quiet signals: the facilitator hears them, and nothing anywhere says from whom."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
import structlog

from cases.models import Case
from core import database
from core.database import session, unit
from meetings.table import Hearing, Level, SeatRole
from room import signals
from tests.wide import contents

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

SCRIPT = {"X-Part": "1"}


@pytest.fixture
def open_world(world):
    world.open_meeting()
    return world


def signal(world, browser, kind="slower", headers=SCRIPT):
    browser.get("/ground-rules")
    return browser.post(f"/hearings/{world.hearing}/signals", dict(kind=kind), headers=headers)


def room(world, browser, view):
    return browser.get(f"/meetings/{world.meeting}/room?view={view}").text


def raised(text):
    return "signals-raised" in text


def everything(world):
    """Every table of the database with every row, those outside the models too (the search, the audit)."""
    with world.app.app_context():
        names = sa.inspect(database.engine()).get_table_names()
    with world.app.app_context(), unit(read_only=True):
        rows = {name: sorted(map(repr, session.execute(sa.text(f'SELECT * FROM "{name}"')))) for name in names}
    return rows | {f"model {name}": each for name, each in contents(world.app, without=()).items()}


def test_nothing_in_the_whole_database_changes_but_two_numbers(open_world):
    jiro = open_world.browser("jiro")
    room(open_world, jiro, "seat")
    jiro.get("/ground-rules")
    before = everything(open_world)
    with structlog.testing.capture_logs() as logged:
        answer = jiro.post(f"/hearings/{open_world.hearing}/signals", dict(kind="word"), headers=SCRIPT)
    after = everything(open_world)
    changed = {name.removeprefix("model ") for name in after if after[name] != before.get(name)}

    assert answer.status_code == 204 and answer.text == ""
    assert changed == {"signal_count", "live_topic"}
    assert after["signal_count"] == [repr((open_world.hearing, "word", 1, 0))]
    assert logged == []
    assert "Set-Cookie" not in answer.headers


def test_the_table_of_signals_has_no_place_for_a_person_or_a_moment():
    columns = {each.name: each for each in signals.SignalCount.__table__.columns}
    assert set(columns) == {"hearing_id", "kind", "raised", "seen"}
    assert signals.SignalCount.audited is False


def test_who_signals_makes_no_difference_to_what_is_kept(open_world):
    kept = []
    for login in ("jiro", "saburo"):
        before = everything(open_world)
        browser = open_world.browser(login)
        signed_in = everything(open_world)
        signal(open_world, browser)
        after = everything(open_world)
        assert {name for name in after if after[name] != signed_in[name]} - {f"model {name}" for name in after} == {"signal_count", "live_topic"}
        assert before != signed_in  # what a sign-in leaves is the sign-in's
        kept.append(after["signal_count"])
    assert kept == [[repr((open_world.hearing, "slower", count, 0))] for count in (1, 2)]


def test_only_the_facilitator_sees_it(open_world):
    signal(open_world, open_world.browser("jiro"))
    hanako, jiro, saburo = (open_world.browser(each) for each in ("hanako", "jiro", "saburo"))

    assert raised(console(open_world, hanako))
    for browser in (jiro, saburo):
        assert not any(raised(room(open_world, browser, view)) for view in ("seat", "record", "console"))
    assert not raised(room(open_world, hanako, "seat"))
    assert not raised(hanako.get(f"/meetings/{open_world.meeting}/projection").text)


def test_a_colleague_of_the_team_who_sits_as_a_participant_does_not(open_world):
    signal(open_world, open_world.browser("jiro"))
    with open_world.app.app_context(), unit():
        hearing = session.get(Hearing, open_world.hearing)
        from accounts.models import User
        session.get(Case, open_world.case).join_team(session.get(User, open_world.other))
        hearing.seat(open_world.member(open_world.other), Level.REQUIRED, SeatRole.PARTICIPANT)
    other = open_world.browser("other")

    assert not raised(console(open_world, other))
    other.get("/ground-rules")
    assert other.post(f"/hearings/{open_world.hearing}/signals/seen", {"slower": "1"}, headers=SCRIPT).status_code == 404


def test_taken_in_what_was_shown_and_not_what_came_since(open_world):
    jiro, hanako = open_world.browser("jiro"), open_world.browser("hanako")
    signal(open_world, jiro)
    page = console(open_world, hanako)
    signal(open_world, jiro)
    shown = re.search(r'name="slower" value="(\d+)"', page)[1]
    hanako.get("/ground-rules")
    assert hanako.post(f"/hearings/{open_world.hearing}/signals/seen", dict(slower=shown), headers=SCRIPT).status_code == 204

    assert raised(console(open_world, hanako))
    hanako.post(f"/hearings/{open_world.hearing}/signals/seen", dict(slower="2"), headers=SCRIPT)
    assert not raised(console(open_world, hanako))


def test_somebody_asked_in_writing_only_may_signal_and_somebody_who_has_not_acknowledged_may_not(world):
    with world.app.app_context(), unit():
        session.get(Hearing, world.hearing).seat(world.member(world.saburo), Level.INQUIRY, SeatRole.PARTICIPANT)
    world.open_meeting()

    assert signal(world, world.browser("saburo")).status_code == 204
    assert signal(world, world.browser("stranger")).status_code == 404


def test_without_a_script_the_answer_is_the_way_back_and_nothing_more_is_kept(open_world):
    jiro = open_world.browser("jiro")
    jiro.get("/ground-rules")
    before = everything(open_world)
    answer = signal(open_world, jiro, headers=None)
    after = everything(open_world)

    assert (answer.status_code, answer.location) == (303, f"/meetings/{open_world.meeting}/room")
    assert {name for name in after if after[name] != before[name]} <= {"signal_count", "live_topic", "model signal_count", "model live_topic"}


def test_a_closed_meeting_takes_no_signal(open_world):
    open_world.close_meeting()
    assert signal(open_world, open_world.browser("jiro")).status_code == 409


def test_pestering_is_refused_kindly_and_leaves_no_trace(open_world, monkeypatch):
    monkeypatch.setattr(signals, "brake", signals.Brake())
    jiro, saburo = open_world.browser("jiro"), open_world.browser("saburo")
    assert [signal(open_world, jiro, kind).status_code for kind in ("slower", "slower", "breathe")] == [204, 409, 204]
    assert signal(open_world, saburo).status_code == 204
    assert signal(open_world, jiro, headers=None).status_code == 303  # without a script: told on the page it comes back to

    assert everything(open_world)["signal_count"] == sorted(repr((open_world.hearing, *row)) for row in (("breathe", 1, 0), ("slower", 2, 0)))


def test_the_brake_forgets():
    moment = [0.0]
    brake = signals.Brake(60, lambda: moment[0])
    first, again = brake.ask("somebody", 1), brake.ask("somebody", 1)
    moment[0] = 61

    assert (first, again, brake.ask("somebody", 1), brake.ask("b", 1)) == (True, False, True, True)
    assert "somebody" not in repr(brake.__dict__["_until"])


def test_with_few_people_the_page_says_that_it_may_be_guessed(open_world):
    from core.languages import catalogue

    few = catalogue("ja").gettext("With so few people, they may guess who it was.")
    assert few in room(open_world, open_world.browser("jiro"), "seat")
    with open_world.app.app_context(), unit():
        from meetings.table import Attendance

        for user_id in (open_world.stranger, open_world.other):
            session.get(Hearing, open_world.hearing).seat(open_world.member(user_id), Level.DESIRED, SeatRole.PARTICIPANT).attendance = Attendance.PRESENT
    assert few not in room(open_world, open_world.browser("jiro"), "seat")


def console(world, browser):
    """The facilitator's part of the page, wherever the console puts it."""
    from flask import render_template

    from meetings.models import Meeting
    from room.pages import words_of

    with world.app.test_request_context(headers={"Cookie": f"kurumaza={browser.client.get_cookie('kurumaza').value}"}):
        world.app.preprocess_request()
        return render_template("room/_signals.html", **words_of(session.get(Meeting, world.meeting)))
