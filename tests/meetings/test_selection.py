"""Who should sit: the gaps the tool shows."""

from meetings import selection


def test_a_need_that_no_agency_at_the_table_covers_is_shown():
    assert selection.uncovered(["ELD", "HSG", "ELD"], [{"ELD", "HLT"}]) == ["HSG"]


def test_an_empty_table_covers_nothing():
    assert selection.uncovered(["ELD"], []) == ["ELD"]


def test_an_agency_covers_the_needs_of_its_domains():
    assert selection.covering(["ELD", "HSG"], {"HSG", "POV"}) == ["HSG"]


def test_nobody_sits_twice_at_one_table():
    assert selection.twice([1, 2, 1]) == {1}
    assert selection.twice([1, 2]) == set()
