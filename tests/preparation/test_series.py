"""A series makes its meetings ahead, each once; a change moves only those that nobody was told of."""

from __future__ import annotations

from datetime import date, timedelta
import re

import pytest
import sqlalchemy as sa

from accounts.models import User
from cases.models import Case
from core import clock
from core.database import session, unit, utcnow
from core.web import Refused
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from preparation.dates import DatePoll
from preparation.series import Series
from preparation.series_days import OnClosed, Pattern

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


@pytest.fixture
def office(world):
    """The small world with a series: every Wednesday of the next fifty days, 14 to 16, for 支援会議."""
    with world.app.test_request_context(), unit():
        world.by = session.get(User, world.hanako)
        world.series = Series(name="みなも市支援会議", kind=Kind.SHIEN, pattern=Pattern.WEEKLY, weekday=2, starts=clock.read_time("14:00"),
                              ends=clock.read_time("16:00"), mode=Mode.IN_PERSON, place="302会議室", template="standard", on_closed=OnClosed.NEXT,
                              first_on=clock.today() + timedelta(days=1), last_on=clock.today() + timedelta(days=50), planned_by_id=world.hanako)
        session.add(world.series)
        session.flush()
        yield world


def made(office):
    return sorted(session.scalars(sa.select(Meeting).where(Meeting.id != office.meeting)), key=lambda each: each.starts_at)


def make(office):
    done = office.series.make(office.by, "ja")
    session.flush()
    return done


def test_every_day_of_the_series_becomes_a_planned_frame_without_a_case(office):
    make(office)
    found = made(office)

    assert [clock.local(each.starts_at).date() for each in found] == [each.day for each in office.series.preview]
    assert all(clock.local(each.starts_at).hour == 14 and clock.local(each.ends_at).hour == 16 for each in found)
    assert all(each.frame and each.hearings == [] and each.agenda and each.kind == Kind.SHIEN for each in found)
    assert len({each.reference for each in found}) == len(found)


def test_making_them_again_makes_only_what_is_missing(office):
    make(office)
    before = [each.id for each in made(office)]
    assert not make(office)
    office.series.last_on += timedelta(days=14)
    assert len(make(office).new) == 2
    assert [each.id for each in made(office)][:len(before)] == before


def test_a_meeting_called_off_by_hand_is_not_made_again(office):
    make(office)
    made(office)[0].cancel()
    assert not make(office)


def test_another_weekday_moves_the_meetings_and_keeps_their_numbers(office):
    make(office)
    before = {each.id: (each.serial, clock.local(each.starts_at).date()) for each in made(office)}
    office.series.weekday = 3
    done = make(office)

    assert not done.new or len(done.new) == 1  # the first Thursday may lie before the first Wednesday
    moved = [each for each in made(office) if each.id in before and not each.cancelled]
    assert len(moved) >= len(before) - 1
    assert all(each.serial == before[each.id][0] for each in moved)
    assert {clock.local(each.starts_at).date() for each in made(office) if each.pending} == {each.day for each in office.series.preview}


def test_who_was_invited_who_was_moved_and_whose_day_is_being_found_stay(office):
    make(office)
    invited, moved, finding, plain = made(office)[:4]
    invited.invited_at = utcnow()
    moved.reschedule(moved.starts_at + timedelta(hours=1), moved.ends_at + timedelta(hours=1), by=office.by)
    DatePoll.begin(finding, office.by, [(finding.starts_at, finding.ends_at)], clock.today())
    session.flush()
    before = {each.id: (each.starts_at, each.place) for each in (invited, moved, finding)}
    office.series.starts, office.series.place = clock.read_time("13:00"), "401会議室"
    make(office)

    assert {each.id: (each.starts_at, each.place) for each in (invited, moved, finding)} == before
    assert (clock.local(plain.starts_at).hour, plain.place) == (13, "401会議室")
    assert not make(office)


def test_a_frame_with_a_case_is_not_called_off_when_its_day_goes(office):
    make(office)
    first, second = made(office)[:2]
    first.hear(session.get(Case, office.case))
    session.flush()
    office.series.first_on = clock.local(second.starts_at).date() + timedelta(days=1)
    done = make(office)

    assert first.pending
    assert second.cancelled
    assert [each.meeting for each in done.drop] == [second]


def test_a_frame_with_somebody_elses_case_is_left_to_them(office):
    office.series.planned_by_id = office.other
    other = session.get(User, office.other)
    office.series.make(other, "ja")
    session.flush()
    theirs = made(office)[0]
    theirs.hear(session.get(Case, office.hidden_case))
    session.flush()
    at = theirs.starts_at
    office.series.starts = clock.read_time("13:00")
    make(office)

    assert theirs.starts_at == at
    assert clock.local(made(office)[1].starts_at).hour == 13


def test_single_days_are_left_out_or_moved_by_hand(office):
    first, second = (each.rule_day for each in office.series.preview[:2])
    office.series.hold(first, None)
    office.series.hold(second, second + timedelta(days=1))
    make(office)
    assert clock.local(made(office)[0].starts_at).date() == second + timedelta(days=1)
    assert len(made(office)) == len(office.series.preview) - 1

    office.series.as_usual(first)
    assert list(make(office).new) == [first]
    with pytest.raises(Refused):
        office.series.hold(first + timedelta(days=1), None)


