"""Nobody is pushed: the rules of roles, as sentences."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from actions.rules import No, against, fingerprint, heavy, near_days, plain, together
from actions.words import Rank

HEALTH, SHELTER = 1, 2
JIRO, SABURO, HANAKO = 11, 12, 13
SAID = No(role=5, words=("夜の電話",), agency=HEALTH, member=JIRO)
AGENCY_SAID = No(role=5, words=("夜の電話",), agency=HEALTH)


def test_whoever_said_it_is_difficult_does_not_get_the_same_role_again():
    assert against([SAID], 5, "夜の電話", HEALTH, JIRO) == SAID


@pytest.mark.parametrize("retyped", ["夜の電話", " 夜の 電話。", "夜の電話\n", "「夜の電話」", "夜の電話\ufe0f", "夜の\u034f電話", "夜の電話\U000e0100", "夜の電話\u3164",
                                     "夜の電話○", "夜の電話～", "夜の電話＋", "夜の電話゛", "夜の電話→", "夜\u200bの電\u00ad話", "夜の電話\uffa0"])
def test_nor_the_same_words_typed_anew(retyped):
    assert against([SAID], None, retyped, HEALTH, JIRO) == SAID


def test_nor_the_same_role_in_slightly_other_words():
    assert against([SAID], 5, "夕方の電話", HEALTH, JIRO) == SAID


def test_another_role_may_be_asked_of_them():
    assert against([SAID], 6, "朝の電話", HEALTH, JIRO) is None


def test_a_voiced_sound_makes_another_word_however_it_was_typed():
    assert plain("か\u3099") == plain("が") == plain("ｶﾞ".replace("ｶ", "か")) != plain("か")
    assert plain("○") != plain("×")


def test_the_no_goes_with_the_person_to_another_agency():
    assert against([SAID], None, "夜の電話", SHELTER, JIRO) == SAID
    assert against([SAID], None, "夜の電話", SHELTER, None) is None


def test_another_agency_may_be_asked():
    assert against([SAID, AGENCY_SAID], 5, "夜の電話", SHELTER, HANAKO) is None


def test_a_persons_no_holds_for_the_agency_as_such_and_a_colleague_may_be_asked_by_name():
    assert against([SAID], 5, "夜の電話", HEALTH, None) == SAID
    assert against([SAID], 5, "夜の電話", HEALTH, SABURO) is None


def test_an_agencys_no_holds_for_all_its_people():
    assert against([AGENCY_SAID], 5, "夜の電話", HEALTH, SABURO) == AGENCY_SAID


def test_whoever_takes_it_on_themselves_after_all_is_not_stopped():
    assert against([SAID], 5, "夜の電話", HEALTH, JIRO, asking=(HEALTH, JIRO)) is None
    assert against([SAID], 5, "夜の電話", HEALTH, JIRO, asking=(HEALTH, SABURO)) == SAID


def test_nobody_may_always_have_it():
    assert against([SAID], 5, "夜の電話", None, None) is None


def test_a_role_without_an_end_is_confirmed_as_it_was_before_roles_could_end():
    """The hash as it was computed and stored before."""
    words = ("月1回の訪問", HEALTH, JIRO, date(2026, 12, 1), "main")

    assert fingerprint(*words, None) == "8769b771a22f0622187a493ca64624a50bf91284443eb0c10efe8fd7503965c8"
    assert fingerprint(*words, date(2027, 3, 1)) != fingerprint(*words, None)


def test_one_agency_with_more_than_half_is_seen_from_three_roles_on():
    assert heavy({HEALTH: 2, SHELTER: 1}, 3) == HEALTH
    assert heavy({HEALTH: 2, SHELTER: 2}, 4) is None
    assert heavy({HEALTH: 2}, 2) is None


def test_those_who_hold_one_task_stand_together_the_main_one_first():
    roles = [role(1, "訪問", Rank.SUPPORT), role(2, "送迎"), role(3, "訪問 "), role(4, "車を出す", Rank.SUB, with_id=2), role(5, "見守り", with_id=9)]

    assert [[each.id for each in task] for task in together(roles)] == [[3, 1], [2, 4], [5]]


def test_the_near_days_are_days_the_office_is_open():
    days = near_days(date(2026, 12, 22), next_on=date(2027, 1, 20))

    assert days == dict(week=date(2027, 1, 4), fortnight=date(2027, 1, 5), month=date(2026, 12, 28), next=date(2027, 1, 20))


def test_on_the_last_day_of_a_month_its_end_is_the_next_one():
    assert near_days(date(2026, 11, 30))["month"] == date(2026, 12, 28)


def role(id, what, rank=Rank.MAIN, with_id=None):
    return SimpleNamespace(id=id, what=what, rank=rank, with_id=with_id)
