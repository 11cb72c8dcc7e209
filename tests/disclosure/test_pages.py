"""A request for disclosure from the counter to the paper that is handed out, through the doors."""

from __future__ import annotations

import io
import re

import docx
import pytest
import sqlalchemy as sa

from accounts.models import User
from cases.consent import ConsentState
from cases.models import Case, HouseholdPerson
from core import clock
from core.audit import AuditRow
from core.database import session, unit, utcnow
from disclosure.models import DisclosureRequest, IssuedPaper, Item
from disclosure.words import Verdict
from meetings.models import Meeting
from retention import holds
from tests.disclosure.conftest import NAME, request, visitor

DATABASES = ["sqlite"]  # plain questions, and tests/test_access.py knocks at the doors
TODAY = clock.today().isoformat()


def test_a_request_is_numbered_and_its_days_are_counted(town, asked):
    page = visitor(town, "fumiko").get(asked).text
    kept = the_request(town)

    assert kept.number in page and kept.number.endswith("-開示-0001")
    assert (kept.last_day - kept.received_on).days == 30
    assert clock.wareki(kept.decide_by) in page


def test_whoever_asks_for_their_own_shows_who_they_are(town):
    fumiko = visitor(town, "fumiko")

    assert fumiko.post("/disclosures", request(identity_by="")).status_code == 422
    assert fumiko.post("/disclosures", request(capacity="proxy")).status_code == 422
    assert fumiko.post("/disclosures", request(capacity="anyone", identity_by="")).status_code == 303


def test_somebody_with_the_right_to_names_finds_the_person_in_every_case(town, asked):
    other = visitor(town, "other")
    page = other.post(f"{asked}/finding", dict(wanted="みほん")).text

    assert NAME in page
    assert other.get(f"/cases/{town.case}").status_code == 404  # the case itself stays closed
    assert ("saw", f"identity/{town.identity}", f"disclosure_request/{the_request(town).id}") in noted(town)
    assert NAME not in str(noted(town)) and "みほん" not in str(noted(town))


def test_what_is_done_of_the_way_looks_otherwise_than_what_comes(town, found):
    page = visitor(town, "fumiko").get(found).text
    way = re.search(r'<ol class="steps".*?</ol>', page, re.S)[0]

    assert re.findall(r'<li (.*?)>', way) == ['class="done"', 'class="done"', 'aria-current="step"', "", ""]
    assert "保管： 封緘" in re.sub(r"\s+", " ", page) and "状態・保管" in page


def test_nobody_else_reads_the_name(town, found):
    pages = [visitor(town, who).get(found).text for who in ("fumiko", "hanako")]

    assert not any(NAME in page for page in pages)
    assert visitor(town, "fumiko").get(f"{found}/finding").status_code == 404


def test_what_exists_is_listed_by_kind_number_and_day_and_not_by_content(town, found):
    with town.app.app_context(), unit(read_only=True):
        case = session.get(Case, town.case)
        number, secret = case.number, case.summary or "―"
        kinds = set(session.scalars(sa.select(Item.kind)))
    page = visitor(town, "fumiko").get(found).text

    assert {"case", "household_person", "identity", "consent", "draft"} <= kinds
    assert number in page and secret not in page


def test_a_second_look_adds_what_is_new_and_keeps_what_was_said(town, found):
    with town.app.app_context(), unit():
        session.scalar(sa.select(Item).where(Item.kind == "case")).judge(session.get(User, town.hanako), Verdict.OPEN, "", "")
        session.add(HouseholdPerson(case_id=town.case, position=9, label="Nさん"))
        session.get(HouseholdPerson, town.mother).record_consent(session.get(User, town.hanako), ConsentState.GIVEN, clock.today())
    before = count(town)
    visitor(town, "fumiko").post(f"{found}/gathering", {})

    assert count(town) == before + 1  # the consent; the new member of the household is a third party
    with town.app.app_context(), unit(read_only=True):
        assert session.scalar(sa.select(Item.verdict).where(Item.kind == "case")) is Verdict.OPEN


def test_the_team_of_the_case_proposes_and_nobody_else(town, found):
    with town.app.app_context(), unit(read_only=True):
        item = session.scalar(sa.select(Item.id).where(Item.kind == "consent"))
    fields = dict(verdict="withheld", ground="", note="")
    assert f'href="/cases/{town.case}"' in visitor(town, "hanako").get(f"/disclosure-items/{item}").text.split("<main", 1)[1]  # to read it first

    assert visitor(town, "other").post(f"/disclosure-items/{item}", fields).status_code == 404
    assert visitor(town, "fumiko").post(f"/disclosure-items/{item}", fields).status_code == 404
    assert visitor(town, "hanako").post(f"/disclosure-items/{item}", fields).status_code == 422  # on which ground?
    assert visitor(town, "hanako").post(f"/disclosure-items/{item}", fields | dict(verdict="open")).status_code == 303


