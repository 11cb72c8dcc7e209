"""A case goes its way: who moved it, why, what was agreed at the end, and how it comes back."""

from datetime import timedelta

import pytest

from accounts.models import User
from cases.flow import Stage
from cases.models import Case
from core import clock
from core.database import session, unit
from core.web import Refused
from tests.world import World

TODAY = clock.today()


def agreed(world: World, **more):
    return dict(lead_agency=world.member(world.jiro).agency, roles="保健センターが月1回訪問する", outlook="暮らしの見通しが立った",
                watchers="民生委員", signs="2か月来ない", checks=[TODAY + timedelta(days=30)]) | more


@pytest.fixture
def case(world):
    """The case of the small world, within a unit of work, and 花子, who runs it."""
    with world.app.app_context(), unit():
        found = session.get(Case, world.case)
        found.hanako = session.get(User, world.hanako)
        yield found


def test_a_case_begins_with_its_first_move(case):
    first = case.moves[0]
    assert (first.from_stage, first.to_stage, first.on, first.by) == (None, Stage.INTAKE, case.opened_on, case.hanako)


def test_a_move_is_kept_with_who_when_and_why(case):
    case.move(case.hanako, Stage.SUPPORT, reason="急ぎの支援から始める")
    last = case.moves[-1]
    assert case.stage == Stage.SUPPORT
    assert (last.from_stage, last.to_stage, last.on, last.reason, last.by_id) == (
        Stage.INTAKE, Stage.SUPPORT, TODAY, "急ぎの支援から始める", case.hanako.id)


def test_a_step_is_not_skipped_in_silence(case):
    with pytest.raises(Refused):
        case.move(case.hanako, Stage.SUPPORT)
    assert case.stage == Stage.INTAKE


def test_a_suspended_case_remembers_where_it_stood(case):
    case.move(case.hanako, Stage.ASSESSMENT)
    case.move(case.hanako, Stage.SUSPENDED, reason="転居の相談中")
    assert case.standing_at == Stage.ASSESSMENT
    case.move(case.hanako, Stage.ASSESSMENT, reason="戻ってきた")
    assert case.standing_at == case.stage == Stage.ASSESSMENT


@pytest.mark.parametrize("missing", ["lead_agency", "roles", "outlook"])
def test_nothing_ends_without_what_is_agreed_for_afterwards(world, case, missing):
    with pytest.raises(Refused):
        case.move(case.hanako, Stage.CLOSED, reason="転出", agreed=agreed(world, **{missing: None}))
    assert case.closure is None


def test_accompaniment_goes_by_what_was_agreed_at_the_closure(world, case):
    case.move(case.hanako, Stage.CLOSED, reason="情報提供で足りた", agreed=agreed(world))
    case.move(case.hanako, Stage.ACCOMPANIED, agreed=agreed(world, signs="父の入院"))
    assert len(case.closures) == 1
    assert case.closure.signs == "父の入院"
    assert [each.due_on for each in case.closure.waiting] == [TODAY + timedelta(days=30)]


def test_a_second_closure_leaves_the_first_on_record(world, case):
    case.move(case.hanako, Stage.CLOSED, reason="情報提供で足りた", agreed=agreed(world))
    case.move(case.hanako, Stage.ASSESSMENT, reason="再び相談があった")
    case.move(case.hanako, Stage.CLOSED, reason="他機関につないだ", agreed=agreed(world, outlook="別の見通し"))
    assert [each.outlook for each in case.closures] == ["暮らしの見通しが立った", "別の見通し"]


def test_a_move_does_not_lie_before_the_last(case):
    with pytest.raises(Refused):
        case.move(case.hanako, Stage.ASSESSMENT, on=TODAY - timedelta(days=1))


# -- in the browser ------------------------------------------------------------------------------------------------------

def move(browser, world, to, **fields):
    browser.get(f"/cases/{world.case}/stage?to={to}")
    return browser.post(f"/cases/{world.case}/stage", dict(to=to, on=TODAY.isoformat()) | fields, once=browser.once())


def test_the_page_asks_for_a_reason_only_off_the_usual_way(world):
    hanako = world.browser("hanako")
    assert move(hanako, world, "assessment").status_code == 303
    refused = move(hanako, world, "support", reason="")
    assert refused.status_code == 422
    assert "理由を書いてください" in refused.text


def test_the_case_page_says_who_moved_it_and_why(world):
    hanako = world.browser("hanako")
    move(hanako, world, "suspended", reason="連絡が取れない")
    page = hanako.get(f"/cases/{world.case}").text
    assert "連絡が取れない" in page
    assert "山田 花子" in page
    assert "中断" in page


def test_editing_a_case_leaves_its_stage_alone(world):
    hanako = world.browser("hanako")
    move(hanako, world, "assessment")
    hanako.get(f"/cases/{world.case}/edit")
    hanako.post(f"/cases/{world.case}", {"label": "Aさん世帯", "household_type": "8050", "stage": "closed", "opened_on": TODAY.isoformat(),
                                         "people-0-label": "Aさん"})
    assert "アセスメント" in hanako.get(f"/cases/{world.case}/stage").text
    with world.app.app_context(), unit(read_only=True):
        assert session.get(Case, world.case).stage == Stage.ASSESSMENT


def closed(hanako, world, day):
    with world.app.app_context(), unit(read_only=True):
        lead = str(world.member(world.jiro).agency_id)
    return move(hanako, world, "closed", reason="見通しが立った", lead_agency_id=lead, roles="訪問", outlook="続く", signs="2か月来ない",
                **{"checks-0": day.isoformat()})


def test_a_check_is_noted_and_the_case_reopened_from_it(world):
    hanako = world.browser("hanako")
    assert closed(hanako, world, TODAY).status_code == 303
    with world.app.app_context(), unit(read_only=True):
        check = session.get(Case, world.case).closure.checks[0].id
    hanako.get(f"/cases/{world.case}/aftercare")
    where = f"/cases/{world.case}/checks/{check}"
    refused = hanako.post(where, finding="sign", words="", on=TODAY.isoformat(), reopen_to="assessment")
    noted = hanako.post(where, finding="sign", words="店に来なくなった", on=TODAY.isoformat(), reopen_to="assessment")

    assert (refused.status_code, noted.status_code) == (422, 303)
    with world.app.app_context(), unit(read_only=True):
        case = session.get(Case, world.case)
        assert (case.stage, case.moves[-1].reason) == (Stage.ASSESSMENT, "店に来なくなった")
        assert case.closure.checks[0].words == "店に来なくなった"


def test_a_participant_reads_the_signs_but_moves_nothing(world):
    closed(world.browser("hanako"), world, TODAY)
    world.acknowledge()
    jiro = world.browser("jiro")
    page = jiro.get(f"/cases/{world.case}/aftercare")

    assert "2か月来ない" in page.text
    assert "<form method=\"post\" action=\"/cases" not in page.text
    assert jiro.get(f"/cases/{world.case}/stage").status_code == 404
    assert jiro.post(f"/cases/{world.case}/stage", to="assessment").status_code == 404
