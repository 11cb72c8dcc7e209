"""When a consent holds."""

from datetime import date, timedelta

import pytest

from cases.consent import ConsentState, holds, missing

GIVEN = date(2026, 6, 1)
DAY = timedelta(days=1)


def test_a_consent_holds_from_its_day_to_its_last():
    assert holds(ConsentState.GIVEN, GIVEN, None, GIVEN)
    assert holds(ConsentState.GIVEN, GIVEN, GIVEN + DAY, GIVEN + DAY)
    assert not holds(ConsentState.GIVEN, GIVEN, GIVEN + DAY, GIVEN + 2 * DAY)
    assert not holds(ConsentState.GIVEN, GIVEN, None, GIVEN - DAY)


@pytest.mark.parametrize("state", [ConsentState.REFUSED, ConsentState.WITHDRAWN, None])
def test_a_refusal_a_withdrawal_and_silence_are_no_consent(state):
    assert not holds(state, GIVEN, None, GIVEN)


def test_a_consent_in_part_holds_within_its_scope():
    assert holds(ConsentState.PARTLY, GIVEN, None, GIVEN)


class Person:
    def __init__(self, shared, consents):
        self.shared, self.consents = shared, consents

    def consents_on(self, _day):
        return self.consents


def test_a_mothers_consent_does_not_cover_her_adult_son():
    mother, son = Person(True, True), Person(True, False)

    assert missing([mother, son], GIVEN) == [son]


def test_whoever_is_not_spoken_of_need_not_be_asked():
    assert missing([Person(False, False)], GIVEN) == []
