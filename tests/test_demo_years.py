"""The years behind the sample: whole, in order, the same every time, and written down as the house itself would have."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from datetime import date, timedelta
from importlib import import_module

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.models import ActionItem
from actions.words import Progress
from agencies.models import Member
import app
from cases import flow
from cases.models import Case
from community.kinds import Footing
from community.models import TEXTS, Correction, SocialResource
from community.personal import looks_personal
from core import audit, clock, search
from core.database import session
from demo.years.households import lives
from demo.years.numbering import serials
import followup.carrying  # noqa: F401  what stands over is on the paper
from meetings import minutes
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.record import MinutesPart, MinutesVersion
from plans.models import Plan
from referrals.models import Referral
from resources.models import IdeaState
from resources.register import Proposal
from tests.test_demo import TUESDAY, _all, _connect, _day, _open, loaded  # noqa: F401  the same samples, loaded once

DATABASES = ["sqlite"]
APRIL = date(2026, 4, 1)


@pytest.fixture(params=[TUESDAY, APRIL], ids=str)
def day(loaded, request):  # noqa: F811
    yield from _open(loaded(request.param, years=True), request.param)


@pytest.fixture
def city(loaded):  # noqa: F811
    yield from _open(loaded(TUESDAY, years=True), TUESDAY)


def test_three_years_are_told_and_none_of_it_lies_ahead(day):
    years = {clock.fiscal_year(day) - back for back in (0, 1, 2)}

    assert {each.fiscal_year for each in _past(Meeting)} <= years
    assert {each.fiscal_year for each in _past(Case)} <= years
    assert len({each.fiscal_year for each in _past(Meeting)}) >= 2
    assert all(_day(each.ends_at) < day for each in _past(Meeting))
    assert all(each.moves[-1].on < day for each in _past(Case))


def test_there_is_enough_of_everything_to_count(city):
    assert 55 <= len(_past(Case)) <= 90
    assert 100 <= len(_past(Meeting)) <= 190
    assert {each.kind for each in _past(Meeting)} == {Kind.JUSO, Kind.SHIEN}
    assert sum(bool(each.switched_from) for each in _past(Meeting)) >= 8
    assert sum(len(each.hearings) > 1 for each in _past(Meeting)) >= 12
    assert sum(each.cancelled for each in _past(Meeting)) >= 2
    assert len({each.agency_id for each in _all(Referral)}) >= 8
    assert len(_all(Plan)) >= 60
    moves = Counter(move.kind for case in _past(Case) for move in case.moves)
    assert moves[flow.Move.CLOSURE] >= 25 and moves[flow.Move.REOPENING] >= 2 and moves[flow.Move.SUSPENSION] >= 4


def test_every_move_of_a_case_was_possible_and_said_what_it_must(city):
    for case in _past(Case):
        assert case.stage == case.moves[-1].to_stage
        for before, after in zip(case.moves, case.moves[1:]):
            assert before.on <= after.on and after.from_stage == before.to_stage
            assert after.to_stage in flow.possible(after.from_stage)
            assert after.reason or flow.Need.REASON not in flow.needs(after.from_stage, after.to_stage)


def test_numbers_go_with_the_days(day):
    for rows, group, when in ((_all(Case), lambda one: one.fiscal_year, lambda one: one.opened_on),
                              ([each for each in _all(Meeting) if each.kind.hears_cases and _day(each.starts_at) < day], lambda one: (one.kind, one.fiscal_year), lambda one: one.starts_at),
                              (_all(Referral), lambda one: one.fiscal_year, lambda one: one.steps[0].at)):
        by_number = sorted(rows, key=lambda one: (group(one) if isinstance(group(one), int) else (group(one)[0].value, group(one)[1]), one.serial))
        for one, other in zip(by_number, by_number[1:]):
            assert group(one) != group(other) or when(one) <= when(other)


def test_minutes_read_as_the_house_would_have_laid_them_out(city):
    final = [each for each in _past(Meeting) if each.minutes_versions]

    for meeting in final[::6] + [each for each in final if len(each.minutes_versions) > 1]:
        version = meeting.minutes_versions[-1]
        ours, house = _plain(version.minutes), _plain(minutes.lay_out(meeting, version.number, version.finalised_at))
        assert ours == house


def _plain(paper) -> dict:
    """Without what changed since: consents given later, the class of retention chosen for one record, and the order of what was carried over (it goes by what is late today)."""
    hearings = tuple(replace(each, consent=(), carried=tuple(sorted(each.carried, key=repr))) for each in paper.hearings)
    return asdict(replace(paper, hearings=hearings, content_hash="", retention=""))


def test_minutes_know_the_consents_of_their_day_and_no_later_one(city):
    for meeting in _past(Meeting)[::5]:
        for hearing, paper in zip(meeting.hearings, meeting.final.minutes.hearings if meeting.final else ()):
            on = _day(meeting.final.finalised_at)
            for person, line in zip(hearing.case.people if hearing.case else (), paper.consent):
                assert ("未確認" in line) == (person.shared and not any(each.on <= on for each in person.consents))


def test_roles_were_done_in_time_late_or_stayed_with_nobody(city):
    done = [(role, max(step.at for step in role.steps)) for role in _roles() if role.state == Progress.DONE]
    in_time = sum(_day(at) <= role.due_on for role, at in done)

    assert 0.6 < in_time / len(done) < 0.95
    assert 4 <= sum(role.seeking and not role.state.over for role in _roles()) <= 25
    assert not [role for role in _roles() if not role.state.over and role.due_on and role.due_on < TUESDAY]


def test_nothing_old_waits_on_anybodys_first_page(city, monkeypatch):
    for each in app.RIGHTS:
        import_module(each)
    from home import today  # its lists need every model to be there

    monkeypatch.setattr(clock, "today", lambda zone=clock.TOKYO: TUESDAY)
    own = {each.id for each in _past(Meeting)}
    me, clerk = User.by_login("facilitator"), User.by_login("clerk")

    assert len([each for each in today.meetings_to_finalise(me) if each.id in own]) <= 4
    assert len([meeting for _version, meeting in today.minutes_to_file(clerk) if meeting.id in own]) <= 4
    assert not [each for each in today.plans_to_monitor(me) + today.checks_due(me) + today.consents_expiring(me) if _case(each).id in {one.id for one in _past(Case)}]
    assert today.roles_overdue(me)["all"] == sum(role.due_on is not None and role.due_on < TUESDAY and not role.state.over for role in _all(ActionItem)
                                                 if role.hearing.meeting_id not in own and not role.removed_at)


def _case(each):
    return each.case if hasattr(each, "case") else each.person.case if hasattr(each, "person") else each.closure.case


def test_everything_is_found_and_the_audit_is_whole(city):
    meeting, role, version = _past(Meeting)[10], _roles()[10], _all(MinutesVersion)[10]

    assert meeting.id in session.scalars(search.ids("meeting", meeting.reference)).all()
    assert role.id in session.scalars(search.ids("action", role.what)).all()
    assert session.scalars(search.ids("minutes", version.minutes.title)).all()
    assert session.scalar(sa.select(sa.func.count()).select_from(search.texts).where(search.texts.c.kind == "minutes")) == len(_all(MinutesPart))
    assert audit.verify() == []


def test_an_answer_is_bound_to_the_words_that_stand(city):
    assert all(role.confirmation for role in _roles() if role.confirmations)
    assert all(role.stands == role.fingerprint for role in _roles())


def test_the_same_day_tells_the_same_story():
    one, other = lives(TUESDAY), lives(TUESDAY)

    assert [(each.label, each.opened, each.moves, each.texts) for each in one] == [(each.label, each.opened, each.moves, each.texts) for each in other]


def test_a_day_later_nothing_that_was_is_another(city):
    before, after = lives(TUESDAY), lives(TUESDAY + timedelta(days=1))

    assert [(each.label, each.opened) for each in before] == [(each.label, each.opened) for each in after][:len(before)]


def test_the_map_shows_each_state_an_entry_can_be_in(city):
    there = session.scalars(sa.select(SocialResource)).unique().all()
    assert len(there) > 20 and {each.footing for each in there} == set(Footing) and len({each.kind for each in there}) == 6
    assert any(each.stale for each in there) and any(each.ended for each in there) and any(each.checked_on is None for each in there)
    assert any(each.agency_id for each in there) and any(each.agency_id is None for each in there)
    assert {each.open for each in session.scalars(sa.select(Correction)).unique()} == {True, False}
    assert [session.get(Proposal, each.proposal_id).state for each in there if each.proposal_id] == [IdeaState.REAL]
    assert not any(looks_personal(*(getattr(each, name) for name in TEXTS)) for each in there)


def test_numbers_are_given_by_day_within_each_group():
    assert serials([("a", 3, "late"), ("b", 2, "other"), ("a", 1, "early")]) == {"early": 1, "late": 2, "other": 1}


def test_the_colleagues_names_are_nobodys_twice(city):
    assert max(Counter(each.name for each in _all(Member)).values()) == 1


def _past(kind) -> list:
    """What the years behind the sample hold of a kind, in its order; the sample's own things left out."""
    own = {"Meeting": Meeting.uid.startswith("years-") if kind is Meeting else None,
           "Case": Case.label.like("%（%") if kind is Case else None}[kind.__name__]
    return list(session.scalars(sa.select(kind).where(own).order_by(kind.id)).unique())


def _roles() -> list[ActionItem]:
    return list(session.scalars(sa.select(ActionItem).where(ActionItem.key.startswith("years-")).order_by(ActionItem.id)).unique())
