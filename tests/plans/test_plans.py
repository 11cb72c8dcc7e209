"""A plan: the team's draft, versions that never change, and what a meeting finds of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import User
from cases.models import Case
from core import clock
from core.database import session, unit
from core.web import Refused
from meetings.models import Meeting
from plans import evaluation, models, verdicts
from plans.content import Content, Goal, Support
from plans.models import Plan
from plans.verdicts import Conclusion, Result, Verdict

TODAY = clock.today()
CONTENT = Content(
    aim="三人で暮らしたい", family_idea="夜に話せる人がほしい", informal="隣のCさん", emergency="119", programmes=("participation",),
    goals=(Goal("週に2回、夕食を休める", "家事の負担", (Support("障害福祉課", "家事援助", "週2回", "2026-12-01", "献立を決める"),)), Goal("朝、居られる場所がある")),
    period_from=TODAY.isoformat(), period_to=(TODAY + timedelta(days=180)).isoformat(), monitoring_on=(TODAY + timedelta(days=30)).isoformat())


@pytest.fixture
def case(world):
    """The case of the small world, within a unit of work; 花子 runs it, and its meeting is planned."""
    with world.app.app_context(), unit():
        found = session.get(Case, world.case)
        found.hanako, found.hearing = session.get(User, world.hanako), session.get(Meeting, world.meeting).hearings[0]
        yield found


@pytest.fixture
def plan(case):
    return Plan.begin(case, case.hanako, CONTENT)


def test_what_a_plan_says_is_kept_word_for_word():
    assert Content.from_json(CONTENT.to_json()) == CONTENT
    assert replace(CONTENT, informal="なし").hash != CONTENT.hash


def test_putting_a_draft_to_a_meeting_freezes_it(case, plan):
    version = plan.put_to(case.hearing, case.hanako)
    plan.rewrite(replace(CONTENT, aim="別の願い"))

    assert (version.number, version.words) == (1, CONTENT)
    assert models.before(case.hearing) is version


def test_a_change_after_it_makes_the_next_version(case, plan):
    plan.put_to(case.hearing, case.hanako)
    plan.rewrite(replace(CONTENT, emergency="預け先を決めた"))
    assert plan.changed
    second = plan.freeze(case.hanako, change="緊急時の預け先を追記")

    assert (second.number, second.change, plan.changed) == (2, "緊急時の預け先を追記", False)
    assert [each.words.emergency for each in plan.versions] == ["119", "預け先を決めた"]


def test_an_unchanged_draft_is_put_to_another_meeting_as_the_same_version(case, plan):
    assert plan.put_to(case.hearing, case.hanako) is plan.put_to(case.hearing, case.hanako)
    assert len(plan.versions) == 1
    assert len(plan.newest.tablings) == 1


def test_a_plan_is_not_put_to_a_meeting_that_was_called_off(case, plan):
    case.hearing.meeting.cancel()
    with pytest.raises(Refused):
        plan.put_to(case.hearing, case.hanako)
    assert plan.versions == []


def test_a_verdict_belongs_to_a_version_and_a_meeting(case, plan):
    version = plan.put_to(case.hearing, case.hanako)
    models.find(case.hearing, case.hanako, Verdict.FIT_AMENDED, "緊急時の預け先を追記すること")
    session.flush()
    said = models.verdict_of(case.hearing)

    assert (said.version, said.verdict, said.words) == (version, Verdict.FIT_AMENDED, "緊急時の預け先を追記すること")
    assert said.sentence == "第1回プラン第1版について、修正のうえ適切であると判断した。"


def test_a_verdict_can_be_corrected_and_taken_back_but_not_given_twice(case, plan):
    version = plan.put_to(case.hearing, case.hanako)
    for verdict in (Verdict.AGAIN, Verdict.FIT):
        models.find(case.hearing, case.hanako, verdict, "")
        session.flush()
    session.refresh(version)
    assert [each.verdict for each in version.verdicts] == [Verdict.FIT]
    models.find(case.hearing, case.hanako, None, "")
    session.flush()
    assert models.verdict_of(case.hearing) is None


def test_without_a_plan_before_it_a_meeting_finds_nothing(case):
    models.find(case.hearing, case.hanako, Verdict.FIT, "")
    assert models.verdict_of(case.hearing) is None


def test_the_next_plan_begins_only_after_the_last_was_evaluated(case, plan):
    with pytest.raises(Refused):
        Plan.begin(case, case.hanako, CONTENT)
    plan.freeze(case.hanako)
    evaluation.evaluate(plan, case.hanako, TODAY, [(Result.ACHIEVED, "毎週休めている"), (Result.NOT_YET, "")], Conclusion.REPLAN,
                        own_view="楽になった", reason="朝の目標が残る")
    session.refresh(plan)
    second = Plan.begin(case, case.hanako, CONTENT)

    assert (second.number, second.name) == (2, "第2回プラン")
    assert plan.evaluated.judged[1] == ("朝、居られる場所がある", Result.NOT_YET, "")
    with pytest.raises(Refused):
        plan.rewrite(CONTENT)


def test_a_monitoring_moves_the_day_to_look_again(case, plan):
    plan.freeze(case.hanako)
    assert plan.due_on == TODAY + timedelta(days=30)
    evaluation.monitor(plan, case.hanako, TODAY, "続いている", TODAY + timedelta(days=60))
    assert plan.due_on == TODAY + timedelta(days=60)


def test_who_agreed_agreed_to_these_words(case, plan):
    first = plan.freeze(case.hanako)
    first.agree(case.hanako, "Aさん", TODAY)
    plan.rewrite(replace(CONTENT, aim="別の願い"))
    second = plan.freeze(case.hanako)

    assert [each.who for each in first.agreements] == ["Aさん"]
    assert second.agreements == []


@pytest.mark.parametrize("own, more", [
    ("修正のうえ適切であると判断した。", ""), ("修正のうえ適切", ""), ("", ""), ("修正のうえ適切であると判断した。訪問を週2回にする。", "訪問を週2回にする。"), ("適切である。", "適切である。")])
def test_words_that_only_repeat_the_verdict_are_not_printed_again(own, more):
    assert verdicts.beyond(Verdict.FIT_AMENDED, own) == more