def test_nothing_is_handed_out_before_every_record_was_looked_at(town, found):
    decision = dict(decision="partly", decided_on=TODAY, decided_by="福祉部長", ground="第78条第1項第2号", reason="第三者の情報")
    fumiko = visitor(town, "fumiko")

    answer = fumiko.post(f"{found}/decision", decision)
    assert answer.status_code == 422 and "第三者の情報" in answer.text and "未検討" in answer.text  # what was typed stays
    judge_all(town)
    assert fumiko.post(f"{found}/decision", decision).status_code == 303


def test_a_refusal_needs_its_reasons(town, found):
    assert visitor(town, "fumiko").post(f"{found}/decision", dict(decision="absent", decided_on=TODAY, decided_by="部長")).status_code == 422


def test_the_records_are_held_from_disposal_until_it_is_carried_out(town, found):
    assert held(town)
    judge_all(town)
    fumiko = visitor(town, "fumiko")
    fumiko.post(f"{found}/decision", dict(decision="open", decided_on=TODAY, decided_by="部長"))
    assert held(town)
    fumiko.post(f"{found}/delivery", dict(delivered_on=TODAY, delivery="copy", delivery_note="10枚"))

    assert not held(town)


def test_the_time_is_extended_once_and_the_day_moves(town, found):
    before = the_request(town).last_day
    visitor(town, "fumiko").post(f"{found}/extension", dict(extended_on=TODAY, extension_reason="文書が多い"))

    assert (the_request(town).last_day - before).days == 30


def test_a_notice_tells_decision_ground_reasons_and_remedies_and_no_name(town, found):
    judge_all(town)
    fumiko = visitor(town, "fumiko")
    fumiko.post(f"{found}/decision", dict(decision="partly", decided_on=TODAY, decided_by="部長", ground="第78条第1項第2号", reason="第三者の発言"))
    answer = fumiko.get(f"{found}/notice.docx")
    text = words(answer.data)

    assert "部分開示決定通知書" in text and "第78条第1項第2号" in text and "第三者の発言" in text and "審査請求" in text
    assert NAME not in text and NAME not in answer.headers["Content-Disposition"]


def test_a_decision_neither_confirming_nor_denying_lists_nothing(town, found):
    fumiko = visitor(town, "fumiko")
    fumiko.post(f"{found}/decision", dict(decision="unconfirmed", decided_on=TODAY, decided_by="部長", ground="第81条", reason="答えるだけで不開示情報を開示することになる"))
    with town.app.app_context(), unit(read_only=True):
        number = session.get(Case, town.case).number

    assert number not in words(fumiko.get(f"{found}/notice.docx").data)


def test_an_issued_paper_stays_as_it_was_and_a_changed_one_is_not_shown(town, found):
    fumiko = visitor(town, "fumiko")
    fumiko.post(f"{found}/papers/inventory", {})
    first = fumiko.get("/disclosure-papers/1.docx").data
    judge_all(town)
    assert fumiko.get("/disclosure-papers/1.docx").data == first
    assert words(first) != words(fumiko.get(f"{found}/inventory.docx").data)

    with town.app.app_context(), unit():
        session.execute(sa.update(IssuedPaper).values(content=sa.func.replace(IssuedPaper.content, "会議録", "会議禄")))
    assert fumiko.get("/disclosure-papers/1.docx").status_code == 409


def test_who_saw_it_tells_of_everybody_who_looked(town, found):
    visitor(town, "hanako").get(f"/cases/{town.case}")
    fumiko = visitor(town, "fumiko")
    page, only = fumiko.get(f"{found}/seen?verify=1").text, fumiko.get(f"{found}/seen?act=exported").text

    assert "山田 花子" in page and "書き換え" in page
    assert "山田 花子" not in only
    assert "山田 花子" in fumiko.get(f"{found}/seen.csv").data.decode("utf-8-sig")
    assert "山田 花子" in words(fumiko.get(f"{found}/seen.docx").data)


def test_who_saw_it_is_looked_up_and_not_searched_for_among_the_rows_of_others(town):
    with town.app.app_context(), unit(read_only=True):
        plan = session.execute(sa.text("EXPLAIN QUERY PLAN SELECT who, count(*) FROM audit WHERE subject IN ('case/1', 'case/2') GROUP BY who")).all()
    assert "ix_audit_subject" in str(plan)


def test_it_waits_on_today_for_the_clerk_and_for_the_team(town, found):
    number = the_request(town).number

    assert number in visitor(town, "fumiko").get("/").text
    assert number in visitor(town, "hanako").get("/").text
    assert number not in visitor(town, "jiro").get("/").text


def test_a_request_of_anybodys_names_a_case_by_its_number(town):
    fumiko = visitor(town, "fumiko")
    where = fumiko.post("/disclosures", request(capacity="anyone", identity_by="")).location
    with town.app.app_context(), unit(read_only=True):
        number = session.get(Case, town.case).number

    assert fumiko.post(f"{where}/cases", dict(case_number="R01-9999")).status_code == 422
    assert fumiko.post(f"{where}/cases", dict(case_number=number)).status_code == 303
    assert count(town) > 0


