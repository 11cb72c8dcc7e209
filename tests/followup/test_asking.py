"""After closing: one button asks everybody for their own roles; who is silent is asked once more, kindly; wishes are answered."""

from __future__ import annotations

from datetime import timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.asking import Asking
from actions.models import ActionItem
from actions.requests import ChangeRequest
from actions.words import Answer, Reception
from cases.models import Case
from core.database import session, unit, utcnow
from followup.asking import AGAIN
from meetings.models import Meeting
from meetings.table import Hearing, Level, SeatRole
from notices.kinds import NoticeKind
from notices.models import tell
from tests.actions.after import After, day

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


@pytest.fixture
def after(world):
    """次郎 has two roles, 三郎's agency has one without a name, nobody has the ride; the meeting has closed."""
    world.open_meeting()
    made = After(world)
    made.put("visit", "jiro", "訪問する")
    made.put("call", "jiro", "夜に電話する")
    made.put("ride", "", "通院を送迎する")
    with made.unit():
        agency = world.member(world.saburo).agency
    made.put("plan", "", "計画案を作る", agency=agency)
    world.close_meeting()
    return made


@pytest.fixture
def hanako(after):
    browser = after.world.browser("hanako")
    browser.get(page(after))
    return browser


def page(after):
    return f"/meetings/{after.world.meeting}/follow-up"


def ask(after, hanako, days=3):
    return hanako.post(f"/meetings/{after.world.meeting}/askings", answer_by=day(days).isoformat())


def nudge(after, hanako, login="jiro"):
    with after.unit():
        member = after.world.member(getattr(after.world, login)).id
    return hanako.post(f"/meetings/{after.world.meeting}/nudges", member=str(member))


def yesterday(after):
    """All that was asked, was asked a day ago."""
    with after.unit():
        session.execute(sa.update(Asking).values(at=utcnow() - timedelta(days=1)))


def test_the_page_names_who_took_what_and_what_nobody_has(hanako):
    assert all(each in hanako.page for each in ("佐藤 次郎", "田中 三郎", "訪問する", "通院を送迎する", "未割当の役割"))
    assert "全員に確認をお願いする(2人)" in hanako.page


def test_one_button_asks_each_for_their_own_and_says_nothing_of_the_case(after, hanako):
    assert ask(after, hanako).status_code == 303
    assert sorted(after.notices(NoticeKind.CONFIRM)) == [("佐藤 次郎", 2), ("田中 三郎", 1)]
    with after.unit():
        told = session.execute(sa.text("SELECT about, path FROM notice WHERE kind = 'confirm'")).all()
        assert {each.path for each in told} == {"/actions/confirm"}
        assert not any("訪問" in each.about or "Aさん" in each.about for each in told)


def test_pressed_twice_it_asks_once_and_later_only_for_what_is_new(after, hanako):
    ask(after, hanako)
    ask(after, hanako)
    assert len(after.notices(NoticeKind.CONFIRM)) == 2
    after.put("form", "jiro", "申請書を届ける")
    assert "全員に確認をお願いする(1人)" in hanako.get(page(after)).text
    ask(after, hanako)

    assert after.notices(NoticeKind.CONFIRM)[2:] == [("佐藤 次郎", 1)]


def test_a_day_that_has_passed_is_refused_and_nobody_is_asked(after, hanako):
    assert ask(after, hanako, days=-1).status_code == 422
    assert ask(after, hanako, days=99).status_code == 422
    assert after.notices(NoticeKind.CONFIRM) == []


def test_a_nudge_goes_once_a_day_and_the_second_says_so_kindly(after, hanako):
    ask(after, hanako)
    assert "1日1回まで" in hanako.get(nudge(after, hanako).location).text  # asked today
    yesterday(after)
    for _twice in range(2):
        nudge(after, hanako)

    assert after.notices(NoticeKind.CONFIRM)[2:] == [("佐藤 次郎", 2)]


def test_who_has_answered_is_not_asked_once_more_and_who_is_late_is_marked(after, hanako):
    ask(after, hanako)
    with after.unit():
        session.execute(sa.update(Asking).values(answer_by=day(-1), at=utcnow() - timedelta(days=5)))
    after.says("jiro", "visit", "take")
    after.says("jiro", "call", "take")
    text = hanako.get(page(after)).text

    assert text.count("回答期限を過ぎています") == 1 and "回答済み" in text
    nudge(after, hanako)
    assert len(after.notices(NoticeKind.CONFIRM)) == 2


def test_what_was_taken_back_is_late_when_its_day_has_passed(after, hanako):
    ask(after, hanako)
    after.says("jiro", "visit", "bring_back", answer_by=day(-1))
    assert "回答期限を過ぎています" in hanako.get(page(after)).text


def test_a_difficult_role_is_looked_for_again(after, hanako):
    after.says("jiro", "visit", "hard", "体制がない")
    text = hanako.get(page(after)).text

    assert "体制がない" in text.split("未割当の役割")[1]


def test_a_wish_is_accepted_with_one_tap(after, hanako):
    made = wish(after)
    assert "申出のとおりにする" in hanako.get(page(after)).text
    for _twice in range(2):
        assert hanako.post(f"/wishes/{made}/reception", reception="accepted").status_code == 303
    with after.role("visit") as role:
        assert (role.due_on, role.confirmation.answer, len(role.confirmations)) == (day(20), Answer.TAKE, 1)


