"""An agency puts a household forward, the office answers, and nothing falls silent in between."""

from __future__ import annotations

from datetime import UTC, date, datetime
import re

import pytest

from cases.models import Case
from core import clock
from core.database import session, unit
from core.languages import catalogue, ngettext
from core.office import office
from referrals.models import Referral
from referrals.words import State
from tests.referrals.conftest import SHEET

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


def _(message, **values):
    return catalogue("ja").gettext(message) % values


def test_a_sheet_gets_a_number_that_cannot_be_taken_for_a_cases(desk):
    first, second = desk.put_forward(), desk.put_forward()
    code = clock.fiscal_year_code(clock.fiscal_year(clock.today()))
    with desk.kept(second) as referral:
        assert referral.number == f"{code}-つ-0002"
        assert (referral.member.name, referral.agency.name) == ("佐藤 次郎", "保健センター")
        assert [each.ja[:5] for each in referral.ticks] == ["一つの分野", "どのように"]
    assert second == first + 1


def test_a_new_referral_waits_on_every_coordinators_first_page_and_not_on_others(desk, world):
    desk.put_forward()
    for login, there in (("hanako", True), ("other", True), ("jiro", False), ("saburo", False), ("kanri", False)):
        assert ("-つ-0001" in world.browser(login).get("/").text) == there, login


def test_it_turns_red_after_the_offices_limit_of_working_days(desk, world):
    id = desk.put_forward()
    desk.days_ago(id, 14)
    with desk.kept(id) as referral:
        waited = referral.waited(clock.today())
        assert waited >= 5
        assert referral.late(clock.today(), 3)
        assert not referral.late(clock.today(), waited)
    words = ngettext("%(num)s working day since it came in", "%(num)s working days since it came in", waited)
    for page in (world.browser("hanako").get("/").text, world.browser("hanako").get("/referrals").text, world.browser("jiro").get(f"/referrals/{id}").text):
        assert f'<span class="chip chip--stop">{words}</span>' in page


def test_working_days_are_counted_from_the_day_after_it_came_in():
    friday = Referral(sent_at=datetime(2026, 11, 20, 1, tzinfo=UTC), office_turn_since=datetime(2026, 11, 20, 1, tzinfo=UTC))

    assert friday.waited(date(2026, 11, 24)) == 1  # Monday was a holiday
    assert friday.due_on(3) == date(2026, 11, 26)
    assert not friday.late(date(2026, 11, 26), 3)
    assert friday.late(date(2026, 11, 27), 3)


def test_a_question_gives_the_turn_to_the_agency_and_its_answer_gives_it_back(desk, world):
    id = desk.put_forward()
    desk.signed_in("hanako").post(f"/referrals/{id}/messages", message="お子さんは何歳ですか")
    asked, at_home = world.browser("jiro").get(f"/referrals/{id}").text, world.browser("jiro").get("/").text
    with desk.kept(id) as referral:
        assert referral.open and referral.office_turn_since is None
        assert referral.handler_id == world.hanako
    desk.signed_in("jiro").post(f"/referrals/{id}/messages", message="七か月です")
    with desk.kept(id) as referral:
        assert referral.office_turn_since and referral.referrer_turn_since is None

    assert "お子さんは何歳ですか" in asked
    assert _("A question to you") in at_home
    assert "七か月です" in world.browser("hanako").get(f"/referrals/{id}").text


def test_the_agency_sees_who_handles_it(desk, world):
    id = desk.put_forward()
    before = world.browser("jiro").get(f"/referrals/{id}").text
    desk.signed_in("other").post(f"/referrals/{id}/handler")

    assert _("Nobody yet: all coordinators see it") in before
    assert re.search(f"<dt>{_('Handled by')}</dt><dd>別の 担当</dd>", world.browser("jiro").get(f"/referrals/{id}").text)


def test_accepting_opens_a_case_filled_from_the_sheet(desk, world):
    id = desk.put_forward()
    answer = desk.answer(id, "other", "accept", "一緒に考えます")
    with world.app.app_context(), unit(read_only=True):
        case = session.get(Referral, id).case
        assert answer.location == f"/cases/{case.id}"
        assert [each.user_id for each in case.team] == [world.other]
        assert (case.label, case.household_type.value, case.own_words) == ("Jさん世帯", "hoarding", "決められないんです")
        assert [(each.label, each.relation, each.age) for each in case.people] == [("Jさん", "母", 34)]
        assert [(each.domain_code, each.text) for each in case.needs] == [("CHD", "赤ちゃんの寝る場所")]
        assert all(words in case.summary for words in ("通り道がふさがっている", "二回訪ねた", "どこから始めるか"))
        assert [each.member.name for each in case.referrals] == ["佐藤 次郎"]  # who may present it
    assert "佐藤 次郎" in world.browser("other").get(answer.location).text


