"""The household map in the browser: who is whose parent, who stands by them, who must not decide."""

from __future__ import annotations

import pytest

from agencies.models import Agency
from cases.household import Conflict
from cases.models import Case
from core.database import session, unit
from tests.exports.reading import faults, words


@pytest.fixture
def hanako(world):
    return world.browser("hanako")


def rows(world, **more):
    return {"apart": [str(world.son)], "relations-0-first": str(world.mother), "relations-0-second": str(world.son), "relations-0-kind": "parent",
            "ties-0-person": str(world.mother), "ties-0-name": "保健センター", "ties-0-strength": "strong", "ties-0-note": "毎月の訪問",
            "ties-1-person": "", "ties-1-name": "隣のCさん", "ties-1-strength": "cut", "ties-1-note": "",
            "conflicts-0-member": "保健センター 佐藤 次郎", "conflicts-0-note": "Aさんの甥"} | {key.replace("__", "-"): value for key, value in more.items()}


def save(world, browser, **more):
    browser.get(f"/cases/{world.case}/household/edit")
    return browser.post(f"/cases/{world.case}/household", rows(world, **more))


def test_what_is_written_is_drawn_and_told(world, hanako):
    assert save(world, hanako).status_code == 303
    page = hanako.get(f"/cases/{world.case}/household").text

    assert page.count("<polyline") >= 1 + 2 + 4  # a parent's line, a strong tie, a cut one
    assert "AさんはBさんの親" in page
    assert "世帯を知る機関" in page and "隣のCさん" in page
    assert "Aさんの甥" in page
    assert "style=" not in page


def test_an_agency_of_the_roster_is_known_by_its_name_and_anybody_else_by_a_label(world, hanako):
    save(world, hanako)
    with world.app.app_context(), unit(read_only=True):
        case = session.get(Case, world.case)
        assert [(each.agency and each.agency.name, each.label, each.strength.value) for each in case.ties] == [
            ("保健センター", "", "strong"), (None, "隣のCさん", "cut")]
        assert [(each.member_id, each.note) for each in case.conflicts] == [(world.member(world.jiro).id, "Aさんの甥")]
        assert [each.apart for each in case.people] == [False, True]


def test_saving_again_changes_rows_and_empty_ones_go(world, hanako):
    save(world, hanako)
    save(world, hanako, ties__1__name="", conflicts__0__note="近所に住む", apart=[])
    with world.app.app_context(), unit(read_only=True):
        case = session.get(Case, world.case)
        assert [each.name for each in case.ties] == ["保健センター"]
        assert [each.note for each in case.conflicts] == ["近所に住む"]
        assert not any(each.apart for each in case.people)
    save(world, hanako, conflicts__0__member="", conflicts__0__note="")
    with world.app.app_context(), unit(read_only=True):
        assert session.query(Conflict).count() == 0


@pytest.mark.parametrize("changed, told", [
    ({"relations-0-second": ""}, "二人を選んでください。"),
    ({"ties-1-name": ""} | {"ties-1-note": "だれとも"}, "相手を書いてください。"),
    ({"ties-1-person": "MOTHER", "ties-1-name": "保健センター"}, "同じつながりが二つあります：保健センター"),
    ({"conflicts-0-member": "知らない人"}, "名簿にある人を、一覧のとおり「機関名 氏名」で選んでください。"),
    ({"conflicts-0-note": ""}, "どのような関係か書いてください(親族、近隣、利害関係など)。"),
    ({"ties-0-strength": "unbreakable"}, "表示された中から選んでください。"),
])
def test_a_row_that_cannot_be_kept_is_told_and_nothing_typed_is_lost(world, hanako, changed, told):
    changed = {key: str(world.mother) if value == "MOTHER" else value for key, value in changed.items()}
    answer = save(world, hanako, **changed)

    assert answer.status_code == 422
    assert told in answer.text
    assert "Ties" not in answer.text and "Conflicts" not in answer.text  # the summary speaks Japanese too
    assert "毎月の訪問" in answer.text
    with world.app.app_context(), unit(read_only=True):
        assert session.get(Case, world.case).ties == []


def test_a_person_of_another_household_cannot_be_drawn_in(world, hanako):
    with world.app.app_context(), unit():
        from cases.models import HouseholdPerson

        person = HouseholdPerson(position=1, label="Zさん", case_id=world.hidden_case)
        session.add(person)
        session.flush()
        stranger = person.id
    assert save(world, hanako, ties__0__person=str(stranger)).status_code == 422


def test_who_sits_for_the_case_sees_the_map_and_not_who_is_related(world, hanako):
    save(world, hanako)
    world.acknowledge()
    page = world.browser("jiro").get(f"/cases/{world.case}/household").text

    assert "隣のCさん" in page
    assert "Aさんの甥" not in page
    assert world.browser("jiro").get(f"/cases/{world.case}/household.docx").status_code == 404


def test_a_member_taken_from_the_household_takes_their_lines_along(world, hanako):
    save(world, hanako)
    hanako.get(f"/cases/{world.case}/edit")
    answer = hanako.post(f"/cases/{world.case}", {
        "label": "Aさん世帯", "household_type": "8050", "stage": "plan", "opened_on": "2026-06-17",
        "people-0-id": str(world.mother), "people-0-label": "Aさん", "people-0-shared": "y"})
    assert answer.status_code == 303
    with world.app.app_context(), unit(read_only=True):
        case = session.get(Case, world.case)
        assert [each.label for each in case.people] == ["Aさん"]
        assert case.relations == []
    assert hanako.get(f"/cases/{world.case}/household").status_code == 200


def test_the_annex_says_in_tables_what_it_draws(world, hanako):
    save(world, hanako)
    answer = hanako.get(f"/cases/{world.case}/household.docx")
    said = words(answer.data)

    assert faults(answer.data) == []
    assert "別紙" in said and "AさんはBさんの親" in said and "毎月の訪問" in said
    assert "Aさんの甥" not in said  # who is related stays with the team
    assert "世帯図.docx" in answer.headers["Content-Disposition"] or "%E4%B8%96" in answer.headers["Content-Disposition"]


def test_a_roster_of_hundreds_of_agencies_is_offered_once(world, hanako):
    with world.app.app_context(), unit():
        from agencies.models import AgencyKind
        session.add_all(Agency(name=f"機関{count}", kind=AgencyKind.PUBLIC) for count in range(300))
    assert hanako.get(f"/cases/{world.case}/household/edit").text.count('value="機関17"') == 1
