"""The sample city, on ordinary days and on awkward ones; tests/test_demo_years.py has the years behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
import tomllib

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.models import ActionItem, Confirmation
import app
from cases.flow import Stage
from cases.models import Case
from core import access, audit, clock, database, keyed, migrate
from core.database import session
from core.settings import Settings
from councils.sessions import CouncilSession
from demo import loader
from demo.days import Days
from identities import vault
from meetings.capture import Entry
from meetings.held import HeldEntry
from meetings.kinds import Kind
from meetings.models import Meeting
import meetings.rights  # noqa: F401  who sees which case
from meetings.table import Seat
from plans import models
from plans.models import Plan
from preparation.dates import DatePoll
from preparation.inquiries import Inquiry, InquiryState
from preparation.series import SeriesMeeting
from preparation.sheets import Sheet
from preparation.sheets_roles import RoleCandidate
from referrals.models import Referral
from reflection import rounds
import reflection.rights  # noqa: F401  who is asked
from reflection.rules import ENOUGH
from resources.models import ResourceIdea
from retention.disposal import proposed
from retention.register import standing
from retention.terms import State
from room.rounds import Round

DATA = Path(loader.__file__).parent
TUESDAY = date(2026, 11, 24)
AWKWARD = [TUESDAY, date(2026, 3, 31), date(2026, 4, 1), date(2028, 2, 29), date(2026, 5, 10), date(2027, 1, 3)]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Give the address of a database with the sample as of a day; each is loaded once and afterwards only read."""
    made, folder = {}, tmp_path_factory.mktemp("samples")

    def load(today: date, years: bool = False) -> str:
        if (today, years) not in made:
            _connect(url := f"sqlite:///{folder}/{today}-{years}.sqlite3")
            migrate.upgrade()
            with database.unit():
                loader.load(today, years=years)
            made[today, years] = url
        return made[today, years]

    return load


@pytest.fixture
def city(loaded):
    """The sample as of an ordinary Tuesday, open for reading."""
    yield from _open(loaded(TUESDAY), TUESDAY)


@pytest.fixture(params=AWKWARD, ids=str)
def day(loaded, request):
    """The sample as of each of the awkward days, open for reading."""
    yield from _open(loaded(request.param), request.param)


def test_everything_in_the_data_is_in_the_database(day):
    meetings = _read("meetings")["meeting"]
    tables = [hearing for meeting in meetings for hearing in meeting["hearing"]]
    rows = lambda part: sum(len(table.get(part, [])) for table in tables)  # noqa: E731

    council = [row for row in _read("councils")["session"] if "meeting" not in row]
    own = [each for each in _all(CouncilSession) if each.topic_list in [row["topics"] for row in council]]
    also = sum(len(row["also"]) for row in _read("councils")["session"] if "meeting" in row)

    assert _count(Meeting) == len(meetings) + _count(SeriesMeeting) + len(council)
    assert all(len(each.meeting.seats) == len(each.council.seated(each.on)) + 1 for each in own)  # its members, and who writes
    assert _count(Seat) == rows("seats") + sum(len(each.meeting.seats) for each in own) + also
    assert _count(Entry) == rows("entries") + sum(len(row.get("entries", [])) for row in council) + sum("text" in word for table in tables for asked in table.get("rounds", []) for word in asked["words"])
    assert _count(ActionItem) == rows("actions")
    assert _count(ResourceIdea) == rows("ideas")
    assert _count(Confirmation) == sum(bool(action["answer"]) for table in tables for action in table.get("actions", []))
    assert _count(Referral) == len(_read("referrals")["referral"])
    assert {user.login for user in _all(User)} >= {"facilitator", "participant", "clerk", "admin"}


