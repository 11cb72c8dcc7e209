"""The page where somebody answers all their roles after the meeting: few taps, nothing lost, nothing preselected."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from actions.words import Answer
from core.database import session
from ground_rules.models import Acknowledgement
from meetings import minutes, record
from notices.kinds import NoticeKind
from tests.actions.after import After, day
from tests.actions.test_wishes import wish

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


@pytest.fixture
def after(world):
    """次郎 took three roles, 三郎 one; the meeting has closed, 次郎 was asked."""
    world.open_meeting()
    made = After(world)
    for name, what in (("visit", "週1回訪問する"), ("call", "夜に電話する"), ("form", "申請書を届ける")):
        made.put(name, "jiro", what)
    made.put("ride", "saburo", "通院を送迎する")
    world.close_meeting()
    made.ask("jiro", "visit", "call", "form")
    return made


@pytest.fixture
def jiro(after):
    browser = after.world.browser("jiro")
    browser.get("/actions/confirm")
    return browser


def send(after, browser, **said):
    """Send the page as it was read, with what is said to each role: `visit=dict(answer="take")`."""
    reads = dict(re.findall(r'name="r(\d+)-read" value="(\w+)"', browser.page))
    ids = {str(id): name for name, id in after.ids.items()}
    fields = {f"r{id}-read": read for id, read in reads.items()}
    fields |= {f"r{id}-{field}": value for id in reads for field, value in said.get(ids[id], {}).items()}
    return browser.post("/actions/confirm", fields)


def answers(after):
    found = {}
    for name in after.ids:
        with after.role(name) as role:
            found[name] = role.confirmation and role.confirmation.answer
    return found


def test_all_own_roles_stand_on_one_page_and_nothing_is_chosen_for_anybody(jiro):
    assert all(what in jiro.page for what in ("週1回訪問する", "夜に電話する", "申請書を届ける"))
    assert "通院を送迎する" not in jiro.page and "までにご回答ください" in jiro.page
    assert not re.search(r'type="radio"[^>]*checked', jiro.page)


def test_several_are_answered_at_once_and_what_was_left_open_waits(after, jiro):
    answer = send(after, jiro, visit=dict(answer="take"), call=dict(answer="bring_back", answer_by=day(5).isoformat()))

    assert answer.status_code == 303
    assert answers(after) == dict(visit=Answer.TAKE, call=Answer.BRING_BACK, form=None, ride=None)
    page = jiro.get("/actions/confirm").text
    assert "2件の回答を記録しました" in page and "申請書を届ける" in page and "持ち帰り中です" in page and "週1回訪問する" not in page


def test_a_mistake_in_one_keeps_what_was_typed_in_all(after, jiro):
    answer = send(after, jiro, visit=dict(answer="condition"), call=dict(answer="hard", word="夜の体制がない"), form=dict(answer="bring_back", answer_by="2020-01-01"))

    assert answer.status_code == 422
    assert "条件を書いて" in answer.text and "夜の体制がない" in answer.text and 'value="2020-01-01"' in answer.text
    assert set(answers(after).values()) == {None}


def test_nothing_chosen_is_said_kindly(after, jiro):
    answer = send(after, jiro)

    assert answer.status_code == 422 and "まだ回答が選ばれていません" in answer.text


def test_a_word_without_an_answer_is_not_lost(after, jiro):
    answer = send(after, jiro, visit=dict(word="来月からなら"))

    assert answer.status_code == 422 and "来月からなら" in answer.text and "4つの回答から" in answer.text


def test_what_changed_in_between_is_shown_and_not_recorded_while_the_rest_is(after, jiro):
    after.rewrite("visit", what="月2回訪問する", due_on=day(12))
    answer = send(after, jiro, visit=dict(answer="condition", word="午前なら"), call=dict(answer="take"))

    assert answer.status_code == 200
    assert answers(after) == dict(visit=None, call=Answer.TAKE, form=None, ride=None)
    assert "記録していません" in answer.text and "午前なら" in answer.text
    assert '<span class="gone">週1</span>' in answer.text and "<mark>月2</mark>" in answer.text
    assert send(after, jiro, visit=dict(answer="take")).status_code == 303  # bound to the new words now
    assert answers(after)["visit"] == Answer.TAKE


def test_the_same_sent_twice_has_the_same_result(after, jiro):
    page = jiro.page
    for _twice in range(2):
        jiro.page = page
        assert send(after, jiro, visit=dict(answer="hard", word="夜の体制がない")).status_code == 303
    with after.role("visit") as role:
        assert len(role.confirmations) == 1
    assert len(after.notices(NoticeKind.ANSWERED)) == 1


def test_somebody_elses_role_is_not_answered(after, jiro):
    with after.role("ride") as role:
        read = role.fingerprint
    answer = jiro.post("/actions/confirm", {f"r{after.ids['ride']}-read": read, f"r{after.ids['ride']}-answer": "take"})

    assert answer.status_code == 404
    assert answers(after)["ride"] is None


def test_final_minutes_take_no_answer_and_say_the_way_on(after, jiro):
    with after.unit():
        record.finalise(after.meeting(), after.user("hanako"), minutes.lay_out)
    answer = send(after, jiro, visit=dict(answer="hard", word="夜の体制がない"))

    assert answer.status_code == 409 and "夜の体制がない" in answer.text
    assert answers(after)["visit"] is None


def test_whoever_runs_the_case_is_told_once_for_all_that_was_not_simply_taken(after, jiro):
    send(after, jiro, visit=dict(answer="hard", word="遠い"), call=dict(answer="hard", word="夜は無理"), form=dict(answer="take"))

    assert after.notices(NoticeKind.ANSWERED) == [("山田 花子", 2)]
    with after.role("visit") as role:
        assert role.seeking


def test_who_has_answered_all_is_not_rung_for_any_more(after, jiro):
    from notices.models import Notice

    send(after, jiro, **{name: dict(answer="take") for name in ("visit", "call", "form")})
    with after.unit():
        assert [each.settled_at is not None for each in session.query(Notice).filter_by(kind=NoticeKind.CONFIRM)] == [True]


def test_a_wish_goes_with_the_answers_and_can_be_withdrawn(after, jiro):
    answer = send(after, jiro, visit=dict(answer="condition", word="隔週なら", wished_what="隔週で訪問する", takes="y"), call=dict(answer="take"))
    assert answer.status_code == 303
    page = jiro.get("/actions/confirm").text

    assert "申出中" in page and "<mark>隔週で訪問</mark>" in page
    made = after.wish("visit")
    assert jiro.post(f"/wishes/{made}/withdrawal").status_code == 303
    assert "申出中" not in jiro.get("/actions/confirm").text


def test_a_wish_for_a_day_before_the_meeting_is_told_at_its_field(after, jiro):
    answer = send(after, jiro, visit=dict(wished_on="2020-01-01", wished_what="週1回訪問する"), call=dict(answer="take"))

    assert answer.status_code == 422 and "会議より前" in answer.text
    assert set(answers(after).values()) == {None}


def test_a_counter_proposal_is_agreed_to_in_one_tap_and_once(after, jiro):
    from actions.requests import ChangeRequest

    made = wish(after, due_on=day(30))
    with after.unit():
        session.get(ChangeRequest, made).counter(after.user("hanako"), due_on=day(15), word="間をとって")
    assert "間をとって" in jiro.get("/actions/confirm").text
    for _twice in range(2):
        assert jiro.post(f"/wishes/{made}/agreement").status_code == 303
    with after.role("visit") as role:
        assert (role.due_on, len(role.confirmations)) == (day(15), 1)


def test_the_page_of_one_role_says_what_changed_and_takes_the_day_of_what_is_taken_back(after, jiro):
    after.says("jiro", "visit", "take")
    after.rewrite("visit", what="月2回訪問する")
    id = after.ids["visit"]
    assert "<mark>月2</mark>" in jiro.get(f"/actions/{id}").text
    read = re.search(r'name="read" value="(\w+)"', jiro.page)[1]
    assert jiro.post(f"/actions/{id}/confirmation", answer="bring_back", read=read, answer_by=day(4).isoformat()).status_code == 303
    with after.role("visit") as role:
        assert role.confirmation.answer_by == day(4)


def test_roles_behind_the_ground_rules_are_told_of_and_nothing_of_them_shown(after):
    saburo = after.world.browser("saburo")
    with after.unit():
        for each in session.scalars(sa.select(Acknowledgement).where(Acknowledgement.member_id == after.world.member(after.world.saburo).id)):
            session.delete(each)
    page = saburo.get("/actions/confirm").text
    assert f"/meetings/{after.world.meeting}/rules" in page and "通院を送迎する" not in page
    saburo.get(f"/meetings/{after.world.meeting}/rules")
    saburo.post(f"/meetings/{after.world.meeting}/acknowledgement", accepted="1")
    page = saburo.get("/actions/confirm").text
    assert f"/meetings/{after.world.meeting}/rules" not in page and "通院を送迎する" in page
    assert f"/meetings/{after.world.meeting}/rules" not in after.world.browser("stranger").get("/actions/confirm").text