def test_a_meeting_moved_away_again_follows_its_day(office):
    make(office)
    first = office.series.preview[0].rule_day
    office.series.hold(first, first + timedelta(days=1))
    make(office)
    assert clock.local(made(office)[0].starts_at).date() == first + timedelta(days=1)
    assert made(office)[0].sequence == 1


def test_the_past_is_not_made(office):
    office.series.first_on = clock.today() - timedelta(days=60)
    make(office)
    assert all(each.starts_at > utcnow() for each in made(office))


def test_a_general_meeting_recurs_too(office):
    office.series.kind, office.series.template = Kind.GENERAL, "general"
    make(office)
    assert all(not each.frame and len(each.hearings) == 1 for each in made(office))


# -- in the browser ------------------------------------------------------------------------------------------------------

FIELDS = dict(name="みなも市支援会議", kind="shien", template="standard", pattern="monthly", weekday="2", ordinals="2", first_on="2026-12-01",
              last_on="2027-03-31", on_closed="next", start="14:00", end="16:00", mode="in_person", place="302会議室")


def test_a_series_is_kept_looked_at_and_made(world):
    hanako = world.browser("hanako")
    hanako.get("/series/new")
    page = hanako.post("/series", FIELDS | dict(first_on=clock.today().isoformat(), last_on=(clock.today() + timedelta(days=365)).isoformat())).location
    shown = hanako.get(page).text
    assert "毎月第2水曜日" in shown
    assert "これから作る" in shown
    assert hanako.post(f"{page}/meetings").status_code == 303
    assert "これから作る" not in hanako.get(page).text
    assert "みなも市支援会議" in hanako.get("/meetings").text
    assert page in hanako.get("/series").text


def test_a_year_of_meetings_does_not_fill_the_first_page(world):
    hanako = world.browser("hanako")
    for kind, template in (("shien", "standard"), ("general", "general")):
        hanako.get("/series/new")
        page = hanako.post("/series", FIELDS | dict(kind=kind, template=template, name="定例の会", pattern="weekly", weeks="1", first_on=clock.today().isoformat(),
                                                    last_on=(clock.today() + timedelta(days=365)).isoformat()), once=hanako.once()).location
        hanako.post(f"{page}/meetings")
    waiting = re.findall(r"招集 定例の会", hanako.get("/").text)
    assert 1 <= len(waiting) <= 5


def test_days_are_moved_on_the_page(world):
    hanako = world.browser("hanako")
    hanako.get("/series/new")
    page = hanako.post("/series", FIELDS).location
    hanako.post(f"{page}/days", rule_day="2027-01-13", choice="move", moved_to="2027-01-14")
    hanako.post(f"{page}/days", rule_day="2027-02-10", choice="skip")
    shown = hanako.get(page).text
    assert "令和9年1月14日(木)" in shown
    assert "休み" in shown
    assert hanako.post(f"{page}/days", rule_day="2027-02-11", choice="skip").status_code == 409
    assert hanako.post(f"{page}/days", rule_day="2027-02-10", choice="move", moved_to="").status_code == 422


# -- rooms ---------------------------------------------------------------------------------------------------------------

def test_a_room_is_offered_and_its_week_shows_references_only(world):
    hanako, other = world.browser("hanako"), world.browser("other")
    hanako.get("/rooms/new")
    assert hanako.post("/rooms", name="302会議室", seats="20", note="投影可").status_code == 303
    assert '<option value="302会議室">' in hanako.get("/meetings/new").text
    day = (clock.today() + timedelta(days=1)).isoformat()
    mine, theirs = hanako.get(f"/rooms?week={day}").text, other.get(f"/rooms?week={day}").text
    with world.app.app_context(), unit(read_only=True):
        reference = session.get(Meeting, world.meeting).reference
    assert reference in mine and reference in theirs
    assert f'href="/meetings/{world.meeting}"' in mine and f'href="/meetings/{world.meeting}"' not in theirs
    assert "Aさん" not in mine + theirs and "みなも市支援会議" not in mine + theirs


@pytest.mark.parametrize("start, warned", [("14:30", True), ("15:00", False)])
def test_a_room_booked_twice_is_pointed_out_and_planned_all_the_same(world, start, warned):
    other = world.browser("other")
    other.get("/meetings/new")
    day = (clock.today() + timedelta(days=1)).isoformat()
    answer = other.post("/meetings", kind="general", name="会議", day=day, start=start, end="17:00", mode="in_person", place="302会議室", template="general")
    assert answer.status_code == 303
    assert ("302会議室にほかの会議があります" in other.get(answer.location).text) == warned


def test_an_absurd_week_is_this_week(world):
    hanako = world.browser("hanako")
    for week in ("", "x", "0001-01-01", "9999-12-31", "R0.1.1"):
        assert hanako.get(f"/rooms?week={week}").status_code == 200
    assert clock.wareki(date(2026, 12, 28)) in hanako.get("/rooms?week=2027-01-01").text
