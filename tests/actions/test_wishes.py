"""After the meeting: an answer is bound to words, a wish for other words is answered, whoever was asked is asked again."""

from __future__ import annotations

import pytest

from actions import rules
from actions.asking import asked_in_other_words
from actions.requests import ChangeRequest
from actions.wording import changes
from actions.words import Answer, Reception, Via
from core.database import session
from core.web import Refused
from meetings import minutes, record
from notices.kinds import NoticeKind
from tests.actions.after import After, day


@pytest.fixture
def after(world):
    """次郎 has a role of a closed meeting, and was asked for it."""
    world.open_meeting()
    made = After(world)
    made.put("visit", "jiro")
    world.close_meeting()
    made.ask("jiro", "visit")
    return made


def test_whoever_was_asked_is_told_once_with_a_number_and_no_word_of_the_case(after):
    assert after.notices(NoticeKind.CONFIRM) == [("佐藤 次郎", 1)]


def test_an_answer_through_a_link_names_no_user_and_one_by_telephone_was_heard(after):
    with after.role("visit") as role:
        made = role.confirm(None, Answer.TAKE, read=role.fingerprint)
        assert (made.via, made.by_id, made.heard) == (Via.LINK, None, False)
        made = role.confirm(after.user("hanako"), Answer.CONDITION, "午前なら", via="phone")
        assert made.heard and made.due_on == role.due_on


def test_what_is_taken_back_is_kept_with_its_day(after):
    after.says("jiro", "visit", "bring_back", answer_by=day(3))
    with after.role("visit") as role:
        assert role.confirmation.answer_by == day(3)


def test_other_words_after_the_meeting_ask_their_holder_again_and_say_what_changed(after):
    after.says("jiro", "visit", "take")
    after.rewrite("visit", due_on=day(16))

    assert after.notices(NoticeKind.CONFIRM) == [("佐藤 次郎", 1)] * 2
    with after.role("visit") as role:
        assert [(each.label, each.old != each.new) for each in changes(role.outdated, role)] == [("いつまでに", True)]
        assert asked_in_other_words(role).due_on == day(9)


def test_whoever_was_not_asked_yet_is_not_asked_by_a_change(after):
    after.put("call", "saburo", "電話する")
    after.rewrite("call", due_on=day(16))

    assert after.notices(NoticeKind.CONFIRM) == [("佐藤 次郎", 1)]


def test_a_wish_is_told_to_whoever_runs_the_case_and_changes_nothing_yet(after):
    wish(after, due_on=day(20))

    assert after.notices(NoticeKind.CHANGE_ASKED) == [("山田 花子", 1)]
    with after.role("visit") as role:
        assert role.due_on == day(9) and role.requests[0].waiting


def test_an_accepted_wish_is_written_and_taken_on_only_where_the_holder_said_so(after):
    for takes in (False, True):
        made = wish(after, what="隔週で訪問する" if takes else "月1回訪問する", takes=takes)
        with after.unit():
            session.get(ChangeRequest, made).accept(after.user("hanako"))
        with after.role("visit") as role:
            assert (role.confirmation is not None) == takes
    assert after.notices(NoticeKind.CHANGE_ANSWERED) == [("佐藤 次郎", 1)] * 2
    assert len(after.notices(NoticeKind.CONFIRM)) == 2  # asked again where they had not taken it on


def test_a_counter_proposal_is_written_when_the_holder_agrees_and_is_taken_on_with_that(after):
    made = wish(after, due_on=day(30))
    with after.unit():
        session.get(ChangeRequest, made).counter(after.user("hanako"), due_on=day(15), word="間をとって")
    with after.role("visit") as role:
        assert role.due_on == day(9) and role.requests[0].offered
        role.requests[0].agree(after.user("jiro"))
    with after.role("visit") as role:
        assert (role.due_on, role.confirmation.answer) == (day(15), Answer.TAKE)
        assert not role.requests[0].offered


def test_one_wish_at_a_time_and_the_same_sent_twice_is_one(after):
    assert wish(after, due_on=day(20)) == wish(after, due_on=day(20))
    with pytest.raises(Refused, match="まだ回答がありません"):
        wish(after, due_on=day(21))


def test_an_answered_wish_is_answered_once(after):
    made = wish(after, due_on=day(20))
    with after.unit():
        for _twice in range(2):
            session.get(ChangeRequest, made).keep(after.user("hanako"), "急ぎのため")
        with pytest.raises(Refused, match="すでに回答"):
            session.get(ChangeRequest, made).accept(after.user("hanako"))
        assert session.get(ChangeRequest, made).reception == Reception.KEPT


def test_a_wish_against_words_that_are_gone_is_not_carried_out(after):
    made = wish(after, due_on=day(20))
    after.rewrite("visit", what="電話する")
    with after.unit(), pytest.raises(Refused, match="書き換えられ"):
        session.get(ChangeRequest, made).accept(after.user("hanako"))
    with after.role("visit") as role:
        assert role.due_on == day(9) and not role.requests[0].waiting


def test_a_day_before_the_meeting_is_no_day_to_wish_for(after):
    with pytest.raises(Refused, match="会議より前"):
        wish(after, due_on=day(-3))


def test_nothing_is_wished_for_once_the_minutes_are_final(after):
    with after.unit():
        record.finalise(after.meeting(), after.user("hanako"), minutes.lay_out)
    with pytest.raises(Refused, match="確定"):
        wish(after, due_on=day(20))


def test_a_role_is_not_due_before_its_meeting_nor_after_its_end():
    assert rules.unfit_day(day(-1), day(0), None) == "before"
    assert rules.unfit_day(day(9), day(0), day(8)) == "after"
    assert rules.unfit_day(None, day(0), day(8)) == rules.unfit_day(day(8), day(0), day(8)) == ""


def wish(after, **words) -> int:
    """次郎 would rather have it otherwise; the number of the wish."""
    with after.role("visit") as role:
        made = ChangeRequest.ask(role, after.user("jiro"), read=role.fingerprint, **words)
        return made.id
