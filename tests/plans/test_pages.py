"""The plan in the browser and on paper, from the draft to the evaluation."""

from __future__ import annotations

from datetime import timedelta
import io
import re
import zipfile

from accounts.models import User
from cases.models import Case
from core import clock
from core.database import session, unit
from meetings.models import Meeting
from plans.models import Plan

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

TODAY = clock.today()
DRAFT = {
    "aim": "三人で暮らしたい", "family_idea": "夜に話せる人", "informal": "隣のCさん", "emergency": "119", "programmes": "participation",
    "goals-0-text": "夕食を休める", "goals-0-issue": "家事の負担", "goals-0-supports-0-who": "障害福祉課", "goals-0-supports-0-what": "家事援助",
    "goals-0-supports-0-often": "週2回", "goals-0-supports-0-own_part": "献立を決める", "period_from": TODAY.isoformat(),
    "period_to": (TODAY + timedelta(days=180)).isoformat(), "monitoring_on": (TODAY + timedelta(days=30)).isoformat()}


def drafted(world, hanako, **changed):
    hanako.get(f"/cases/{world.case}/plan/edit")
    return hanako.post(f"/cases/{world.case}/plan", DRAFT | changed, once=hanako.once())


def put(world, hanako, hearing=None):
    hanako.get(f"/cases/{world.case}/plan")
    return hanako.post(f"/cases/{world.case}/plan/versions", hearing_id=str(world.hearing if hearing is None else hearing))


def paper(answer):
    return zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()


def test_the_draft_is_the_teams_until_it_is_put_to_a_meeting(world):
    hanako, jiro = world.browser("hanako"), world.browser("jiro")
    world.acknowledge()
    assert drafted(world, hanako).status_code == 303
    before = jiro.get(f"/cases/{world.case}/plan")
    assert put(world, hanako).status_code == 303
    after = jiro.get(f"/cases/{world.case}/plan")

    assert before.status_code == after.status_code == 200
    assert "三人で暮らしたい" not in before.text
    assert "三人で暮らしたい" in after.text
    assert jiro.get(f"/cases/{world.case}/plan/edit").status_code == 404


def test_a_participant_keeps_reading_the_version_while_the_next_is_drafted(world):
    hanako, jiro = world.browser("hanako"), world.browser("jiro")
    world.acknowledge()
    drafted(world, hanako)
    put(world, hanako)
    drafted(world, hanako, aim="まだ話していない願い")

    assert "まだ話していない願い" in hanako.get(f"/cases/{world.case}/plan").text
    assert "まだ話していない願い" not in jiro.get(f"/cases/{world.case}/plan").text


def test_who_does_not_sit_for_the_case_finds_no_plan(world):
    drafted(world, world.browser("hanako"))
    for login in ("jiro", "stranger", "other", "fumiko", "kanri"):  # 次郎 has not acknowledged the rules
        browser = world.browser(login)
        for page in ("plan", "plan.docx", "plan/evaluation.docx", "timeline"):
            assert browser.get(f"/cases/{world.case}/{page}").status_code == 404, (login, page)


def test_informal_resources_must_be_answered_be_it_with_none(world):
    hanako = world.browser("hanako")
    assert drafted(world, hanako, informal="").status_code == 422
    assert drafted(world, hanako, informal="なし").status_code == 303


def test_the_word_paper_says_the_plan_and_names_nobody(world):
    hanako = world.browser("hanako")
    drafted(world, hanako)
    assert hanako.get(f"/cases/{world.case}/plan.docx").status_code == 404  # a draft is not taken out
    put(world, hanako)
    answer = hanako.get(f"/cases/{world.case}/plan.docx")
    text = paper(answer)

    for words in ("支援プラン", "三人で暮らしたい", "夕食を休める", "障害福祉課", "献立を決める", "参加支援事業", "隣のCさん", "協議前"):
        assert words in text
    assert "山田" not in text
    header = "".join(zipfile.ZipFile(io.BytesIO(answer.data)).read(name).decode() for name in
                     zipfile.ZipFile(io.BytesIO(answer.data)).namelist() if "header" in name)
    assert "取扱注意" in header


