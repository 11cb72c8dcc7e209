"""What a consent does to the meetings of its case: shut at once, told at once, and one step on when it arrives."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from cases.consent import ConsentState, Method
from cases.models import Case, HouseholdPerson
from core import clock
from core.database import session, unit
from core.outbox import Letter
from meetings import consents
from meetings.kinds import Kind
from meetings.models import Meeting
from tests.exports.reading import faults, words

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

SAID = dict(state="given", on="2026-06-01", method="written", scope="関係課")


@pytest.fixture
def hanako(world):
    return world.browser("hanako")


def say(world, browser, person, **more):
    browser.get(f"/cases/{world.case}/people/{person}/consent")
    return browser.post(f"/cases/{world.case}/people/{person}/consent", SAID | more)


def juso(world, browser):
    """The planned meeting, held as 重層的支援会議 because the son has consented too."""
    world.consent_of_son()
    browser.get(f"/meetings/{world.meeting}")
    assert browser.post(f"/meetings/{world.meeting}/juso").status_code == 303


def letters(world):
    with world.app.app_context(), unit(read_only=True):
        return list(session.scalars(sa.select(Letter).order_by(Letter.id)))


@pytest.mark.parametrize("state", ["withdrawn", "refused"])
def test_a_withdrawal_tells_the_facilitator_at_once_and_shuts_the_door(world, hanako, state):
    juso(world, hanako)
    say(world, hanako, world.son, state=state, reason="息子の気持ちが変わった", method="oral")
    told, = letters(world)

    assert told.recipient == "hanako@example.jp"
    assert "同意に関する変更がありました。車座で確認してください。" in told.body
    assert "-重層-" in told.subject and "Bさん" not in told.subject + told.body and "気持ち" not in told.subject + told.body
    assert "開催日に有効な同意がないため、開始できません。" in hanako.get(f"/meetings/{world.meeting}").text
    home = hanako.get("/").text
    assert "Bさん" in home and "開けません" in home
    hanako.get(f"/meetings/{world.meeting}/opening")
    world.acknowledge()
    with world.app.app_context(), unit(read_only=True):
        seats = [each.id for each in session.get(Meeting, world.meeting).seats]
    assert hanako.post(f"/meetings/{world.meeting}/opening", {f"attendance-{id}": "present" for id in seats}).status_code == 409


def test_a_consent_that_ends_before_the_meeting_shuts_the_door_too(world, hanako):
    juso(world, hanako)
    say(world, hanako, world.son, expires_on=clock.today().isoformat())  # the meeting is tomorrow
    assert len(letters(world)) == 1
    assert "開けません" in hanako.get(f"/cases/{world.case}/consents").text


def test_a_consent_that_holds_on_the_day_tells_nobody(world, hanako):
    juso(world, hanako)
    say(world, hanako, world.son, expires_on=(clock.today() + timedelta(days=1)).isoformat())
    assert letters(world) == []


def test_a_shien_kaigi_needs_no_consent_and_a_called_off_meeting_no_letter(world, hanako):
    say(world, hanako, world.mother, state="withdrawn")
    assert letters(world) == []
    say(world, hanako, world.mother)
    juso(world, hanako)
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).cancel()
    say(world, hanako, world.mother, state="withdrawn")
    assert letters(world) == []


def test_the_whole_team_is_told_each_address_once(world, hanako):
    juso(world, hanako)
    with world.app.app_context(), unit():
        from accounts.models import User
        session.get(Case, world.case).join_team(session.get(User, world.other))
    say(world, hanako, world.mother, state="withdrawn")
    assert sorted(each.recipient for each in letters(world)) == ["hanako@example.jp", "other@example.jp"]


def test_the_letters_do_not_pass_for_invitations(world, hanako):
    juso(world, hanako)
    say(world, hanako, world.son, state="withdrawn")
    assert letters(world)[0].topic == f"meeting/{world.meeting}/consent"


def test_who_sits_learns_of_the_shut_door_and_who_does_not_learns_nothing(world, hanako):
    juso(world, hanako)
    say(world, hanako, world.son, state="withdrawn")
    world.acknowledge(world.jiro)
    jiro, saburo = (world.browser(each).get(f"/meetings/{world.meeting}").text for each in ("jiro", "saburo"))

    assert "有効な同意がそろっていません" in jiro and "有効な同意がそろっていません" not in saburo
    assert "Bさん" not in jiro + saburo


def test_when_the_last_consent_arrives_the_way_to_the_better_meeting_is_shown(world, hanako):
    answer = say(world, hanako, world.son)
    page = hanako.get(answer.location).text

    assert "同意がそろいました。" in page and f'href="/meetings/{world.meeting}"' in page
    assert f'action="/meetings/{world.meeting}/juso"' in page
    hanako.post(f"/meetings/{world.meeting}/juso")
    with world.app.app_context(), unit(read_only=True):
        assert session.get(Meeting, world.meeting).kind == Kind.JUSO


def test_a_first_consent_of_two_opens_nothing_yet(world, hanako):
    page = hanako.get(say(world, hanako, world.mother).location).text
    assert "同意がそろいました。" not in page


def test_the_register_keeps_everything_that_was_ever_said(world, hanako):
    with world.app.app_context(), unit(read_only=True):
        agency = world.member(world.jiro).agency_id
    say(world, hanako, world.son, state="refused", reason="まだ考えたい", scope="", method="", witness="花子")
    say(world, hanako, world.son, state="partly", agencies=[str(agency)], about=["health", "family"], scope="病名は除く", expires_on="2099-01-01")
    page = hanako.get(f"/cases/{world.case}/consents").text

    for word in ("まだ考えたい", "聴取 花子", "保健センター / 健康、家族 / 病名は除く", "記録 山田 花子"):
        assert word in page
    assert page.index("病名は除く") < page.index("まだ考えたい")


def test_the_scope_names_only_the_agencies_everybody_names(world):
    with world.app.app_context(), unit():
        jiro, saburo = (world.member(each).agency for each in (world.jiro, world.saburo))
        case, by = session.get(Case, world.case), world.member(world.hanako).user
        more = dict(method=Method.ORAL, scope="")
        assert case.consent_scope(clock.today()) is None  # the mother's consent has words only
        case.people[0].record_consent(by, ConsentState.GIVEN, clock.today(), agencies=[jiro, saburo], **more)
        assert case.consent_scope(clock.today()) == {jiro.id, saburo.id}
        case.people[1].record_consent(by, ConsentState.PARTLY, clock.today(), agencies=[jiro], **more)
        assert case.consent_scope(clock.today()) == {jiro.id}
        case.people[1].record_consent(by, ConsentState.WITHDRAWN, clock.today())
        assert case.consent_scope(clock.today()) == {jiro.id, saburo.id}


def test_what_ends_within_thirty_days_waits_at_home_for_the_team_alone(world, hanako):
    for days, seen in ((31, False), (30, True), (0, True)):
        with world.app.app_context(), unit():
            session.get(HouseholdPerson, world.son).record_consent(
                world.member(world.hanako).user, ConsentState.GIVEN, clock.today(), method=Method.ORAL, scope="x", expires_on=clock.today() + timedelta(days=days))
        assert ("まもなく期限" in hanako.get("/").text) == seen
    assert "まもなく期限" not in world.browser("other").get("/").text
    say(world, hanako, world.son, state="withdrawn")
    assert "まもなく期限" not in hanako.get("/").text


def test_the_form_to_sign_names_nobody_and_quotes_the_ground(world, hanako):
    blank = hanako.get(f"/cases/{world.case}/consent-form.docx")
    said = words(blank.data)

    assert faults(blank.data) == []
    assert "社会福祉法第106条の4" in said and "撤回できます" in said and "本人氏名（自署）" in said and "同意しません" in said
    assert "Aさん" not in said and "世帯" not in said.replace("世帯の困りごと", "")
    assert "☑" not in said


def test_the_form_is_filled_with_the_scope_chosen(world, hanako):
    with world.app.app_context(), unit(read_only=True):
        agency = world.member(world.jiro).agency_id
    page = hanako.get(f"/cases/{world.case}/consent-form").text
    assert page.index("保健センター") < page.index("名簿にあるその他の機関") < page.index("税務課")  # who sits stands first
    filled = hanako.post(f"/cases/{world.case}/consent-form", dict(agencies=[str(agency)], about=["health"], scope="病名は除く", expires_on="2027-03-31"))
    said = words(filled.data)

    assert faults(filled.data) == []
    assert "保健センター" in said and "☑ 健康" in said and "□ 障害" in said and "病名は除く" in said and "令和9年3月31日まで" in said
    assert "Aさん" not in said


def test_a_meeting_without_a_case_says_that_it_has_no_ground(world, hanako):
    with world.app.app_context(), unit():
        starts = clock.instant(clock.today() + timedelta(days=3), clock.read_time("10:00"))
        meeting = Meeting.schedule(world.member(world.hanako).user, Kind.GENERAL, "委員会", starts, starts + timedelta(hours=1), place="301")
        session.flush()
        id = meeting.id
    assert "案件を扱わない会議です。" in hanako.get(f"/meetings/{id}").text


def test_hearings_that_have_begun_are_not_waited_for(world):
    world.open_meeting()
    with world.app.app_context(), unit(read_only=True):
        assert consents.waiting(session.get(Case, world.case)) == []


def test_a_withdrawal_begins_with_nothing_ticked_and_a_new_consent_with_what_was_agreed(world, hanako):
    with world.app.app_context(), unit(read_only=True):
        agency = world.member(world.jiro).agency_id
    say(world, hanako, world.son, agencies=[str(agency)], about=["health"], scope="病名は除く")
    again = hanako.get(f"/cases/{world.case}/people/{world.son}/consent").text
    gone = hanako.get(f"/cases/{world.case}/people/{world.son}/consent?state=withdrawn").text
    form = lambda page: page.partition("<form")[2].rpartition("</form>")[0].partition('class="timeline"')[0]  # noqa: E731

    assert "病名は除く" in form(again) and form(again).count("checked") == 2
    assert "病名は除く" not in form(gone) and form(gone).count("checked") == 1  # only that it is a withdrawal


def test_a_meeting_whose_hour_has_passed_today_still_waits_for_its_consent(world, hanako):
    juso(world, hanako)
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.starts_at = clock.instant(clock.today(), clock.read_time("0:01"))
        meeting.ends_at = clock.instant(clock.today(), clock.read_time("0:02"))
    say(world, hanako, world.son, state="withdrawn")
    assert "開けません" in hanako.get("/").text


# -- who sits, while the consent does not hold -------------------------------------------------------------------------

PATHS = ("/cases/{case}", "/cases/{case}/household", "/cases/{case}/plan", "/hearings/{hearing}/sheets")


def seen_by_jiro(world):
    jiro = world.browser("jiro")
    return [jiro.get(path.format(case=world.case, hearing=world.hearing)).status_code for path in PATHS]


def test_a_case_that_is_to_be_heard_on_consent_closes_to_the_table_while_the_consent_does_not_hold(world, hanako):
    world.acknowledge()
    juso(world, hanako)
    before = seen_by_jiro(world)
    say(world, hanako, world.son, state="withdrawn", reason="気が変わった", method="oral")
    during, page = seen_by_jiro(world), world.browser("jiro").get(f"/meetings/{world.meeting}").text
    listed = world.browser("jiro").get("/cases").text
    say(world, hanako, world.son, on=clock.today().isoformat())

    assert before == seen_by_jiro(world) == [200] * 4
    assert during == [404] * 4
    assert "Aさん" not in page + listed and "有効な同意がそろっていません" in page
    assert hanako.get(f"/cases/{world.case}").status_code == 200  # the team goes on working


def test_what_was_heard_on_consent_stays_with_those_who_heard_it(world, hanako):
    juso(world, hanako)
    world.open_meeting()
    say(world, hanako, world.son, state="withdrawn", reason="気が変わった", method="oral")

    assert seen_by_jiro(world)[0] == 200
    assert world.browser("jiro").get(f"/meetings/{world.meeting}/room?view=record").status_code == 200


def test_a_meeting_that_needs_no_consent_stays_open(world):
    world.acknowledge()
    assert seen_by_jiro(world) == [200] * 4  # the son has consented to nothing


def test_whoever_accepts_the_rules_is_not_told_that_a_shut_case_is_open(world, hanako):
    juso(world, hanako)
    say(world, hanako, world.son, state="withdrawn", reason="気が変わった", method="oral")
    jiro = world.browser("jiro")
    jiro.get(f"/meetings/{world.meeting}/rules")
    jiro.post(f"/meetings/{world.meeting}/acknowledgement", accepted="1")

    assert "必要な同意がそろいしだい" in jiro.get("/").text


def test_a_withdrawal_while_the_case_is_heard_tells_the_console_at_once_and_names_people_to_the_team_only(world, hanako):
    juso(world, hanako)
    world.open_meeting()
    console, told = f"/meetings/{world.meeting}/room/table?view=console", "の同意が有効ではなくなりました"
    before = hanako.get(console)
    say(world, hanako, world.son, state="withdrawn", reason="気持ちが変わった", method="oral")
    after = hanako.get(console, headers={"If-None-Match": before.headers["ETag"]})

    assert told not in before.text
    assert after.status_code == 200 and f"Bさん{told}" in after.text
    jiro = world.browser("jiro").get(f"/meetings/{world.meeting}/room?view=seat")
    assert jiro.status_code == 200 and told not in jiro.text
