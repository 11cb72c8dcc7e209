"""How a case moves: the usual way is easy, every other way says why, and nobody is simply left at the end."""

from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from cases.flow import (
    ACTIVE,
    NATURAL,
    OVER,
    WAY,
    Move,
    Need,
    Stage,
    kind,
    needs,
    on_a_day_that_fits,
    possible,
)

DAY = date(2026, 7, 8)
STAGES = st.sampled_from(list(Stage))


def test_the_usual_way_needs_no_reason():
    onward = list(zip(WAY, WAY[1:]))[:4]
    assert [needs(before, after) for before, after in onward] == [set()] * 4


def test_after_an_evaluation_a_new_plan_is_as_natural_as_the_end():
    assert needs(Stage.EVALUATION, Stage.PLAN) == set()
    assert needs(Stage.EVALUATION, Stage.SUPPORT) == set()
    assert set(NATURAL[Stage.EVALUATION]) == {Stage.CLOSED, Stage.PLAN, Stage.SUPPORT}


@pytest.mark.parametrize("before, after", [(Stage.INTAKE, Stage.SUPPORT), (Stage.SUPPORT, Stage.ASSESSMENT), (Stage.PLAN, Stage.INTAKE)])
def test_who_skips_a_step_or_goes_back_says_why(before, after):
    assert kind(before, after) == Move.ASIDE
    assert needs(before, after) == {Need.REASON}


def test_coordination_ends_with_a_lead_agency_agreed_roles_and_an_outlook():
    assert needs(Stage.EVALUATION, Stage.CLOSED) == {Need.LEAD, Need.ROLES, Need.OUTLOOK}


@pytest.mark.parametrize("before", [Stage.INTAKE, Stage.SUPPORT, Stage.SUSPENDED])
def test_an_end_without_an_evaluation_also_says_why(before):
    assert needs(before, Stage.CLOSED) == {Need.LEAD, Need.ROLES, Need.OUTLOOK, Need.REASON}


def test_whoever_accompanies_knows_the_signs_and_the_day_to_look_again():
    assert needs(Stage.CLOSED, Stage.ACCOMPANIED) == {Need.LEAD, Need.SIGNS, Need.CHECK}


@pytest.mark.parametrize("before", ACTIVE)
def test_a_case_may_be_suspended_from_wherever_the_office_works_on_it_for_a_reason(before):
    assert Stage.SUSPENDED in possible(before)
    assert needs(before, Stage.SUSPENDED) == {Need.REASON}


@pytest.mark.parametrize("before", [*OVER, Stage.SUSPENDED])
@pytest.mark.parametrize("after", ACTIVE)
def test_what_was_stopped_or_closed_can_be_reopened_for_a_reason(before, after):
    assert after in possible(before)
    assert kind(before, after) == Move.REOPENING
    assert needs(before, after) == {Need.REASON}


@pytest.mark.parametrize("before", [each for each in Stage if each != Stage.CLOSED])
def test_nobody_is_accompanied_after_an_end_that_was_not(before):
    assert Stage.ACCOMPANIED not in possible(before)


@pytest.mark.parametrize("before", OVER)
def test_what_is_over_is_reopened_rather_than_suspended(before):
    assert Stage.SUSPENDED not in possible(before)


@given(STAGES)
def test_a_case_never_stands_in_a_dead_end_nor_moves_to_where_it_is(before):
    there = possible(before)
    assert there
    assert before not in there
    assert len(set(there)) == len(there)
    assert tuple(there[:len(NATURAL[before])]) == NATURAL[before]


@given(STAGES.flatmap(lambda before: st.tuples(st.just(before), st.sampled_from(possible(before)))))
def test_only_the_usual_way_may_be_gone_in_silence(step):
    assert (needs(*step) == set()) == (kind(*step) == Move.ONWARD)


def test_moves_stand_in_the_order_of_their_days():
    assert on_a_day_that_fits(DAY, None, DAY)
    assert on_a_day_that_fits(DAY, DAY, DAY)
    assert not on_a_day_that_fits(DAY - timedelta(days=1), DAY, DAY)
    assert not on_a_day_that_fits(DAY + timedelta(days=1), DAY, DAY)


def test_every_stage_has_words_for_people():
    assert all(str(each.label) for each in Stage)
