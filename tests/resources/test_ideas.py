"""Resource time: a sentence first, then what lies near, the first step, the forum and who."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, AgencyKind
from core.database import session, unit
from meetings import minutes
from meetings.models import Meeting
from meetings.table import Hearing
from resources.models import IdeaState, ResourceIdea
from resources.prompts import Thought, all_public

SENTENCE = dict(key="i1", wished="夜7時までの居場所", enables="週に一度、部活に行ける", need="夕方に一人でいる")


@pytest.mark.parametrize("thoughts, asked", [
    ([], False),
    ([("学童の延長", False)], True),
    ([("学童の延長", False), ("近所の民家サロン", False)], False),
    ([("夜の見守り", True)], False),
])
def test_the_community_is_asked_for_once_all_ideas_are_services(thoughts, asked):
    assert all_public(Thought(*each) for each in thoughts) == asked


@pytest.fixture
def hanako(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    hanako.get("/ground-rules")
    return hanako


def test_the_sentence_stands_on_the_table_and_the_question_after_it(world, hanako):
    assert hanako.post(f"/hearings/{world.hearing}/ideas", SENTENCE).status_code == 303
    page = hanako.get(f"/meetings/{world.meeting}/room?view=record").text

    assert "夜7時までの居場所" in page and "週に一度、部活に行ける" in page
    assert "地域の人・場で思い当たるもの" in page


def test_the_same_idea_sent_again_is_there_once_and_other_words_under_its_key_are_another(world, hanako):
    for wished in ("夜7時までの居場所", "夜7時までの居場所", "夜8時までの居場所"):
        assert hanako.post(f"/hearings/{world.hearing}/ideas", SENTENCE | dict(wished=wished)).status_code == 303
    with world.app.test_request_context():
        assert list(session.scalars(sa.select(ResourceIdea.wished).order_by(ResourceIdea.id))) == ["夜7時までの居場所", "夜8時までの居場所"]


def test_a_person_in_charge_brings_their_agency_and_stands_in_the_minutes(world, hanako):
    with world.app.test_request_context():
        jiro = world.member(world.jiro)
        hanako.post(f"/hearings/{world.hearing}/ideas", SENTENCE, owner_id="0", owner_member_id=str(jiro.id), due_on="2099-03-01")
    with world.app.test_request_context():
        idea = session.scalars(sa.select(ResourceIdea)).unique().one()
        paper = minutes.lay_out(session.get(Meeting, world.meeting)).hearings[0].ideas[0]

        assert (idea.owner.name, paper.owner) == ("保健センター", "保健センター 佐藤 次郎")


def test_who_lost_their_seat_stays_in_charge_until_somebody_chooses_otherwise(world, hanako):
    with world.app.test_request_context(), unit():
        hearing, jiro = session.get(Hearing, world.hearing), world.member(world.jiro)
        made = ResourceIdea.suggest(hearing, session.get(User, world.hanako), "o", need="a", wished="b", enables="c", owner_id=jiro.agency_id, owner_member_id=jiro.id)
        hearing.unseat(next(each for each in hearing.seats if each.member_id == jiro.id))
        session.flush()
        idea, number = made.id, jiro.id
    assert f'selected value="{number}"' in hanako.get(f"/ideas/{idea}/edit").text
    hanako.post(f"/ideas/{idea}", SENTENCE | dict(owner_id="0", owner_member_id=str(number)))
    with world.app.test_request_context():
        assert session.get(ResourceIdea, idea).owner_member_id == number


def test_what_lies_near_is_suggested_and_other_peoples_cases_are_not(world, hanako):
    with world.app.test_request_context(), unit():
        session.add(Agency(name="民家サロン", kind=AgencyKind.INFORMAL))
        meeting = world._meeting(session.get(Meeting, world.meeting).hearings[0].case)
        session.add(ResourceIdea(hearing_id=meeting.hearings[0].id, key="k", need="課題", wished="修理の輪", enables="出番", state=IdeaState.TRIAL,
                                 written_by_id=world.hanako))
    names = lambda who: re.findall(r'<option value="([^"]+)"></option>', who.get(f"/meetings/{world.meeting}/room?view=record").text)  # noqa: E731

    assert {"民家サロン", "修理の輪", "自立支援協議会"} <= set(names(hanako))
    assert "修理の輪" not in names(world.browser("jiro"))  # he has not acknowledged the rules of that meeting


def test_the_room_is_come_back_to_in_the_view_one_came_from(world, hanako):
    hanako.post(f"/hearings/{world.hearing}/ideas", SENTENCE)
    page = hanako.get(f"/meetings/{world.meeting}/room?view=record").text
    edit = re.search(r'href="(/ideas/\d+/edit[^"]*)"', page)[1]

    assert 'view=record' in edit
    assert f'/meetings/{world.meeting}/room?view=record' in hanako.get(edit).text