def test_a_wish_is_kept_only_with_a_word_and_countered_only_with_something_else(after, hanako):
    made = wish(after)
    hanako.get(page(after))
    assert hanako.post(f"/wishes/{made}/reception", reception="kept", counter_what="訪問する").status_code == 422
    assert "理由を一言" in hanako.page
    refused = hanako.post(f"/wishes/{made}/reception", reception="countered", counter_what="訪問する", counter_on="2020-01-01", word="早く")
    assert refused.status_code == 422 and "会議より前" in refused.text and "早く" in refused.text
    assert hanako.post(f"/wishes/{made}/reception", reception="countered", counter_what="訪問する", counter_on=day(15).isoformat()).status_code == 303
    with after.unit():
        assert session.get(ChangeRequest, made).reception == Reception.COUNTERED


def test_closing_the_room_leads_here(world):
    world.open_meeting()
    hanako = world.browser("hanako")
    form = hanako.get(f"/meetings/{world.meeting}/closing").text
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    answer = hanako.post(f"/meetings/{world.meeting}/closing", held_from="14:00", held_to="15:00", lead_agency_id="0", version=version, close="knowing")

    assert answer.location == f"/meetings/{world.meeting}/follow-up"
    assert "この会議で役割を引き受けた方はいません" in hanako.get(answer.location).text


def wish(after) -> int:
    with after.role("visit") as role:
        return ChangeRequest.ask(role, after.user("jiro"), due_on=day(20), takes=True, read=role.fingerprint).id


def test_each_team_asks_for_its_own_cases(world):
    with world.app.app_context(), unit():
        meeting, other = session.get(Meeting, world.meeting), session.get(User, world.other)
        hearing = meeting.hear(session.get(Case, world.hidden_case))
        for login in (world.other, world.saburo):
            hearing.seat(world.member(login), Level.REQUIRED, SeatRole.PARTICIPANT)
        session.flush()
        second = hearing.id
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting, other = session.get(Meeting, world.meeting), session.get(User, world.other)
        hearing = session.get(Hearing, second)
        hearing.open(by=other)
        ActionItem.assign(hearing, other, "theirs", "Zさんを訪ねる", member=world.member(world.saburo))
    after = After(world)
    after.put("visit", "jiro", "訪問する")
    world.close_meeting()
    hanako = world.browser("hanako")
    text = hanako.get(page(after)).text

    assert "訪問する" in text and "Zさんを訪ねる" not in text
    ask(after, hanako)
    assert after.notices(NoticeKind.CONFIRM) == [("佐藤 次郎", 1)]
    theirs = world.browser("other")
    assert "Zさんを訪ねる" in theirs.get(page(after)).text
    ask(after, theirs)
    assert after.notices(NoticeKind.CONFIRM) == [("佐藤 次郎", 1), ("田中 三郎", 1)]


def test_who_asked_for_a_change_is_not_called_silent_and_not_asked_once_more(after, hanako):
    ask(after, hanako)
    yesterday(after)
    wish(after)
    after.says("jiro", "call", "take")
    text = hanako.get(page(after)).text
    theirs = text.split("佐藤 次郎</h3>")[1].split("田中 三郎</h3>")[0]
    assert "変更の申出あり" in theirs and "再度お願いする" not in theirs and "未回答" not in theirs
    assert "まだ回答のない方が1人" in text
    nudge(after, hanako)
    assert len(after.notices(NoticeKind.CONFIRM)) == 2


def test_what_was_taken_back_is_an_answer_even_when_its_day_has_passed(after, hanako):
    ask(after, hanako)
    after.says("jiro", "visit", "bring_back", answer_by=day(-2))
    after.says("jiro", "call", "take")
    after.says("saburo", "plan", "take")
    text = hanako.get(page(after)).text
    assert "まだ回答のない方が" not in text and text.count("持ち帰りの期日(") == 1


def test_a_member_of_the_team_without_a_seat_is_asked_by_the_same_button(after, hanako):
    with after.unit():
        case = session.get(Case, after.world.case)
        case.join_team(session.get(User, after.world.other))
        role = session.get(ActionItem, after.ids["ride"])
        role.rewrite(after.user("hanako"), role.what, None, after.world.member(after.world.other), role.due_on, role.rank)
        name = after.world.member(after.world.other).name
    assert "席がありません" not in hanako.get(page(after)).text
    ask(after, hanako)
    assert (name, 1) in after.notices(NoticeKind.CONFIRM)


def test_today_leads_to_who_was_not_asked_and_to_what_was_asked_for(after, hanako):
    assert "役割の確認をまだお願いしていません" in hanako.get("/").text
    ask(after, hanako)
    assert "役割の確認をまだお願いしていません" not in hanako.get("/").text
    wish(after)
    assert "変更の申出が1件あります" in hanako.get("/").text and f"{page(after)}#wishes" in hanako.page


def test_who_asked_for_a_change_reads_so_in_place_of_an_empty_form(after, hanako):
    ask(after, hanako)
    wish(after)
    jiro = after.world.browser("jiro")
    text = jiro.get("/actions/confirm").text
    assert text.count("変更の申出中(回答待ち)") == 1 and "このままの内容で回答する" in text and "1件" in text.split("<h1>")[1][:300]
    assert "回答を待っている役割が1件" in jiro.get("/").text


def test_the_row_says_that_somebody_was_reminded_of_itself(after, hanako):
    ask(after, hanako)
    with after.unit():
        asked = session.scalars(sa.select(Asking).order_by(Asking.id)).first()
        tell(asked.member, NoticeKind.CONFIRM, f"{AGAIN}{asked.id}/{asked.member_id}", topic=after.meeting().topic)
    assert "自動で再度お知らせ(" in hanako.get(page(after)).text


def test_a_wish_beside_an_answer_shows_in_the_row_as_well(after, hanako):
    after.says("jiro", "visit", "condition", "午後なら")
    wish(after)
    theirs = hanako.get(page(after)).text.split("佐藤 次郎</h3>")[1].split("田中 三郎</h3>")[0]
    assert "変更の申出あり" in theirs and "条件付き" in theirs
