"""Which legal kind of meeting a case may use."""

from meetings.kinds import Kind, allowed


def test_without_consent_it_must_be_a_shien_kaigi():
    assert allowed(consented=False) == [Kind.SHIEN]


def test_with_consent_a_juso_kaigi_comes_first_and_a_shien_kaigi_stays_possible():
    assert allowed(consented=True) == [Kind.JUSO, Kind.SHIEN]


def test_only_the_two_kinds_of_the_law_hear_cases():
    assert {each for each in Kind if each.hears_cases} == {Kind.JUSO, Kind.SHIEN}


def test_a_kind_that_hears_cases_says_on_which_ground_and_no_other_does():
    assert {each for each in Kind if each.citation} == {each for each in Kind if each.hears_cases}


def test_the_name_on_paper_is_the_name_in_the_law():
    assert (Kind.JUSO.law_name, Kind.SHIEN.law_name) == ("重層的支援会議", "支援会議")
