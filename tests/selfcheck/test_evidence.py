"""What the office's own data says to a question, against a count by hand over the same meetings."""

from datetime import timedelta
import re

from hypothesis import given, strategies as st
import pytest

from accounts.models import User
from actions.models import ActionItem
from agencies.models import Agency, AgencyKind
from cases.consent import ConsentState, Method
from cases.models import Case, HouseholdPerson
from core import clock
from core.database import session, unit
from ground_rules.models import Edition, Part, RuleText
from meetings.core import CoreMember
from meetings.kinds import Kind
from meetings.models import Meeting
from referrals.criteria import Criterion
from referrals.models import Referral, ReferralTick
from selfcheck import evidence, evidence_consents
from selfcheck.facts import HELD, Evidence
from selfcheck.survey import read
from tests.wide import sheet

DATABASES = ["sqlite", "postgresql"]  # the counts are SQL of their own
YEAR = clock.fiscal_year(clock.today())


@pytest.fixture
def held(world):
    """花子's meeting on A's case, held: a role of 重層担当課, one of a neighbour, one without a taker."""
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        neighbour = Agency(name="隣組", kind=AgencyKind.INFORMAL)
        session.add(neighbour)
        for place, agency in enumerate([world.member(world.hanako).agency, neighbour, None]):
            ActionItem.assign(meeting.hearings[0], hanako, f"role{place}", f"訪問{place}", agency=agency)
        gone = ActionItem.assign(meeting.hearings[0], hanako, "gone", "取り下げ")
        session.flush()
        gone.remove(hanako)
        meeting.hearings[0].next_meeting = "来月"
        meeting.fiscal_year = YEAR
    world.close_meeting()
    return world


def said(world, key, year=YEAR):
    """Facts by name and what is proposed."""
    with world.app.app_context(), unit(read_only=True):
        found = evidence.of(read().questions[key], year)
        return {each.name: each.values for each in found.facts}, found.proposed


def consents(world):
    """Cases heard, and those without everybody's consent."""
    with world.app.app_context(), unit(read_only=True):
        return evidence_consents.of(YEAR)


def test_of_one_case_nothing_is_told_not_even_that_it_is_one(held):
    facts, proposed = said(held, "meeting_trouble")
    assert "no_shien" in facts and "unconsented" not in facts and proposed["consent"] is False
    held.consent_of_son()
    assert said(held, "meeting_trouble") == (facts, proposed)


@given(st.sampled_from(sorted(HELD)), st.integers(0, 300))
def test_a_number_of_households_is_shown_by_its_step_of_three_also_one_kept_long_ago(name, number):
    def shown(count):
        return str(Evidence.read({"facts": [[name, dict.fromkeys(HELD[name], count) | {"total": 400 if "total" not in HELD[name] else count}]], "proposed": {}}).facts[0])

    low = number // 3 * 3
    assert len({shown(each) for each in range(low, low + 3)}) == 1
    assert f"{low}～{low + 2}" in shown(number).replace("–", "～")  # whichever language was spoken last


@pytest.mark.parametrize("total, shown", [(77, "75～77"), (76, "75～76"), (75, "75")])
def test_a_step_does_not_pass_the_whole_that_is_told_beside_it(total, shown):
    fact = str(Evidence.read({"facts": [["with_roles", {"count": 75, "total": total}]], "proposed": {}}).facts[0])
    assert re.search(rf"(?<![\d～]){shown}(?![\d～])", fact.replace("–", "～")), fact


def test_a_meeting_that_was_not_held_counts_for_nothing(world):
    facts, proposed = said(world, "meeting_trouble")
    assert facts["kinds"] == dict(juso=0, shien=0) and "no_shien" in facts and "no_roles" in facts and proposed == {}
    assert "no_meetings" in said(world, "collaboration")[0]


def test_roles_are_counted_by_whose_hands_they_lie_in(held):
    facts, proposed = said(held, "meeting_trouble")
    assert facts["open_roles"] == dict(total=3, open=1, held=1)
    assert proposed["roles"] is True  # two of three
    assert said(held, "case_trouble")[0]["informal_roles"] == dict(count=1, total=3)
    facts, proposed = said(held, "against_dumping")
    assert "no_coordinating" in facts and "managing" not in proposed  # one role: too few to be told


def test_another_year_is_another_year(held):
    assert "no_roles" in said(held, "meeting_trouble", YEAR - 1)[0]


def test_consent_is_asked_as_of_the_day_of_the_meeting(held):
    assert consents(held) == (1, 1)  # the son has not
    with held.app.app_context(), unit():
        session.get(HouseholdPerson, held.son).record_consent(session.get(User, held.hanako), ConsentState.GIVEN, clock.today(), method=Method.WRITTEN)
    assert consents(held) == (1, 0)
    with held.app.app_context(), unit():  # he takes it back on the day after
        session.get(HouseholdPerson, held.son).record_consent(session.get(User, held.hanako), ConsentState.WITHDRAWN, clock.today() + timedelta(days=5))
    assert consents(held) == (1, 0)


def test_next_dates_and_rules_are_read_from_the_meetings(held):
    assert said(held, "collaboration")[0]["next_dates"] == dict(count=1, total=1)
    facts, proposed = said(held, "rules_written")
    assert facts["acknowledged"] == dict(count=1, total=1) and proposed == {"yes": True, "no": False}


def test_rules_without_a_text_on_safety_say_so(world):
    with world.app.app_context(), unit():
        session.add(Edition(number=2, effective_on=clock.today(), texts=[
            RuleText(part=Part.COMPLIANCE, language="ja", body="秘密を守る"), RuleText(part=Part.SAFETY, language="ja", body=" ")]))
    facts, proposed = said(world, "rules_content")
    assert "no_safety" in facts and proposed == {"compliance": True, "safety": False}


def test_fixed_members_and_those_beyond_them(held):
    assert said(held, "participants")[1]["per_case"] is True
    held.consent_of_son()
    with held.app.app_context(), unit():
        case = session.get(Case, held.case)
        starts = clock.instant(clock.today(), clock.read_time("10:00"))
        by = session.get(User, held.hanako)
        meeting = Meeting.schedule(by, Kind.JUSO, "重層", starts, starts + timedelta(hours=1), case=case)
        first = session.get(Meeting, held.meeting).hearings[0]
        for seat in first.seats:
            meeting.hearings[0].seat(seat.member, seat.level, seat.role)
        meeting.opened_at = meeting.hearings[0].opened_at = meeting.closed_at = starts
        session.flush()
        CoreMember.add(Kind.JUSO, held.member(held.hanako))
    assert said(held, "participants") == (dict(fixed=dict(count=1), fixed_more=dict(count=1, total=1)), dict(per_case=False, partly=True, fixed=False))
    with held.app.app_context(), unit():
        for user in (held.jiro, held.saburo):
            CoreMember.add(Kind.JUSO, held.member(user))
    assert said(held, "participants")[1] == dict(per_case=False, partly=False, fixed=True)


def test_an_example_that_fitted_one_household_or_two_is_not_told(world):
    with world.app.app_context(), unit():
        first, second = Criterion.offered()[:2]
        for ticked in [first] * 4 + [second] * 2:
            sent = Referral.put_forward(session.get(User, world.jiro), sheet())
            session.flush()
            session.add(ReferralTick(referral_id=sent.id, criterion_id=ticked.id, ja=ticked.ja, position=1))
        name = first.ja
    assert said(world, "criteria_content")[0] == dict(example_used=dict(name=name, count=3))  # and four are told as three or more
