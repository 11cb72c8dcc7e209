"""A self-check through the door: begun, answered beside the office's data, finished and frozen, compared, and on paper."""

import io
import re

import docx
import pytest

from core import clock
from core.database import session, unit
from ground_rules.models import Edition, Part, RuleText
from selfcheck.models import SelfCheck

DATABASES = ["sqlite"]  # forms and pages; the counts are asked on both in test_evidence.py
YEAR = clock.fiscal_year(clock.today())
HERE = f"/self-check/{YEAR}"
ANSWERS = {
    "intake": dict(criteria="examples", criteria_content=["single"], window="yes", case_trouble=["public_only"]),
    "meetings": dict(participants="per_case", functions=["roles"], meeting_trouble=["consent", "roles"]),
    "rules": dict(rules_written="yes", rules_content=["compliance", "safety"]),
    "running": dict(running_trouble=["no_cases"], against_dumping=["before"], collaboration=["running"]),
    "system": dict(direct=[], changes=["inside"]),
    "groundwork": dict(target_cases=["hard_cases"], consultation=[], cross_field=["existing"], team="unknown"),
}


@pytest.fixture
def hanako(world):
    return world.browser("hanako")


def begin(browser, year=YEAR):
    browser.get("/self-check")
    return browser.post("/self-check", year=str(year))


def answer(browser, section, year=YEAR, **fields):
    browser.get(f"/self-check/{year}/{section}")
    return browser.post(f"/self-check/{year}/{section}", ANSWERS[section] | fields)


def answer_all(browser, year=YEAR, **fields):
    begin(browser, year)
    for section in ANSWERS:
        assert answer(browser, section, year, **(fields if section == "rules" else {})).status_code == 303
    return browser


def finish(browser, year=YEAR, resolve="同意のない案件を毎月見渡す"):
    browser.get(f"/self-check/{year}")
    return browser.post(f"/self-check/{year}/end", resolve=resolve)


def steps(world, year=YEAR):
    with world.app.app_context(), unit(read_only=True):
        return [(each.state.value, each.by.name, each.words) for each in SelfCheck.of(year).steps]


def paper(browser, year=YEAR):
    got = browser.get(f"/self-check/{year}.docx")
    assert got.status_code == 200
    made = docx.Document(io.BytesIO(got.data))
    return "\n".join(each.text for each in made.paragraphs), [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables], got


def test_two_who_begin_at_once_begin_the_same(world, hanako):
    assert begin(hanako).location.endswith(f"{HERE}/intake")
    other = world.browser("kanri")
    other.get("/self-check")
    assert other.post("/self-check", year=str(YEAR)).status_code == 422  # not offered any more
    with world.app.app_context(), unit(read_only=True):
        assert len(SelfCheck.listed()) == 1


def test_what_the_data_speaks_for_is_chosen_beforehand(hanako):
    begin(hanako)
    page = hanako.get(f"{HERE}/rules").text
    assert re.search(r'checked[^>]*value="safety"', page) and "データでは該当" in page
    assert "グランドルール第1版" in page


def test_an_answer_against_the_data_needs_a_note(world, hanako):
    begin(hanako)
    refused = answer(hanako, "rules", rules_content=["compliance"])
    assert refused.status_code == 422 and "自所のデータと異なる回答です。" in refused.text
    assert not re.search(r'checked[^>]*value="safety"', refused.text)  # what was typed stays
    assert answer(hanako, "rules", rules_content=["compliance"], rules_content_note="読み上げていない").status_code == 303
    page = hanako.get(HERE).text
    assert "読み上げていない" in page


def test_one_answer_is_asked_for_where_one_is_to_be_given(hanako):
    begin(hanako)
    answered = answer(hanako, "intake", window="")
    assert answered.status_code == 422 and "入力してください。" not in answered.text.split("<main", 1)[1]  # it is chosen, not typed
    assert answer(hanako, "intake", window="perhaps").status_code == 422
    assert answer(hanako, "intake", case_trouble=["perhaps"]).status_code == 422


def test_two_sections_are_answered_side_by_side_and_the_same_one_not_over_each_other(world, hanako):
    begin(hanako)
    kanri = world.browser("kanri")
    for browser, section in ((hanako, "rules"), (kanri, "system")):
        browser.get(f"{HERE}/{section}")
    version = re.search(r'name="version" value="(\d+)"', hanako.page)[1]
    assert kanri.post(f"{HERE}/system", ANSWERS["system"], version="1").status_code == 303
    assert hanako.post(f"{HERE}/rules", ANSWERS["rules"], version=version).status_code == 303
    kanri.get(f"{HERE}/rules")
    stale = kanri.post(f"{HERE}/rules", ANSWERS["rules"] | dict(rules_written_note="管理の言葉"), version=version)
    assert stale.status_code == 409 and "管理の言葉" in stale.text


def test_it_is_finished_only_when_every_section_is_answered(world, hanako):
    begin(hanako)
    refused = finish(hanako)
    assert refused.status_code == 409 and steps(world) == [("draft", "山田 花子", "")]
    answer_all(hanako)
    assert finish(hanako).status_code == 303
    assert steps(world)[-1][:2] == ("finished", "山田 花子")
    assert hanako.get(f"{HERE}/rules").status_code == 303
    assert hanako.post(f"{HERE}/rules", ANSWERS["rules"]).status_code == 409
    assert finish(hanako).status_code == 303 and len(steps(world)) == 2  # a second press


