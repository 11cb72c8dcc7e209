"""A recurring meeting stands once in everybody's calendar, whatever was sent in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import User
from core import clock
from core.database import session, unit, utcnow
from core.outbox import Letter
from meetings import invitations, replies
from meetings.core import CoreMember
from meetings.itip import Answer
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from meetings.table import Level, SeatRole
from preparation import series_calendar
from preparation.series import Series
from preparation.series_days import OnClosed, Pattern
from preparation.series_entries import days_held
from tests.calendars.reading import Calendar, expand, read

DATABASES = ["sqlite"]  # what the databases are asked is the same on both; invitations and answers are walked on both
FIXED, GUEST = "jiro@example.jp", "saburo@example.jp"


@pytest.fixture
def office(world):
    """Every Wednesday for ten weeks, 14 to 16; 次郎 is a fixed member, 三郎 is not."""
    with world.app.test_request_context(), unit():
        furnish(world)
        yield world


def furnish(world):
    world.by = session.get(User, world.hanako)
    world.series = Series(name="みなも市支援会議", kind=Kind.SHIEN, pattern=Pattern.WEEKLY, weekday=2, starts=clock.read_time("14:00"),
                          ends=clock.read_time("16:00"), mode=Mode.IN_PERSON, place="302会議室", template="standard", on_closed=OnClosed.NEXT,
                          first_on=clock.today() + timedelta(days=1), last_on=clock.today() + timedelta(days=70), planned_by_id=world.hanako)
    session.add(world.series)
    CoreMember.add(Kind.SHIEN, world.member(world.jiro))
    session.flush()
    world.series.make(world.by, "ja")
    session.flush()
    session.expire(world.series)


def day(office, number) -> Meeting:
    return sorted(office.series.meetings, key=lambda each: each.rule_day)[number].meeting


def invite(office, number, *addresses):
    """Put a case into the meeting, seat these people there, and invite them."""
    meeting = day(office, number)
    hearing = meeting.hearings[0] if meeting.hearings else meeting.hear(office.case_of())
    for each in addresses:
        hearing.seat(office.member(getattr(office, each.partition("@")[0])), Level.REQUIRED, SeatRole.PARTICIPANT)
    session.flush()
    invitations.send(meeting, meeting.hearings)
    session.flush()


@pytest.fixture
def table(office):
    from cases.models import Case
    office.case_of = lambda: session.get(Case, office.case)
    return office


def send(office):
    session.flush()
    session.expire(office.series)
    series_calendar.send(office.series)
    session.flush()


def calendar(address) -> Calendar:
    made = Calendar(address)
    for each in session.scalars(sa.select(Letter).where(Letter.recipient == address).order_by(Letter.id)):
        made.obey(each.calendar)
    return made


def truth(office, only=None) -> list:
    """(from, to, where) of the meetings of the series that are held."""
    numbers = range(len(office.series.meetings)) if only is None else only
    found = (day(office, each) for each in numbers)
    return sorted((each.starts_at, each.ends_at, each.place) for each in found if not each.cancelled)


def move(meeting, by, **later):
    meeting.reschedule(meeting.starts_at + timedelta(**later), meeting.ends_at + timedelta(**later), by=by)


def test_fixed_members_see_every_day_as_it_is(table):
    table.series.hold(sorted(table.series.meetings, key=lambda each: each.rule_day)[2].rule_day, None)
    table.series.make(table.by, "ja")
    session.flush()
    session.expire(table.series)
    move(day(table, 0), table.by, days=1)
    day(table, 1).settle_in("401会議室", "")
    day(table, 3).cancel()
    send(table)

    assert calendar(FIXED).shown == truth(table)
    assert len(truth(table)) < len(table.series.preview)
    assert series_calendar.outdated(table.series) == []


def test_a_day_moved_and_one_called_off_later_follow(table):
    send(table)
    assert calendar(FIXED).shown == truth(table)
    move(day(table, 0), table.by, hours=2)
    day(table, 1).cancel()
    send(table)
    send(table)  # nobody is told twice

    assert calendar(FIXED).shown == truth(table)
    assert session.query(Letter).filter_by(recipient=FIXED).count() == 2


def test_whoever_holds_the_series_is_invited_to_a_day_of_it_and_nobody_sees_it_twice(table):
    send(table)
    invite(table, 1, FIXED, GUEST)
    assert calendar(FIXED).shown == truth(table)
    assert calendar(GUEST).shown == truth(table, [1])

    move(day(table, 1), table.by, days=1)
    invite(table, 1)
    assert calendar(FIXED).shown == truth(table)
    assert calendar(GUEST).shown == truth(table, [1])

    day(table, 1).cancel()
    invitations.let_go(day(table, 1))
    assert calendar(FIXED).shown == truth(table)
    assert calendar(GUEST).shown == []


def test_a_meeting_held_before_the_series_keeps_its_own_name(table):
    invite(table, 1, FIXED)
    send(table)
    assert calendar(FIXED).shown == truth(table)
    move(day(table, 1), table.by, days=1)
    invite(table, 1)
    send(table)
    assert calendar(FIXED).shown == truth(table)


def test_an_invitation_to_a_day_survives_another_hour_of_the_series(table):
    send(table)
    invite(table, 1, FIXED)
    table.series.starts, table.series.ends = clock.read_time("13:00"), clock.read_time("15:00")
    table.series.make(table.by, "ja")
    send(table)
    assert calendar(FIXED).shown == truth(table)
    move(day(table, 1), table.by, hours=1)
    invite(table, 1)
    assert calendar(FIXED).shown == truth(table)


def test_whose_seat_for_one_day_is_taken_away_loses_that_day_alone(table):
    send(table)
    invite(table, 1, FIXED)
    hearing = day(table, 1).hearings[0]
    hearing.unseat(hearing.seats[0])
    session.flush()
    invitations.let_go(day(table, 1))
    others = [each for each in range(len(table.series.meetings)) if each != 1]
    assert calendar(FIXED).shown == truth(table, others)
    move(day(table, 0), table.by, hours=1)
    send(table)
    assert calendar(FIXED).shown == truth(table, others)
    invite(table, 1, FIXED)
    assert calendar(FIXED).shown == truth(table)


def test_who_is_no_fixed_member_any_more_keeps_the_days_they_are_invited_to(table):
    send(table)
    invite(table, 1, FIXED)
    CoreMember.drop(Kind.SHIEN, table.member(table.jiro).id)
    send(table)
    assert calendar(FIXED).shown == truth(table, [1])

    day(table, 1).cancel()
    invitations.let_go(day(table, 1))
    send(table)
    assert calendar(FIXED).shown == []
    assert series_calendar.outdated(table.series) == []


@pytest.mark.parametrize(("ordinals", "weeks"), [("2", 1), ("2,4", 1), ("-1", 1), ("5", 1), ("4,-1", 1), ("", 2)])
def test_every_pattern_of_the_house_has_a_rule(table, ordinals, weeks):
    series = table.series
    series.pattern, series.ordinals, series.weeks = (Pattern.MONTHLY, ordinals, 1) if ordinals else (Pattern.WEEKLY, "", weeks)
    series.last_on = series.first_on + timedelta(days=400)
    series.meetings.clear()
    series.on_closed = OnClosed.SKIP if weeks == 2 else OnClosed.NEXT
    whole = read(series_calendar.published(series))
    events = {next(iter(each.times("RECURRENCE-ID")), None): each for each in whole.all("VEVENT")}

    assert whole.one("METHOD") == "PUBLISH"
    assert sorted(each[0] for each in expand(events)) == sorted(series.span(each.day)[0] for each in series.preview if each.day)


def test_the_page_sends_it_and_gives_the_file(world):
    with world.app.test_request_context(), unit():
        furnish(world)
        series = world.series.id
    hanako = world.browser("hanako")
    assert "最新の予定を送っていない人：1人" in hanako.get(f"/series/{series}").text
    assert hanako.post(f"/series/{series}/calendar").status_code == 303
    page = hanako.get(f"/series/{series}").text

    assert "全員に最新の予定を送信済みです。" in page
    assert read(hanako.get(f"/series/{series}.ics").data).all("VEVENT")[0].has("RRULE")
    assert session.query(Letter).filter_by(recipient=FIXED).count() == 1


def test_an_answer_to_a_day_is_the_answer_of_that_day(table):
    send(table)
    invite(table, 1, FIXED)
    held, = days_held(table.series, FIXED)
    answer = Answer(table.series.uid, FIXED, held.sequence, utcnow(), "no", recurs=held.recurs)

    assert replies.take(replace(answer, recurs=None)).value == "unknown"  # nobody is asked about the series as a whole
    assert replies.take(answer).value == "kept"
    assert day(table, 1).seats[0].reply.value == "no"
