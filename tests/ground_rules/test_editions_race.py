"""An edition is published while somebody plans a meeting: whoever is first, the meeting goes by the edition of its day."""

from __future__ import annotations

from datetime import timedelta
import threading

import pytest

from accounts.models import User
from core import clock
from core.database import session, unit
from ground_rules.drafts import EditionDraft
from ground_rules.models import Edition
from meetings import editions
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from preparation.series import Series
from preparation.series_days import OnClosed, Pattern

TODAY = clock.today()
FROM = TODAY + timedelta(days=5)
ENOUGH = 0.4  # seconds in which the other would long be done, if it did not wait


@pytest.fixture
def office(world):
    """The next edition is written."""
    with world.app.app_context(), unit():
        EditionDraft.begin(session.get(User, world.admin)).write({"safety_ja": "1. **仲間を責めません。**"})
    return world


def publish(world):
    editions.hold(FROM)
    editions.follow(EditionDraft.now().publish(session.get(User, world.admin), FROM))
    session.flush()


def plan(world):
    starts = clock.instant(FROM + timedelta(days=1), clock.read_time("10:00"))
    Meeting.schedule(session.get(User, world.hanako), Kind.GENERAL, "部会", starts, starts + timedelta(hours=1))
    session.flush()


def move(world):
    meeting = session.get(Meeting, world.meeting)
    meeting.place = "別の部屋"
    session.flush()  # it is held before its edition is asked for, as a form does it
    meeting.reschedule(meeting.starts_at + timedelta(days=9), meeting.ends_at + timedelta(days=9), by=session.get(User, world.hanako))
    session.flush()


def move_back_and_forth(world):
    """A meeting that lies ahead of the edition's day already, of which nothing else was changed."""
    meeting = session.get(Meeting, world.later)
    meeting.reschedule(meeting.starts_at + timedelta(days=1), meeting.ends_at + timedelta(days=1), by=session.get(User, world.hanako))
    session.flush()


def move_series(world):
    """Two meetings of a series, the later one ahead of the edition's day; the rule is held an hour later now."""
    series = session.get(Series, world.series)
    series.starts, series.ends = clock.read_time("15:00"), clock.read_time("16:00")
    series.make(session.get(User, world.hanako), "ja")
    session.flush()


def both(world, first, second):
    """The one begins and, with its work done but not yet on record, the other is let begin."""
    done = threading.Event()

    def begin(world):
        try:
            first(world)
        finally:
            done.set()
        threading.Event().wait(ENOUGH)

    at_once(world, begin, lambda world: (done.wait(), second(world)))


def at_once(world, *acts):
    """Each in a unit of its own; a fault of any is told."""
    faults = []

    def run(act):
        try:
            with world.app.app_context(), unit():
                act(world)
        except Exception as fault:  # told below
            faults.append(fault)

    turns = [threading.Thread(target=run, args=(each,)) for each in acts]
    for each in turns:
        each.start()
    for each in turns:
        each.join()
    assert not faults, faults


@pytest.mark.parametrize("act", [plan, move], ids=["planned", "moved"])
@pytest.mark.parametrize("who", ["the plan first", "the edition first"])
def test_a_meeting_planned_or_moved_at_that_moment_goes_by_the_new_edition(office, act, who):
    both(office, *((act, publish) if who == "the plan first" else (publish, act)))
    with office.app.app_context(), unit(read_only=True):
        meeting = session.query(Meeting).order_by(Meeting.starts_at.desc()).first()
        assert Edition.on(meeting.day).number == 2
        assert meeting.edition.number == 2


@pytest.fixture
def ahead(office):
    """A meeting is planned for a day after the next edition's."""
    with office.app.app_context(), unit():
        plan(office)
        office.later = session.query(Meeting).order_by(Meeting.starts_at.desc()).first().id
    return office


@pytest.fixture
def series(office):
    """A series has a meeting before the next edition's day and one after it."""
    day = TODAY + timedelta(days=2)
    with office.app.app_context(), unit():
        made = Series(name="部会", kind=Kind.SHIEN, pattern=Pattern.WEEKLY, weekday=day.weekday(), starts=clock.read_time("14:00"), ends=clock.read_time("15:00"), version=1,
                      ordinals="", weeks=1, mode=Mode.IN_PERSON, place="", template="standard", on_closed=OnClosed.NEXT, first_on=day, last_on=day + timedelta(days=7), planned_by_id=office.hanako)
        session.add(made)
        for each in (day, day + timedelta(days=7)):
            made.hold(each, each)  # also where the office is closed
        session.flush()
        made.make(session.get(User, office.hanako), "ja")
        session.flush()
        office.series, office.later = made.id, made.meetings[-1].meeting_id
    return office


def test_neither_waits_for_the_other_when_a_meeting_that_lies_ahead_is_moved(ahead):
    both(ahead, move_back_and_forth, publish)
    with ahead.app.app_context(), unit(read_only=True):
        assert session.get(Meeting, ahead.later).edition.number == 2


@pytest.fixture
def slow(monkeypatch):
    """Between asking for a meeting's edition and the rest of a move there is time; set when it begins."""
    asked, planned_for = threading.Event(), Edition.planned_for

    def wait(day):
        found = planned_for(day)
        asked.set()
        threading.Event().wait(ENOUGH)
        return found

    monkeypatch.setattr(Edition, "planned_for", wait)
    return asked


@pytest.mark.databases("postgresql")
def test_neither_locks_the_other_out_when_an_edition_is_published_in_the_midst_of_a_move(ahead, slow):
    at_once(ahead, move_back_and_forth, lambda world: (slow.wait(), publish(world)))
    with ahead.app.app_context(), unit(read_only=True):
        assert session.get(Meeting, ahead.later).edition.number == 2


@pytest.mark.databases("postgresql")
def test_neither_locks_the_other_out_when_an_edition_is_published_in_the_midst_of_moving_a_series(series, slow):
    at_once(series, move_series, lambda world: (slow.wait(), publish(world)))
    with series.app.app_context(), unit(read_only=True):
        assert session.get(Meeting, series.later).edition.number == 2
