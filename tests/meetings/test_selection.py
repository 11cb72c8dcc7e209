"""Who should sit for a case: the tool shows the gap, the facilitator decides."""

from hypothesis import given, strategies as st
import pytest

from meetings.selection import (
    Candidate,
    Caution,
    Reason,
    Situation,
    cautions,
    covering,
    propose,
    twice,
    uncovered,
)

CODES = st.sampled_from(["ELD", "CHD", "DIS", "POV", "MED"])


def test_a_need_nobody_at_the_table_covers_is_shown():
    assert uncovered(["ELD", "CHD"], [{"ELD", "MED"}]) == ["CHD"]


def test_at_an_empty_table_every_need_is_uncovered_once():
    assert uncovered(["ELD", "CHD", "ELD"], []) == ["ELD", "CHD"]


def test_a_case_without_needs_lacks_nobody():
    assert uncovered([], [{"ELD"}]) == []


@given(st.lists(CODES), st.lists(st.sets(CODES)))
def test_every_need_is_either_covered_by_somebody_or_shown(needs, table):
    gap = uncovered(needs, table)
    assert set(gap) | {code for domains in table for code in covering(needs, domains)} == set(needs)
    assert not set(gap) & set().union(*table)
    assert gap == [code for code in dict.fromkeys(needs) if code in gap]


@given(st.lists(CODES), st.lists(st.sets(CODES)), st.sets(CODES))
def test_one_more_at_the_table_never_widens_the_gap(needs, table, newcomer):
    assert set(uncovered(needs, [*table, newcomer])) <= set(uncovered(needs, table))


def test_nobody_sits_twice_at_one_table():
    assert twice([1, 2, 1, 3, 3]) == {1, 3}
    assert twice([1, 2, 3]) == set()


# -- who is proposed, and why ------------------------------------------------------------------------------------------

CARE, CENTRE, PROVIDER, HEALTH, COUNCIL, SCHOOL = range(1, 7)  # agencies; each has a member of the same number


def person(agency, *domains, member=None, **more):
    return Candidate(member or agency, agency, frozenset(domains), **more)


def proposed(candidates, **now):
    return {each.candidate.member: each for each in propose(candidates, Situation(**now))}


def test_a_fixed_member_sits_whatever_the_case_needs():
    assert proposed([person(COUNCIL, "COM")], core=frozenset({COUNCIL}))[COUNCIL].level == "required"


def test_whoever_has_an_open_role_on_the_case_has_to_act_and_sits():
    found = proposed([person(HEALTH, "HLT")], roles={HEALTH: 2})[HEALTH]
    assert (found.level, found.reasons) == ("required", (Reason.ROLE,))


def test_the_lead_agency_sits():
    assert proposed([person(CARE)], lead=CARE)[CARE].reasons == (Reason.LEAD,)


def test_a_need_that_one_agency_alone_covers_needs_that_agency():
    found = proposed([person(HEALTH, "HLT"), person(SCHOOL, "EDU")], needs=("HLT",))
    assert list(found) == [HEALTH]
    assert (found[HEALTH].level, found[HEALTH].reasons, found[HEALTH].needs) == ("required", (Reason.ALONE,), ("HLT",))


def test_of_many_that_cover_a_need_two_are_asked_and_the_office_before_the_companies():
    many = [person(agency, "ELD", kind="contracted") for agency in range(10, 40)] + [person(CENTRE, "ELD")]
    assert list(proposed(many, needs=("ELD",))) == [CENTRE, 10]


def test_who_knows_the_household_comes_before_who_only_covers_the_need():
    found = proposed([person(CENTRE, "ELD"), person(PROVIDER, "ELD", kind="contracted")], needs=("ELD",), ties={PROVIDER: "週2回の訪問介護"})
    assert list(found) == [PROVIDER]
    assert found[PROVIDER].words == "週2回の訪問介護"


def test_an_informal_supporter_tied_to_the_household_is_asked_if_possible():
    found = proposed([person(COUNCIL, kind="informal")], ties={COUNCIL: "隣に住む"})[COUNCIL]
    assert (found.level, found.reasons) == ("desired", (Reason.KNOWS,))


def test_an_agency_speaks_through_who_sat_for_this_case_before():
    people = [person(HEALTH, "HLT", member=70), person(HEALTH, "HLT", member=71), person(HEALTH, "HLT", member=72)]
    assert list(proposed(people, needs=("HLT",), sat=frozenset({71}))) == [71]
    assert list(proposed(people, needs=("HLT",), core=frozenset({72}))) == [72]


def test_somebody_with_an_account_speaks_for_an_agency_before_somebody_without():
    assert list(proposed([person(HEALTH, "HLT", member=70, account=False), person(HEALTH, "HLT", member=71)], needs=("HLT",))) == [71]


def test_all_fixed_members_of_one_agency_sit():
    people = [person(CARE, member=10), person(CARE, member=11), person(CARE, member=12)]
    assert set(proposed(people, core=frozenset({10, 12}))) == {10, 12}


