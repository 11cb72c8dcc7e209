"""When consent holds: each member of a household speaks for themselves."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from cases.consent import ConsentState, holds, missing, named_by_all

DAY = date(2026, 7, 8)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1))


@dataclass
class Person:
    label: str
    consents: bool = False
    shared: bool = True

    def consents_on(self, _day):
        return self.consents


def test_nobody_has_consented_before_anybody_has_asked():
    assert not holds(None, None, None, DAY)


@pytest.mark.parametrize("state", [ConsentState.GIVEN, ConsentState.PARTLY])
def test_a_consent_holds_from_the_day_it_is_given(state):
    assert holds(state, DAY, None, DAY)
    assert not holds(state, DAY, None, DAY - timedelta(days=1))


@pytest.mark.parametrize("state", [ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_a_refusal_or_a_withdrawal_is_no_consent_whatever_its_dates(state):
    assert not holds(state, DAY, None, DAY)
    assert not holds(state, DAY, DAY + timedelta(days=365), DAY)


def test_the_day_a_consent_expires_on_is_its_last():
    assert holds(ConsentState.GIVEN, DAY, DAY + timedelta(days=30), DAY + timedelta(days=30))
    assert not holds(ConsentState.GIVEN, DAY, DAY + timedelta(days=30), DAY + timedelta(days=31))


@given(DAYS, DAYS, DAYS)
def test_a_consent_holds_between_its_days_and_never_outside(given_on, expires_on, on):
    assert holds(ConsentState.GIVEN, given_on, expires_on, on) == (given_on <= on <= expires_on)


def test_a_consent_without_its_day_binds_nobody():
    assert not holds(ConsentState.GIVEN, None, None, DAY)


def test_a_mothers_consent_does_not_cover_her_adult_son():
    mother, son = Person("Aさん", consents=True), Person("Bさん")
    assert missing([mother, son], DAY) == [son]


def test_whose_information_is_not_shared_need_not_consent():
    assert missing([Person("Aさん", consents=True), Person("孫", shared=False)], DAY) == []


def test_every_state_has_words_for_people():
    assert all(str(each.label) for each in ConsentState)


def test_what_every_consent_names_is_what_may_be_told():
    assert named_by_all([{1, 2, 3}, {2, 3}, {3}]) == {3}
    assert named_by_all([{1}, {2}]) == set()


def test_a_consent_in_words_only_must_be_read_by_a_person():
    assert named_by_all([{1, 2}, set()]) is None
    assert named_by_all([]) is None
