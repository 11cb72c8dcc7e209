"""Every door, tried by everybody, with their own, somebody else's and a missing record."""

from __future__ import annotations

from collections import Counter
import re

from flask import Blueprint, Flask
import pytest

from core import access
from exports import pdf
from tests.doors import (
    ANSWERED,
    DOORS,
    MISSING,
    NO_ONE,
    PART,
    address,
    answered,
    every_rule,
    fits,
    knock,
    text_of,
    things_for,
    visit,
    visited,
    who_may,
    words,
)
from tests.strictness import private, strict, without_inline_code
from tests.wide import NOBODY, PEOPLE, REFERRED, SECRET, contents

DATABASES = ["sqlite"]  # ten thousand visits; the line and the forms are walked on both


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """A PDF holds what its Word file holds: that is looked into, without a start of LibreOffice for each visit."""
    monkeypatch.setattr(pdf, "convert", lambda docx: docx)


def test_the_table_knows_every_door_and_no_other(wide):
    assert set(wide.app.view_functions) - {"static"} == set(DOORS)


@pytest.mark.databases("sqlite", "postgresql")  # every page is asked for here, so what only PostgreSQL refuses is found
def test_a_page_that_is_only_read_writes_nothing(wide, database_kind):
    doors, before = every_rule(wide, "GET"), contents(wide.app)
    for rule in doors:
        read_by_all(wide, rule, most=None if database_kind == "sqlite" else 1)
    assert contents(wide.app) == before, list(writers(wide, doors))


def writers(wide, doors):
    """The doors that write something when they are read: looked for only when something was written."""
    for rule in doors:
        before = contents(wide.app)
        read_by_all(wide, rule)
        if contents(wide.app) != before:
            yield rule.endpoint


def read_by_all(wide, rule, most=None):
    for thing in things_for(rule):
        for person in sorted(DOORS[rule.endpoint][thing])[:most]:
            ANSWERED[visited(wide, person, rule, wide.things[thing])] = visit(wide, person, rule, wide.things[thing])


def test_the_doors_open_to_those_the_table_names_and_to_nobody_else(wide, monkeypatch):
    wrong = []
    for rule in every_rule(wide):
        for thing in things_for(rule):
            for person in PEOPLE:
                refused = person != NOBODY and person not in DOORS[rule.endpoint][thing]
                answer = knock(wide, person, rule, wide.things[thing], monkeypatch, headers=PART if refused else None)
                if not fits(answer, rule, person, DOORS[rule.endpoint][thing]):
                    wrong.append((rule.endpoint, thing, PEOPLE[person], answer.status_code))
    assert wrong == []


def test_every_answer_is_strict_and_plain(wide):
    seen = Counter()
    for rule in every_rule(wide, "GET"):
        for thing in things_for(rule):
            for person in PEOPLE:
                answer = answered(wide, person, rule, thing)
                strict(answer, answer.path)
                if answer.mimetype == "text/html":
                    without_inline_code(answer.text, rule)
                    seen[person] += answer.status_code == 200
                assert private(answer) or rule.endpoint == "home.health", rule
    assert {person for person in PEOPLE if seen[person] > 5} == set(PEOPLE) - {NOBODY}


def test_a_foreign_and_a_missing_thing_answer_alike(wide, monkeypatch):
    unlike = []
    for rule in every_rule(wide):
        numbered = any(str(wide.things["A"][name]).isdecimal() for name in rule.arguments)  # else it names no record
        for person in ("stranger", "shiro", "hanako", "kanri") if numbered else ():
            nowhere = {name: MISSING if str(wide.things["A"][name]).isdecimal() else wide.things["A"][name] for name in rule.arguments}
            whole = None if person == "hanako" else PART
            missing = knock(wide, person, rule, nowhere, monkeypatch, whole)
            foreign = [knock(wide, person, rule, wide.things[thing], monkeypatch, whole) for thing in things_for(rule)
                       if person not in DOORS[rule.endpoint][thing]]
            if not {words(each) for each in foreign} <= {words(missing)} or missing.status_code != 404:
                unlike.append((rule.endpoint, person))
    assert unlike == []


def test_a_form_without_its_token_changes_nothing(wide):
    before, taken = contents(wide.app), []
    for rule in every_rule(wide, "POST"):
        for client, _token, thing in who_may(wide, rule):
            answers = [client.post(address(wide, rule, thing), data=data) for data in ({}, {"csrf_token": "forged"})]
            if [each.status_code for each in answers] != [400, 400]:
                taken.append((rule.endpoint, answers))
    assert taken == []
    assert contents(wide.app) == before