def juso(world):
    """The meeting as a 重層的支援会議, opened, with everybody's consent."""
    world.consent_of_son()
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).switch_to_juso(by=session.get(User, world.hanako))


def outcome(world, hanako, **changed):
    where = f"/meetings/{world.meeting}/closing?hearing={world.hearing}"
    hanako.get(where)
    return hanako.post(where, dict(held_from="14:00", held_to="15:00", lead_agency_id="0", verdict="緊急時の預け先を追記すること") | changed)


def test_the_verdict_of_the_meeting_stands_in_its_minutes_and_on_the_plan(world):
    juso(world)
    hanako = world.browser("hanako")
    drafted(world, hanako)
    put(world, hanako)
    world.open_meeting()
    assert outcome(world, hanako, appropriateness="fit_amended").status_code == 303
    minutes = paper(hanako.get(f"/meetings/{world.meeting}/minutes.docx"))

    assert "第1回プラン第1版について、修正のうえ適切であると判断した。" in minutes
    assert minutes.count("緊急時の預け先を追記すること") == 1
    assert "修正のうえ適切" in hanako.get(f"/cases/{world.case}/plan").text
    assert "修正のうえ適切" in paper(hanako.get(f"/cases/{world.case}/plan.docx"))


def test_without_a_plan_before_it_the_paper_keeps_the_words_alone(world):
    juso(world)
    hanako = world.browser("hanako")
    world.open_meeting()
    assert outcome(world, hanako, appropriateness="fit").status_code == 303
    minutes = paper(hanako.get(f"/meetings/{world.meeting}/minutes.docx"))

    assert "緊急時の預け先を追記すること" in minutes
    assert "適切であると判断" not in minutes


def test_a_plan_is_evaluated_and_the_case_led_to_its_closure(world):
    hanako = world.browser("hanako")
    drafted(world, hanako)
    put(world, hanako)
    hanako.get(f"/cases/{world.case}/plan/evaluation")
    fields = {"on": TODAY.isoformat(), "results-0-result": "achieved", "results-0-word": "休めている", "own_view": "楽になった",
              "conclusion": "close", "reason": "見通しが立った"}
    refused = hanako.post(f"/cases/{world.case}/plan/evaluation", fields | {"results-0-result": ""})
    done = hanako.post(f"/cases/{world.case}/plan/evaluation", fields)

    assert (refused.status_code, done.status_code) == (422, 303)
    assert done.location.endswith("/stage?to=closed")
    text = paper(hanako.get(f"/cases/{world.case}/plan/evaluation.docx"))
    assert re.search("夕食を休める.*達成.*休めている", text, re.DOTALL)
    assert "楽になった" in text


def test_a_day_that_has_come_stands_on_the_first_page(world):
    hanako = world.browser("hanako")
    drafted(world, hanako, monitoring_on=TODAY.isoformat())
    put(world, hanako)
    assert "プランのモニタリング" in hanako.get("/").text
    assert "プランのモニタリング" not in world.browser("other").get("/").text
    hanako.get(f"/cases/{world.case}/plan")
    hanako.post(f"/cases/{world.case}/plan/monitoring", seen="続いている", seen_on=TODAY.isoformat())
    assert "プランのモニタリング" not in hanako.get("/").text
    with world.app.app_context(), unit(read_only=True):
        assert Plan.of(session.get(Case, world.case))[0].monitorings[0].words == "続いている"


def test_two_coordinators_who_begin_the_plan_at_once_do_not_overwrite_each_other(world):
    with world.app.app_context(), unit():
        session.get(Case, world.case).join_team(session.get(User, world.other))
    hanako, other = world.browser("hanako"), world.browser("other")
    for each in (hanako, other):
        each.get(f"/cases/{world.case}/plan/edit")
    version = re.search(r'name="version" value="(\d+)"', other.page)[1]
    first = hanako.post(f"/cases/{world.case}/plan", DRAFT | dict(version=version))
    second = other.post(f"/cases/{world.case}/plan", DRAFT | dict(aim="あとから書いた願い", version=version))

    assert (first.status_code, second.status_code) == (303, 409)
    assert "あとから書いた願い" in second.text
    assert DRAFT["aim"] in hanako.get(f"/cases/{world.case}/plan").text
