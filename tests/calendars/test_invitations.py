"""What people's calendars show after every mail: the meeting as it is, once, and nothing when they are not to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings, strategies as st
import pytest

from accounts.models import User
from core import clock
from core.database import session, unit
from core.outbox import Letter
from meetings import ical, invitations
from meetings.held import HeldEntry
from meetings.models import Meeting
from meetings.table import Level, Reply, SeatRole
from tests.calendars.reading import Calendar, read

ADDRESSES = ("hanako@example.jp", "jiro@example.jp", "saburo@example.jp")


@pytest.fixture
def invited(world):
    """Everybody at the table has been sent the invitation."""
    send(world)
    return world


def send(world):
    with world.app.test_request_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        invitations.send(meeting, meeting.hearings)


def change(world, act):
    """Do something to the meeting, and send what is to be sent."""
    with world.app.test_request_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        act(meeting)
        session.flush()
        invitations.let_go(meeting)
    if session.get(Meeting, world.meeting).pending:
        send(world)
    session.remove()


def mails(address) -> list[bytes]:
    """Calendar objects sent to an address, in order."""
    found = [each.calendar for each in session.query(Letter).filter_by(recipient=address).order_by(Letter.id) if each.calendar]
    session.remove()
    return found


def calendar(address) -> Calendar:
    made = Calendar(address)
    for each in mails(address):
        made.obey(each)
    return made


def sequences(address):
    return [(read(each).one("METHOD"), int(read(each).all("VEVENT")[0].one("SEQUENCE"))) for each in mails(address)]


def move(world, meeting, by):
    meeting.reschedule(meeting.starts_at + by, meeting.ends_at + by, by=session.get(User, world.hanako))


def unseat(meeting, user_id):
    meeting.hearings[0].unseat(next(each for each in meeting.seats if each.member.user_id == user_id))


def test_everybody_sees_the_meeting_once_wherever_it_moves(invited):
    change(invited, lambda meeting: move(invited, meeting, timedelta(days=7, hours=1)))
    change(invited, lambda meeting: meeting.settle_in("401会議室", ""))

    meeting = session.get(Meeting, invited.meeting)
    expected = (meeting.starts_at, meeting.ends_at, "401会議室")
    for address in ADDRESSES:
        assert calendar(address).shown == [expected]
        assert sequences(address) == [("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2)]


def test_whoever_is_called_off_sees_nothing_any_more(invited):
    change(invited, lambda meeting: meeting.cancel())
    change(invited, lambda meeting: None)  # and is not told twice

    for address in ADDRESSES:
        assert calendar(address).shown == []
        assert sequences(address) == [("REQUEST", 0), ("CANCEL", 1)]
        assert read(mails(address)[-1]).all("VEVENT")[0].one("STATUS") == "CANCELLED"


def test_whose_seat_is_taken_away_is_told_alone_and_asked_again_when_seated_again(invited):
    change(invited, lambda meeting: unseat(meeting, invited.saburo))
    cancelled = read(mails("saburo@example.jp")[-1]).all("VEVENT")[0]
    assert calendar("saburo@example.jp").shown == []
    assert not cancelled.has("STATUS")  # the meeting goes on, for others
    assert sequences("jiro@example.jp") == [("REQUEST", 0)]

    change(invited, lambda meeting: meeting.hearings[0].seat(invited.member(invited.saburo), Level.DESIRED, SeatRole.PARTICIPANT))
    assert len(calendar("saburo@example.jp").shown) == 1
    assert sequences("saburo@example.jp") == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]


def test_the_page_tells_whose_seat_is_taken_away(invited):
    hanako = invited.browser("hanako")
    hanako.get(f"/hearings/{invited.hearing}/seats")
    jiro = invited.member(invited.jiro).id
    session.remove()
    answer = hanako.post(f"/hearings/{invited.hearing}/seats", {"member": str(jiro), f"level-{jiro}": "required", f"role-{jiro}": "participant"})

    assert answer.status_code == 303
    assert "田中 三郎" in hanako.get(f"/meetings/{invited.meeting}").text  # no mail goes out here: somebody has to tell them
    assert [sequences(each)[-1] for each in ADDRESSES] == [("CANCEL", 1), ("REQUEST", 0), ("CANCEL", 1)]


def test_who_is_added_later_is_invited_to_it_as_it_is_and_nobody_else_again(invited):
    with invited.app.app_context(), unit():
        stranger = invited.member(invited.stranger)
    change(invited, lambda meeting: meeting.hearings[0].seat(invited.member(stranger.user_id), Level.DESIRED, SeatRole.PARTICIPANT))

    assert len(calendar("stranger@example.jp").shown) == 1
    assert sequences("jiro@example.jp") == [("REQUEST", 0)]


def test_another_address_of_the_same_person_gets_it_and_the_old_one_loses_it(invited):
    def moved(meeting):
        invited.member(invited.saburo).email = "tanaka@example.jp"
        meeting.settle_in("401会議室", "")

    change(invited, moved)
    assert calendar("saburo@example.jp").shown == []
    assert len(calendar("tanaka@example.jp").shown) == 1


def test_an_answer_stands_in_the_entry_and_ends_with_the_day_it_was_for(invited):
    def answered(meeting):
        for seat in meeting.seats:
            seat.answer(Reply.YES)
        meeting.settle_in("401会議室", "")

    change(invited, answered)
    params, _value = read(mails("jiro@example.jp")[-1]).all("VEVENT")[0].lines["ATTENDEE"][0]
    assert (params["PARTSTAT"], params["ROLE"]) == ("ACCEPTED", "REQ-PARTICIPANT")

    change(invited, lambda meeting: move(invited, meeting, timedelta(days=1)))
    params, _value = read(mails("jiro@example.jp")[-1]).all("VEVENT")[0].lines["ATTENDEE"][0]
    assert params["PARTSTAT"] == "NEEDS-ACTION"


def test_the_page_asks_to_send_anew_when_the_place_changes(invited):
    hanako = invited.browser("hanako")
    page = hanako.get(f"/meetings/{invited.meeting}/edit")
    assert page.status_code == 200
    meeting = session.get(Meeting, invited.meeting)
    begins, name, version = clock.local(meeting.starts_at), meeting.name, meeting.version
    session.remove()
    answer = hanako.post(f"/meetings/{invited.meeting}", {
        "name": name, "day": begins.date().isoformat(), "start": "14:00", "end": "15:00", "mode": "in_person", "place": "401会議室", "online_url": "",
        "version": str(version), "purpose": "", "to_decide": "", "steps-0-title": "開会", "steps-0-minutes": "5", "steps-0-screen": "none"})

    assert answer.status_code == 303, answer.text
    assert "場所が変わりました" in hanako.get(f"/meetings/{invited.meeting}").text
    send(invited)
    assert sequences("jiro@example.jp") == [("REQUEST", 0), ("REQUEST", 1)]


def test_the_file_to_take_along_asks_nobody_and_fits_what_was_mailed(invited):
    change(invited, lambda meeting: meeting.settle_in("401会議室", ""))
    whole = read(invited.browser("jiro").get(f"/meetings/{invited.meeting}.ics").data)
    event, = whole.all("VEVENT")
    mailed, = read(mails("jiro@example.jp")[-1]).all("VEVENT")

    assert whole.one("METHOD") == "PUBLISH"
    assert not event.has("ATTENDEE")
    assert event.one("CLASS") == "CONFIDENTIAL"
    assert (event.one("UID"), event.one("SEQUENCE")) == (mailed.one("UID"), mailed.one("SEQUENCE"))
    assert session.query(HeldEntry).count() == 3


TEXT = st.text(st.one_of(st.sampled_from(",;:\\\"\n\r\t髙﨑𠮷葛󠄀🏠👨‍👩‍👧שלוםא\u202e\u200f%^'"), st.characters(codec="utf-8", exclude_categories=["Cs"])), max_size=200)
DAYS = st.datetimes(datetime(2026, 12, 30), datetime(2029, 3, 1))  # noqa: DTZ001 – a zone is put to it


@given(TEXT, TEXT, TEXT, DAYS)
@settings(max_examples=40, deadline=None)
def test_whatever_words_stand_in_it_a_strict_reader_reads_the_same(name, place, person, begins):
    begins = begins.replace(microsecond=0, tzinfo=clock.TOKYO)
    made = ical.entry("uid", 3, (begins, begins + timedelta(hours=2)), name, place)
    ical.invite(made, person, "somebody@example.jp")
    ical.organized_by(made, person, "office@example.jp")
    event, = read(ical.whole("REQUEST", [made])).all("VEVENT")
    said = {each: event.one(each) if event.has(each) else "" for each in ("SUMMARY", "LOCATION")}

    assert said == {"SUMMARY": ical.plain(name), "LOCATION": ical.plain(place)}
    assert event.times("DTSTART") == [begins]
    assert event.lines["ATTENDEE"][0][1] == "mailto:somebody@example.jp"


def test_capitals_in_an_address_are_put_right_and_it_stays_the_same_invitation(invited):
    change(invited, lambda meeting: setattr(invited.member(invited.jiro), "email", "Jiro@example.jp"))
    change(invited, lambda meeting: meeting.settle_in("401会議室", ""))
    assert [each.count(b"METHOD:CANCEL") for each in mails("jiro@example.jp")] == [0]
    assert b"SEQUENCE:1" in mails("Jiro@example.jp")[-1]