def test_a_form_from_another_site_changes_nothing(wide):
    before, taken = contents(wide.app), []
    for rule in every_rule(wide, "POST"):
        for client, token, thing in who_may(wide, rule):
            for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
                answer = client.post(address(wide, rule, thing), data={"csrf_token": token}, headers=header)
                if answer.status_code != 403:
                    taken.append((rule.endpoint, header, answer.status_code))
    assert taken == []
    assert contents(wide.app) == before


def test_what_somebody_sends_after_signing_out_changes_nothing(wide):
    before = contents(wide.app)
    for rule in every_rule(wide, "POST"):
        if NOBODY not in DOORS[rule.endpoint]["A"]:
            client, token = wide.visitor(NOBODY)
            answer = client.post(address(wide, rule, wide.things["A"]), data={"csrf_token": token})
            assert answer.status_code == (404 if DOORS[rule.endpoint] is NO_ONE else 401), rule
    assert contents(wide.app) == before


def test_the_administrator_reads_no_case_anywhere(wide):
    pages = Counter()
    for rule in every_rule(wide, "GET"):
        for thing in wide.things:
            answer = answered(wide, "kanri", rule, thing)
            pages[answer.status_code] += 1
            assert SECRET not in text_of(answer), rule
            assert REFERRED not in text_of(answer), rule
            assert "Aさん" not in text_of(answer), rule
    assert pages[200] > 10


def test_only_those_at_a_table_ever_see_its_words(wide):
    for person in ("saburo", "stranger", "other", "shiro", NOBODY):
        for rule in every_rule(wide, "GET"):
            for thing in ("A", "F"):
                text = text_of(answered(wide, person, rule, thing))
                assert not re.search(f"(?<!Zの){SECRET}", text), (person, rule)


def test_the_clerk_reads_final_minutes_and_nothing_else_of_a_case(wide):
    seen = {rule.endpoint for rule in every_rule(wide, "GET")
            for thing in wide.things if SECRET in text_of(answered(wide, "fumiko", rule, thing))}
    assert seen - {"withholding.one"} == {"minutes.show", "minutes.docx", "minutes.txt", "minutes.md", "minutes.as_a_pdf", "minutes.version_docx", "own_forms.fill",
                    "copies.docx", "copies.index", "copies.new", "copies.show", "withholding.rest", "withholding.show"}  # copies of final minutes, and what of them is withheld (`one` shows whichever line is undecided)


def test_a_part_of_another_case_is_missing_under_ones_own(wide):
    mine, theirs = wide.things["A"], wide.things["Z"]
    client, token = wide.visitor("hanako")
    before = contents(wide.app)
    consent = client.get(f"/cases/{mine['case_id']}/people/{theirs['person_id']}/consent")
    stepped = client.post(f"/meetings/{mine['meeting_id']}/agenda/{theirs['item_id']}", data={"csrf_token": token})
    client.post(f"/meetings/{mine['meeting_id']}/letters/{theirs['letter_id']}/retry", data={"csrf_token": token})

    assert consent.status_code == 404
    assert stepped.status_code == 404
    assert {**contents(wide.app), "submission": None} == {**before, "submission": None}


def test_a_seat_taken_away_closes_the_case_again(world):
    from core.database import session, unit
    from meetings.models import Meeting

    world.acknowledge()
    jiro = world.browser("jiro")
    before = jiro.get(f"/cases/{world.case}").status_code
    with world.app.app_context(), unit():
        hearing = session.get(Meeting, world.meeting).hearings[0]
        hearing.unseat(next(seat for seat in hearing.seats if seat.member.user_id == world.jiro))

    assert before == 200
    assert jiro.get(f"/cases/{world.case}").status_code == 404
    assert jiro.get(f"/meetings/{world.meeting}").status_code == 404


def test_a_door_without_a_rule_keeps_the_house_from_opening():
    app, planted = Flask("planted"), Blueprint("planted", __name__)
    planted.get("/planted")(lambda: "everything about everybody")
    app.register_blueprint(planted)

    with pytest.raises(RuntimeError, match="no access rule"):
        access.guard(app)


def test_a_door_to_records_nobody_answers_for_keeps_the_house_from_opening():
    app, planted = Flask("planted"), Blueprint("planted", __name__)
    planted.get("/planted/<int:id>")(access.signed_in(record="treasure")(lambda id: "gold"))
    app.register_blueprint(planted)

    with pytest.raises(RuntimeError, match="treasure"):
        access.guard(app)