def test_a_case_that_is_not_meant_is_taken_off_again_by_whoever_named_it(town):
    fumiko = visitor(town, "fumiko")
    where = fumiko.post("/disclosures", request(capacity="anyone", identity_by="")).location
    with town.app.app_context(), unit(read_only=True):
        number = session.get(Case, town.case).number
    fumiko.post(f"{where}/cases", dict(case_number=number))
    assert held(town)
    taken = re.search(rf'action="({where}/cases/\d+/removal)"', fumiko.get(where).text)[1]

    assert visitor(town, "hanako").post(taken, {}).status_code == 404
    assert fumiko.post(taken, {}).status_code == 303
    assert count(town) == 0 and not held(town)


def test_taking_somebody_off_loses_nothing_of_what_was_said_about_the_others(town, asked):
    other = visitor(town, "other")
    other.post(f"{asked}/people/{town.identity}", {})
    with town.app.app_context(), unit():
        member = town.member(town.jiro).id
    other.post(f"{asked}/members/{member}", {})
    with town.app.app_context(), unit():
        session.scalars(sa.select(Item).where(Item.kind == "case")).one().judge(session.get(User, town.hanako), Verdict.WITHHELD, "第78条", "父の部分")
    before = count(town)
    taken = re.findall(rf'action="({asked}/subjects/\d+/removal)"', other.get(f"{asked}/finding").text)[-1]
    assert other.post(taken, {}).status_code == 303

    with town.app.app_context(), unit(read_only=True):
        kept = session.scalars(sa.select(Item).where(Item.kind == "case")).one()
        assert (kept.verdict, kept.ground, kept.note) == (Verdict.WITHHELD, "第78条", "父の部分")
        assert count(town) < before and not session.scalars(sa.select(Item).where(Item.record == f"member/{member}")).all()


def test_what_was_issued_keeps_its_number_and_its_days_once_it_is_decided(town, found):
    judge_all(town)
    fumiko = visitor(town, "fumiko")
    assert fumiko.post(f"{found}/decision", dict(decision="open", decided_on=TODAY, decided_by="部長")).status_code == 303
    number = the_request(town).number
    assert fumiko.get(f"{found}/edit").status_code in (404, 409)
    assert fumiko.post(found, request(capacity="anyone", received_on="2026-01-05")).status_code == 409
    assert the_request(town).number == number
    assert f"{found}/edit" not in fumiko.get(found).text


def test_somebody_part_of_whose_records_was_disposed_of_is_found_all_the_same(town, asked):
    with town.app.app_context(), unit():
        session.get(Meeting, town.meeting).disposed_at = utcnow()
    other = visitor(town, "other")
    assert other.post(f"{asked}/people/{town.identity}", {}).status_code == 303
    assert other.post(f"{asked}/found", {}).status_code == 303
    assert visitor(town, "fumiko").post(f"{asked}/gathering", {}).status_code == 303
    assert not held(town)


def test_terms_of_the_office_hold_for_the_next_request(town, asked):
    fumiko = visitor(town, "fumiko")
    fields = dict(days="14", extension="45", closed="same", own="第78条", foi="条例", remedies="教示", version="1")
    assert fumiko.post("/disclosures/terms", fields).status_code == 303
    fumiko.post("/disclosures", request())

    with town.app.app_context(), unit(read_only=True):
        assert [(each.last_day - each.received_on).days for each in session.scalars(sa.select(DisclosureRequest).order_by(DisclosureRequest.id))] == [30, 14]


@pytest.mark.parametrize("who", ["kanri", "jiro"])
def test_it_does_not_exist_for_anybody_else(town, found, who):
    assert {visitor(town, who).get(where).status_code for where in (found, "/disclosures", f"{found}/seen", f"{found}/inventory.docx")} == {404}


def the_request(town) -> DisclosureRequest:
    with town.app.app_context(), unit(read_only=True):
        return session.scalar(sa.select(DisclosureRequest))


def noted(town) -> list[tuple]:
    with town.app.app_context(), unit(read_only=True):
        return [tuple(row) for row in session.execute(sa.select(AuditRow.act, AuditRow.subject, AuditRow.detail))]


def count(town) -> int:
    with town.app.app_context(), unit(read_only=True):
        return session.scalar(sa.select(sa.func.count()).select_from(Item))


def judge_all(town) -> None:
    with town.app.app_context(), unit():
        for item in session.scalars(sa.select(Item)):
            item.judge(session.get(User, town.hanako), Verdict.OPEN, "", "")


def held(town) -> bool:
    with town.app.app_context(), unit(read_only=True):
        return bool(holds.held(list(session.scalars(sa.select(Meeting.id)))))


def words(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    return "\n".join([*(each.text for each in paper.paragraphs), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)])
