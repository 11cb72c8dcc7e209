"""At the end: were the rules kept? And whoever comes in somebody's place acknowledges them for themselves."""

from __future__ import annotations

import re

import pytest

from core.database import session, unit
from ground_rules.models import AckMethod, Part
from ground_rules.proxies import ProxyAcknowledgement
from meetings import minutes
from meetings.models import Meeting
from meetings.rule_reviews import Kept, RuleReview

DATABASES = ["sqlite"]


@pytest.fixture
def hanako(world):
    browser = world.browser("hanako")
    browser.get(f"/meetings/{world.meeting}/opening")
    return browser


def laid_out(world) -> str:
    with world.app.app_context(), unit(read_only=True):
        return minutes.lay_out(session.get(Meeting, world.meeting)).sealed().to_json()


def test_the_table_says_which_rule_was_hard_to_keep_and_the_minutes_say_it_without_names(world, hanako):
    world.open_meeting()
    hanako.get(f"/meetings/{world.meeting}/rules/review")
    answer = hanako.post(f"/meetings/{world.meeting}/rules/review", {"safety-4": "partly", "procedure-2": "not", "note": "順に尋ねる"})
    assert answer.status_code == 303

    page = hanako.get(f"/meetings/{world.meeting}/rules/review").text
    assert re.search(r'<input checked[^>]*name="safety-4"[^>]*value="partly"', page) and "順に尋ねる" in page
    said = laid_out(world)
    assert "「安心して話す」の4はもう一歩、「進め方」の2は守れなかった" in said
    assert "順に尋ねる" not in said


def test_that_all_were_kept_is_said_at_the_closing_with_one_choice(world, hanako):
    world.open_meeting()
    page = hanako.get(f"/meetings/{world.meeting}/closing").text
    kept = dict(held_from=re.search(r'name="held_from"[^>]*value="([\d:]+)"', page)[1], held_to=re.search(r'name="held_to"[^>]*value="([\d:]+)"', page)[1])
    answer = hanako.post(f"/meetings/{world.meeting}/closing", dict(kept, rules_kept="all", appropriateness="none"))
    assert answer.status_code == 303, answer.text
    assert "17項目全てを守れた" in laid_out(world)
    assert hanako.post(f"/meetings/{world.meeting}/closing", dict(kept, rules_kept="some")).location.endswith(f"/meetings/{world.meeting}/rules/review")


def test_it_is_asked_of_a_meeting_that_is_held_and_by_whoever_runs_it(world, hanako):
    assert hanako.post(f"/meetings/{world.meeting}/rules/review", {"safety-4": "partly"}).status_code == 409
    world.open_meeting()
    assert world.browser("jiro").get(f"/meetings/{world.meeting}/rules/review").status_code == 404
    assert hanako.post(f"/meetings/{world.meeting}/rules/review", {"safety-4": "perhaps"}).status_code == 422


def test_what_was_to_be_tried_is_told_at_the_next_opening_of_the_case(world, hanako):
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        RuleReview.say(meeting, meeting.seats[0].member.user, {(Part.SAFETY, 4): Kept.PARTLY}, "順に尋ねる")
        meeting.starts_at, meeting.ends_at = meeting.starts_at.replace(hour=1), meeting.ends_at.replace(hour=2)
    world.another_meeting()
    assert "順に尋ねる" in hanako.get(f"/meetings/{world.meeting}/opening").text


def opening(world, hanako, **proxy):
    with world.app.app_context(), unit(read_only=True):
        seats = {each.member.user_id: each.id for each in session.get(Meeting, world.meeting).seats}
    here = {f"attendance-{each}": "present" for each in seats.values()}
    fields = {f"{name}-{seats[world.saburo]}": value for name, value in proxy.items()}
    return hanako.post(f"/meetings/{world.meeting}/opening", here | fields)


def test_a_proxy_acknowledges_for_themselves_though_the_person_did(world, hanako):
    world.acknowledge()
    refused = opening(world, hanako, attendance="proxy", proxy="係長")
    assert refused.status_code == 422 and "error-summary" in refused.text

    assert opening(world, hanako, attendance="proxy", proxy="係長", acknowledged="paper").status_code == 303
    with world.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, world.meeting)
        assert [(each.name, each.method) for each in ProxyAcknowledgement.of(meeting).values()] == [("係長", AckMethod.PAPER)]
    assert "代理出席（係長）" in laid_out(world) and "出席者3名中3名が確認" in laid_out(world)


def test_what_a_proxy_heard_opens_nothing_to_the_person_who_stayed_away(world, hanako):
    world.acknowledge(world.hanako, world.jiro)
    assert opening(world, hanako, attendance="proxy", proxy="係長", acknowledged="aloud").status_code == 303

    assert world.browser("saburo").get(f"/meetings/{world.meeting}/room").status_code == 404
    with world.app.app_context(), unit(read_only=True):
        assert world.member(world.saburo).id not in session.get(Meeting, world.meeting).acknowledgements


def test_a_proxy_without_a_name_is_nobody(world, hanako):
    world.acknowledge()
    refused = opening(world, hanako, attendance="proxy", proxy="", acknowledged="aloud")
    assert refused.status_code == 422 and "代理で出席する方の名前を書いてください" in refused.text