def test_the_plans_of_the_data_are_frozen_put_to_a_meeting_and_evaluated(day):
    plans = {each.case.label[:1]: each for each in _all(Plan)}

    assert set(plans) == {"D", "G"}
    assert all(len(each.versions) == 1 and not each.changed for each in plans.values())
    assert models.before(plans["D"].newest.tablings[0].hearing) is plans["D"].newest
    assert plans["G"].evaluated.conclusion.value == "close"
    assert plans["G"].case.stage == Stage.ACCOMPANIED


def test_no_plan_review_meeting_is_without_consent_on_its_day(day):
    heard = [hearing for meeting in _all(Meeting) if meeting.kind == Kind.JUSO for hearing in meeting.hearings]

    assert heard
    assert all(hearing.case.consented(_day(hearing.meeting.starts_at)) for hearing in heard)


def test_a_day_is_being_found_for_a_meeting_to_come(day):
    polls, told = _all(DatePoll), _read("dates")["poll"]

    assert [len(each.slots) for each in polls] == [len(each["slots"]) + 1 for each in told]
    assert [len(each.replies) for each in polls] == [len(each["answers"]) for each in told]
    assert all(each.open and _day(each.opened_at) < day <= each.answer_by for each in polls)
    assert any(reply.heard for each in polls for reply in each.replies)


def test_frames_are_planned_ahead_on_working_days(day):
    frames = [each.meeting for each in _all(SeriesMeeting)]

    assert frames
    assert all(each.frame and not each.hearings and _day(each.starts_at) > day for each in frames)


def test_agencies_have_prepared_the_next_meeting(day):
    tables = _read("preparation")["table"]
    rows = lambda part: sum(len(table.get(part, [])) for table in tables)  # noqa: E731

    assert (_count(Sheet), _count(RoleCandidate), _count(Inquiry)) == (rows("sheets"), rows("roles"), rows("inquiries"))
    assert {each.state for each in _all(Inquiry)} == {InquiryState.OPEN, InquiryState.ANSWERED}
    assert any(each.heard for each in _all(Sheet))


def test_no_reference_is_given_twice(day):
    references = [each.reference for each in _all(Meeting)] + [each.switched_from for each in _all(Meeting) if each.switched_from]

    assert len(set(references)) == len(references)
    assert all(each.fiscal_year == clock.fiscal_year(_day(each.starts_at)) for each in _all(Meeting))
    assert all(each.number == f"{clock.fiscal_year_code(clock.fiscal_year(each.opened_on))}-{each.serial:04d}" for each in _all(Case))


def test_what_is_over_lies_in_the_past_and_in_order(day):
    for meeting in _all(Meeting):
        if meeting.closed:
            assert meeting.invited_at < meeting.opened_at < meeting.closed_at
            assert _day(meeting.closed_at) < day
        for confirmation in _all(Confirmation):
            held = confirmation.action.hearing.meeting
            assert held.closed_at < confirmation.at
            assert held.final is None or confirmation.at < held.final.finalised_at
        for seat in meeting.seats:
            assert seat.replied_at is None or seat.invited_at < seat.replied_at and _day(seat.replied_at) < day


def test_meetings_are_on_working_days_and_one_is_today(day):
    days = [_day(each.starts_at) for each in _all(Meeting)]

    assert days.count(day) == 1
    assert all(each.weekday() < 5 for each in days if each != day)


def test_the_audit_is_whole(day):
    assert audit.verify() == []


def test_final_minutes_are_sealed(day):
    finals = [each.final for each in _all(Meeting) if each.final]

    assert len(finals) == 8
    assert all(each.minutes.sealed().content_hash == each.hash for each in finals)
    assert all(clock.wareki(_day(each.finalised_at)) == each.minutes.finalised_on for each in finals)


def test_minutes_do_not_know_a_consent_given_later(city):
    first = next(each for each in _all(Meeting) if each.kind == Kind.SHIEN and each.final)

    assert all("未確認" in line for line in first.final.minutes.hearings[0].consent)


def test_two_records_are_over_and_one_of_them_is_proposed_for_disposal(day):
    ids = [each.id for each in _all(Meeting) if each.final]
    over = [each for each in standing(ids).values() if each.state == State.OVER]

    assert len(over) == 2
    assert len(proposed(ids)) == 1


