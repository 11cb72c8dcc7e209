"""Which legal kind of meeting a case may use."""

from meetings.kinds import Kind, allowed


def test_without_consent_it_must_be_a_shien_kaigi():
    assert allowed(consented=False) == [Kind.SHIEN]


def test_with_consent_a_juso_kaigi_comes_first_and_a_shien_kaigi_stays_open():
    assert allowed(consented=True) == [Kind.JUSO, Kind.SHIEN]


def test_a_committee_and_a_pre_meeting_hear_no_case():
    assert not Kind.GENERAL.hears_cases
    assert not Kind.PREMEETING.hears_cases