def test_accepting_into_a_case_of_ones_own_changes_nothing_in_it_and_the_agency_cannot_tell(desk, world):
    into, fresh = desk.put_forward(), desk.put_forward()
    with world.app.app_context(), unit(read_only=True):
        before = session.get(Case, world.case).version
    desk.answer(into, "hanako", "accept", "引き受けます", case=str(world.case))
    desk.answer(fresh, "hanako", "accept", "引き受けます")
    pages = []
    for id in (into, fresh):
        page = world.browser("jiro").get(f"/referrals/{id}").text
        with desk.kept(id) as referral:
            pages.append(re.sub(r"午[前後]\d+時(\d+分)?|datetime=\"[^\"]+\"|[\w.-]{60,}|[0-9a-f]{32}", "", page[page.index('id="main"'):]).replace(
                referral.number, "").replace(f"/referrals/{id}", ""))
            assert referral.case.number not in page
    with world.app.app_context(), unit(read_only=True):
        assert session.get(Case, world.case).version == before
    assert pages[0] == pages[1]


def test_a_case_of_another_team_cannot_be_chosen(desk, world):
    id = desk.put_forward()
    answer = desk.answer(id, "hanako", "accept", case=str(world.hidden_case))

    assert answer.status_code == 422
    with desk.kept(id) as referral:
        assert referral.open


def test_advice_stays_with_the_agency_until_it_has_read_it(desk, world):
    id = desk.put_forward()
    desk.answer(id, "hanako", "advise", "包括の窓口へ")
    jiro = desk.signed_in("jiro")
    before = jiro.get("/").text
    jiro.get(f"/referrals/{id}")
    jiro.post(f"/referrals/{id}/acknowledgement")

    assert "-つ-0001" in before
    assert "-つ-0001" not in jiro.get("/").text
    assert "包括の窓口へ" in jiro.get(f"/referrals/{id}").text


def test_what_was_sent_back_comes_again_as_a_new_round_of_the_same_thread(desk, world):
    id = desk.put_forward()
    desk.answer(id, "hanako", "return", "ご本人の年齢は")
    jiro = desk.signed_in("jiro")
    page = jiro.get(f"/referrals/{id}/edit").text
    sent = jiro.post(f"/referrals/{id}", SHEET | {"people-0-age": "35", "worry": "書き足しました"})
    with desk.kept(id) as referral:
        assert [each.act.value for each in referral.steps] == ["sent", "returned", "sent_again"]
        assert referral.state == State.OPEN
        assert referral.handler_id == world.hanako
        assert [each.age for each in referral.people] == [35]

    assert "ご本人の年齢は" in page
    assert "通り道がふさがっている" in page
    assert sent.status_code == 303
    assert "書き足しました" in world.browser("hanako").get(f"/referrals/{id}").text


def test_an_open_sheet_is_not_changed_behind_the_readers_back(desk, world):
    id = desk.put_forward()
    jiro = desk.signed_in("jiro")
    asked = jiro.get(f"/referrals/{id}/edit")
    changed = jiro.post(f"/referrals/{id}", SHEET | {"worry": "大事な一言"})

    assert asked.status_code == 303
    assert changed.status_code == 409
    assert "大事な一言" in changed.text  # and it is not lost


def test_a_withdrawn_referral_is_the_referrers_alone(desk, world):
    id = desk.put_forward(shown_to_agency="y")
    desk.signed_in("jiro").post(f"/referrals/{id}/withdrawal")

    assert world.browser("jiro").get(f"/referrals/{id}").status_code == 200
    assert world.browser("hanako").get(f"/referrals/{id}").status_code == 404
    assert "-つ-0001" not in world.browser("hanako").get("/referrals").text


def test_what_the_office_has_accepted_can_no_longer_be_withdrawn(desk, world):
    id = desk.put_forward()
    desk.answer(id, "hanako", "accept")
    assert desk.signed_in("jiro").post(f"/referrals/{id}/withdrawal").status_code == 409


def test_danger_to_life_is_told_to_telephone_too(desk, world):
    with world.app.app_context(), unit():
        office().phone = "00-1234-5678"
    jiro = desk.signed_in("jiro")
    asked = jiro.get("/referrals/new").text
    id = desk.put_forward(urgency="life")
    normal = desk.put_forward()

    assert "00-1234-5678" in asked
    assert "00-1234-5678" in jiro.get(f"/referrals/{id}").text
    assert "00-1234-5678" not in jiro.get(f"/referrals/{normal}").text
    page = world.browser("hanako").get("/referrals").text
    assert page.index(f"/referrals/{id}\"") < page.index(f"/referrals/{normal}\"")


@pytest.mark.parametrize("agreement", ["not_yet", "unable"])
def test_without_agreement_the_reason_is_on_record(desk, world, agreement):
    jiro = desk.signed_in("jiro")
    jiro.get("/referrals/new")
    refused = jiro.post("/referrals", SHEET | dict(agreement=agreement))
    id = desk.put_forward(agreement=agreement, agreement_reason="話せる状況にない")

    assert refused.status_code == 422
    assert "話せる状況にない" in world.browser("hanako").get(f"/referrals/{id}").text