def test_everybody_signs_in_with_the_password_shown(city):
    assert all(user.knows(f"kurumaza-{user.login}") for user in _all(User))


def test_each_sees_what_their_place_allows(city):
    seen = {user.login: {case.label[:2] for case in session.scalars(access.visible(user, "case"))} for user in _all(User)}

    assert seen["facilitator"] == {"Aさ", "Dさ", "Gさ"}
    assert seen["participant"] == {"Aさ", "Dさ"}
    assert seen["admin"] == seen["clerk"] == set()


def test_referrals_came_in_before_they_were_answered_and_none_is_red(day):
    for referral in _all(Referral):
        moments = [each.at for each in referral.steps]
        assert moments == sorted(moments)
        assert all(_day(each) <= day for each in moments)
        assert referral.fiscal_year == clock.fiscal_year(_day(referral.sent_at))
        assert not referral.late(day, 3)


def test_roles_wait_for_the_participants_answer(city):
    nurse = User.by_login("participant").member

    assert [each.confirmation for each in _all(ActionItem) if each.member is nurse and not each.hearing.meeting.final] == [None, None]


def test_a_minute_of_looking_back_waits_for_three_people_with_an_account_and_has_answers_enough_with_theirs(day):
    held = [each for each in _all(Meeting) if each.closed and day < rounds.last_day(each)]
    asked = [user for user in _all(User) if held[0].id in session.scalars(access.visible(user, "meeting", "reflect").with_only_columns(Meeting.id))]
    answered = [seat.member_id for seat in held[0].seats if rounds.answered([held[0].id], seat.member_id)]

    assert len(held) == 1
    assert {each.login for each in asked} == {"participant", "careworker", "volunteer"}
    assert not {each.member.id for each in asked} & set(answered)
    assert len(answered) + 2 == ENOUGH


def test_a_round_was_written_before_it_was_spoken(city):
    asked = _all(Round)[0]

    assert asked.opened_at < asked.revealed_at < asked.hearing.meeting.closed_at
    assert [line.agency.name for line in asked.lines(sa.select(Entry))] == ["みなも市保健センター", "ひきこもり地域支援センター ゆるり", "みなも市東地区 民生委員児童委員協議会"]


def test_a_second_load_is_refused(city):
    session.remove()
    with pytest.raises(loader.InUse), database.unit():
        loader.load(TUESDAY)


def test_days_leave_the_weekend_each_in_its_direction():
    sunday = date(2026, 5, 10)

    assert Days(sunday).day(0) == sunday
    assert Days(sunday).day(-7) == date(2026, 5, 1)  # a Sunday
    assert Days(sunday).day(-4) == date(2026, 5, 1)  # a public holiday in a row of them
    assert Days(sunday).day(7) == date(2026, 5, 18)
    assert [Days(sunday).day(count) for count in range(-400, 400)] == sorted(Days(sunday).day(count) for count in range(-400, 400))


def _connect(url: str) -> None:
    app.models()
    database.connect(url)
    audit.use_key("test")
    keyed.use("test")
    vault.use(Settings(DATA, url, identity_key="a-key-of-names-for-tests-long-enough"))


def _open(url: str, today: date):
    _connect(url)
    with database.unit(read_only=True):
        yield today


def _read(name: str) -> dict:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _all(kind) -> list:
    return list(session.scalars(sa.select(kind)).unique())


def _count(kind) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(kind))


def _day(instant) -> date:
    return clock.local(instant).date()


def test_whoever_was_invited_to_what_is_to_come_holds_its_entry(day):
    coming = [each for each in _all(Meeting) if each.pending and each.invited_at]

    assert coming
    for each in coming:
        assert {held.address for held in HeldEntry.standing(each)} == {seat.member.email for seat in each.seats if seat.invited_at} - {""}