def test_what_the_data_said_stays_when_the_data_changes(world, hanako):
    answer_all(hanako)
    finish(hanako)
    with world.app.app_context(), unit():
        session.add(Edition(number=2, effective_on=clock.today(), texts=[RuleText(part=Part.COMPLIANCE, language="ja", body="秘密を守る")]))
    assert "（心理的安全性）があります。" in hanako.get(HERE).text
    hanako.post(f"{HERE}/reopening", reason="数え直す")
    page = hanako.get(HERE).text
    assert "（心理的安全性）がありません。" in page and "数え直す" in page
    assert steps(world)[-1] == ("draft", "山田 花子", "数え直す")


def test_reopening_asks_for_a_reason(world, hanako):
    answer_all(hanako)
    finish(hanako)
    hanako.get(HERE)
    assert hanako.post(f"{HERE}/reopening", reason=" ").status_code == 422
    assert steps(world)[-1][0] == "finished"


def test_last_years_answers_stand_beside_these_and_what_was_resolved(world, hanako):
    answer_all(hanako, YEAR - 1, rules_content=["compliance"], rules_content_note="当時はなかった")
    finish(hanako, YEAR - 1, "約束を加える")
    page = answer_all(hanako).get(HERE).text
    assert "約束を加える" in page and "前回から変化" in page and f"{clock.fiscal_year_name(YEAR - 1)}と比較" in page
    assert "前回も同じ" in page  # the tip about consent
    text, tables, _got = paper(hanako)
    row = next(row for table in tables for row in table if row[0].startswith("心理的安全性"))
    assert row[1:] == ["○", "―", "31.6％（12）"]
    assert "前回の回答でも同じ" in text


def test_a_draft_of_last_year_is_compared_with_nothing(hanako):
    begin(hanako, YEAR - 1)
    assert "と比較" not in answer_all(hanako).get(HERE).text


def test_three_tips_lead_to_pages_that_the_reader_may_open(world, hanako):
    answer_all(hanako)
    tips = re.search(r'<section class="card check-tips".*?</section>', hanako.get(HERE).text, re.S)[0]
    assert tips.count("<li><p><b>") == 3 == tips.count('<details class="more tip">')  # each with the hint that goes with it, folded
    assert 'href="/resources"' in tips and 'href="/cases"' in tips
    theirs = re.search(r'<section class="card check-tips".*?</section>', world.browser("kanri").get(HERE).text, re.S)[0]
    assert 'href="/resources"' not in theirs and theirs.count("<li><p><b>") == 3  # the administrator has no such page


def test_every_tip_has_its_hint():
    from hints.shelf import hint
    from selfcheck.advising import shelf

    assert all(hint(each.hint, language) for each in shelf() for language in ("ja", "en"))


def test_the_clerk_reads_and_does_not_answer(world, hanako):
    answer_all(hanako)
    clerk = world.browser("fumiko")
    page = clerk.get(HERE).text
    assert "自己点検" in page and "/self-check/" in page and f'href="{HERE}/rules"' not in page and f'action="{HERE}' not in page
    assert 'action="/self-check"' not in clerk.get("/self-check").text
    assert paper(clerk)[2].status_code == 200
    for path in (f"{HERE}/rules", f"{HERE}/end", f"{HERE}/reopening", "/self-check"):
        assert clerk.post(path, reason="x", year=str(YEAR - 1)).status_code == 404
    assert world.browser("jiro").get(HERE).status_code == 404


def test_the_paper_says_where_its_figures_come_from(world, hanako):
    answer_all(hanako)
    text, tables, got = paper(hanako)
    assert clock.fiscal_year_code(YEAR) in got.headers["Content-Disposition"] and "%E6%A1%88" in got.headers["Content-Disposition"]  # 案
    for words in ("三菱UFJリサーチ＆コンサルティング", "令和4年11月9日", "n＝109（公表された割合から逆算した数）", "n＝291", "有効回答291市町村",
                  "項目ごとに母数が異なり", "次に試すこと", "自所のデータ"):
        assert words in text, words
    row = next(row for table in tables for row in table if row[0].startswith("誰のどのような") or row[0] == "ある")
    assert row == ["ある", "○", "68.8％（75）"]
    finish(hanako)
    text, tables, got = paper(hanako)
    assert "%E6%A1%88" not in got.headers["Content-Disposition"] and "同意のない案件を毎月見渡す" in text
    assert any("山田 花子" in cell for row in tables[0] for cell in row)


def test_the_paper_is_japanese_for_whoever_reads_english_too(hanako):
    answer_all(hanako)
    hanako.client.set_cookie("language", "en")
    assert "What do the ground rules cover?" in hanako.get(HERE).text
    text, _tables, _got = paper(hanako)
    assert "グランドルールには、どのような内容がありますか" in text and "Edition" not in text


def test_a_year_nobody_checked_is_not_there(hanako):
    for path in ("/self-check/2020", "/self-check/2020.docx", "/self-check/2020/rules", f"{HERE}/nothing"):
        assert hanako.get(path).status_code == 404
    begin(hanako)
    assert hanako.get(f"{HERE}/nothing").status_code == 404
