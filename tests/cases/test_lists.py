"""The list of cases: searched, narrowed down, and never a case more than a person may see."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import sqlalchemy as sa

from accounts.models import User
from cases.consent import ConsentState
from cases.lists import lacks_consent
from cases.models import Case, HouseholdPerson, HouseholdType
from core import clock
from core.database import session, unit


def looked_for(browser, text, where="/cases", **filters):
    """What the box answers with: the address, and the page that stands there."""
    browser.get(where)
    answer = browser.post(f"{where}/search", text=text, **filters)
    assert answer.status_code == 303, answer.status_code
    return answer.location, browser.get(answer.location).text


def test_two_letters_find_the_case_and_stand_in_no_address(world):
    address, page = looked_for(world.browser("hanako"), "介護")

    assert "Aさん・Bさん世帯" in page
    assert 'value="介護"' in page
    assert "%E4" not in address and "介護" not in address


def test_nobody_finds_a_case_that_is_not_open_to_them(world):
    for person, word in (("hanako", "Zさん"), ("jiro", "介護"), ("stranger", "介護"), ("kanri", "介護"), ("other", "介護")):
        _address, page = looked_for(world.browser(person), word)
        assert "世帯</a>" not in page, person
        assert "当てはまる案件はありません" in page, person
    world.acknowledge(world.jiro)
    assert "Aさん・Bさん世帯" in looked_for(world.browser("jiro"), "介護")[1]


def test_what_one_looked_for_is_nobody_else_s(world):
    address, _page = looked_for(world.browser("hanako"), "介護")
    theirs = world.browser("other").get(address).text

    assert 'value="介護"' not in theirs
    assert "もう一度検索" in theirs


def test_what_was_looked_for_goes_with_the_sign_in(world):
    browser = world.browser("hanako")
    address, _page = looked_for(browser, "介護")
    browser.post("/sign-out")

    assert 'value="介護"' not in world.browser("hanako").get(address).text


def test_filters_stand_in_the_address_and_narrow_down(world):
    browser = world.browser("hanako")
    address, page = looked_for(browser, "", stage="intake", household="8050", consent="missing", team="mine")

    assert address.endswith("/cases?stage=intake&household=8050&consent=missing&team=mine")
    assert "Aさん・Bさん世帯" in page
    assert "Aさん・Bさん世帯" not in browser.get("/cases?stage=plan").text
    assert "Aさん・Bさん世帯" not in browser.get("/cases?household=poverty").text
    assert "Aさん・Bさん世帯" in browser.get("/cases?stage=nonsense&household=%00").text  # never offered, so no filter
    world.consent_of_son()
    assert "Aさん・Bさん世帯" not in browser.get("/cases?consent=missing").text


def test_the_next_page_of_a_result_is_of_the_same_result(world):
    with world.app.app_context(), unit():
        for number in range(65):
            case = Case.open(session.get(User, world.hanako), f"世帯{number:02d}", HouseholdType.OTHER, clock.today())
            case.summary = "雨漏り" if number % 2 else ""
            session.flush()
    browser = world.browser("hanako")
    address, first = looked_for(browser, "雨漏")
    second = browser.get(f"{address}&page=2").text

    assert [number for number in range(65) if f"世帯{number:02d}<" in first] == list(range(5, 65, 2))
    assert [number for number in range(65) if f"世帯{number:02d}<" in second] == [1, 3]
    assert f"{address}&amp;page=2" in first or "page=2" in first


def test_the_database_and_the_rule_agree_on_missing_consent(world):
    today, days = clock.today(), (-1, 0, 1)
    with world.app.app_context(), unit():
        hanako = session.get(User, world.hanako)
        for number, (state, on, until, shared) in enumerate(product([None, *ConsentState], days, (*days, None), (True, False))):
            case = Case.open(hanako, f"世帯{number}", HouseholdType.OTHER, today)
            person = HouseholdPerson(position=1, label="Aさん", shared=shared)
            case.people.append(person)
            if number % 3 == 0:
                case.people.append(HouseholdPerson(position=2, label="Bさん", shared=number % 2 == 0))
            session.flush()
            if number % 5 == 0:
                person.record_consent(hanako, ConsentState.GIVEN, today)  # what was said before does not count
                session.flush()
            if state:
                person.record_consent(hanako, state, today + timedelta(days=on), expires_on=None if until is None else today + timedelta(days=until))
                session.flush()
    with world.app.app_context(), unit():
        asked = set(session.scalars(sa.select(Case.id).where(lacks_consent(today))))
        ruled = {case.id for case in session.scalars(sa.select(Case)) if not case.consented(today)}

        assert asked == ruled
        assert 0 < len(ruled) < session.scalar(sa.select(sa.func.count()).select_from(Case))


def test_too_long_a_word_is_shown_again_and_searched_by_nobody(world):
    browser = world.browser("hanako")
    browser.get("/cases")
    answer = browser.post("/cases/search", text="長" * 101)

    assert answer.status_code == 422
    assert "長" * 101 in answer.text
    assert "Aさん・Bさん世帯" in answer.text
