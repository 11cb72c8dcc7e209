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
from meetings.models import Meeting

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
    """A meeting that lies ahead of the edition's day already."""
    meeting = session.get(Meeting, world.later)
    meeting.reschedule(meeting.starts_at + timedelta(days=1), meeting.ends_at + timedelta(days=1), by=session.get(User, world.hanako))
    session.flush()


def both(world, first, second):
    """The one begins and, with its work done but not yet on record, the other is let begin."""
    done, faults = threading.Event(), []

    def begin():
        try:
            with world.app.app_context(), unit():
                first(world)
                done.set()
                threading.Event().wait(ENOUGH)
        except Exception as fault:  # told below
            faults.append(fault)
        finally:
            done.set()

    def follow():
        done.wait()
        try:
            with world.app.app_context(), unit():
                second(world)
        except Exception as fault:  # told below
            faults.append(fault)

    turns = [threading.Thread(target=each) for each in (begin, follow)]
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


def test_neither_waits_for_the_other_when_a_meeting_that_lies_ahead_is_moved(office):
    with office.app.app_context(), unit():
        plan(office)
        office.later = session.query(Meeting).order_by(Meeting.starts_at.desc()).first().id
    both(office, move_back_and_forth, publish)
    with office.app.app_context(), unit(read_only=True):
        assert session.get(Meeting, office.later).edition.number == 2