def test_a_relative_of_the_household_is_not_proposed_and_the_facilitator_is_told():
    related = person(COUNCIL, "COM")
    now = dict(needs=("COM",), core=frozenset({COUNCIL}), related={COUNCIL: "本人のいとこ"})
    assert proposed([related], **now) == {}
    assert Caution.RELATED in cautions(related, Situation(**now))


def test_a_colleague_of_the_relative_speaks_for_the_agency_instead():
    assert list(proposed([person(COUNCIL, "COM", member=60), person(COUNCIL, "COM", member=61)], needs=("COM",), related={60: "隣人"})) == [61]


def test_an_agency_outside_the_scope_of_the_consent_is_not_proposed():
    people = [person(HEALTH, "HLT"), person(SCHOOL, "EDU")]
    assert list(proposed(people, needs=("HLT", "EDU"), scope=frozenset({HEALTH}))) == [HEALTH]
    assert cautions(people[1], Situation(scope=frozenset({HEALTH}))) == (Caution.OUTSIDE,)


def test_where_the_consent_names_nobody_everybody_may_be_proposed():
    assert list(proposed([person(HEALTH, "HLT")], needs=("HLT",), scope=None)) == [HEALTH]


def test_who_sits_elsewhere_at_that_time_is_proposed_with_a_caution():
    assert proposed([person(HEALTH, "HLT")], needs=("HLT",), busy=frozenset({HEALTH}))[HEALTH].cautions == (Caution.BUSY,)


def test_a_body_of_the_prefecture_is_asked_by_letter():
    assert proposed([person(HEALTH, "HLT", prefectural=True)], needs=("HLT",))[HEALTH].cautions == (Caution.LETTER,)


def test_beyond_twelve_those_with_the_least_to_do_are_asked_in_writing():
    core = [person(agency) for agency in range(1, 12)]
    near = [person(20, kind="informal"), person(21, kind="informal")]
    found = propose(core + near, Situation(core=frozenset(range(1, 12)), ties={20: "", 21: ""}))
    assert [each.level for each in found] == ["required"] * 11 + ["desired", "inquiry"]


def test_a_case_without_needs_ties_or_fixed_members_proposes_nobody():
    assert propose([person(HEALTH, "HLT")], Situation()) == []


agencies = st.integers(1, 8)
bodies = st.dictionaries(agencies, st.tuples(st.frozensets(CODES), st.sampled_from(["public", "contracted", "informal"]), st.booleans()), min_size=8)
people_of = st.lists(st.tuples(st.integers(1, 30), agencies, st.booleans()), max_size=20, unique_by=lambda each: each[0])
candidates = st.builds(lambda known, people: [Candidate(member, agency, *known[agency], account) for member, agency, account in people],
                       bodies, people_of)
situations = st.builds(Situation, st.lists(CODES).map(tuple), st.frozensets(st.integers(1, 30)), st.none() | agencies,
                       st.dictionaries(agencies, st.integers(1, 3)), st.dictionaries(agencies, st.text(max_size=3)),
                       st.frozensets(st.integers(1, 30)), st.none() | st.frozensets(agencies),
                       st.dictionaries(st.integers(1, 30), st.text(max_size=3)), st.frozensets(st.integers(1, 30)))


@given(candidates, situations)
def test_nobody_is_proposed_twice_without_a_reason_or_against_a_bar(people, now):
    found = propose(people, now)
    chosen = [each.candidate.member for each in found]
    assert len(set(chosen)) == len(chosen)
    assert all(each.reasons for each in found)
    assert not any({Caution.RELATED, Caution.OUTSIDE} & set(each.cautions) for each in found)
    assert len([each for each in found if each.level != "inquiry"]) <= 12


@given(candidates, situations)
def test_every_need_somebody_free_covers_has_somebody_proposed(people, now):
    free = [each for each in people if not {Caution.RELATED, Caution.OUTSIDE} & set(cautions(each, now))]
    spoken = {each.candidate.agency for each in propose(people, now)}
    for code in now.needs:
        able = {each.agency for each in free if code in each.domains}
        assert not able or able & spoken


@given(candidates, situations, st.randoms())
def test_the_order_of_the_roster_changes_nothing(people, now, chance):
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert propose(shuffled, now) == propose(people, now)


def test_the_weights_of_the_reasons_are_their_order():
    assert [each.value for each in Reason] == ["core", "lead", "role", "alone", "knows", "sat", "covers"]


@pytest.mark.parametrize("each", [*Reason, *Caution])
def test_every_reason_is_said_in_words(each):
    assert str(each.label)


def test_for_an_agency_speaks_whoever_put_the_household_forward():
    both = [Candidate(1, 7), Candidate(2, 7)]
    now = Situation(ties={7: "つなぎ"}, sat=frozenset({1}), presenters=frozenset({2}))

    assert [each.candidate.member for each in propose(both, now)] == [2]
