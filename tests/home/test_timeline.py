"""The timeline of a case: everything that happened, and to each only what they may see."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.flow import Stage
from cases.models import Case
from core import clock
from core.database import session, unit
from home import timeline
from home.timeline import Kind
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Hearing
from tests.plans.test_pages import drafted, put


@pytest.fixture
def lived(world):
    """A case that was moved, heard and planned for; its meeting is over."""
    hanako = world.browser("hanako")
    drafted(world, hanako)
    put(world, hanako)
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, by = session.get(Hearing, world.hearing), session.get(User, world.hanako)
        Entry.capture(hearing, by, "d", EntryKind.DECISION, "訪問を月1回にする")
        hearing.case.move(by, Stage.ASSESSMENT)
    world.close_meeting()
    return world


def seen(world, login_id, kind=None, page=1):
    with world.app.app_context(), unit(read_only=True):
        events, more = timeline.of(session.get(User, login_id), session.get(Case, world.case), kind, page)
        return [each.what for each in events], more


def test_everything_that_happened_is_there(lived):
    assert set(seen(lived, lived.hanako)[0]) == {"move", "consent", "meeting", "decision", "version"}


def test_one_kind_at_a_time(lived):
    assert set(seen(lived, lived.hanako, Kind.STAGE)[0]) == {"move"}
    assert seen(lived, lived.hanako, Kind.DECISION)[0] == ["decision"]


def test_the_newest_stands_first(lived):
    with lived.app.app_context(), unit(read_only=True):
        events, _more = timeline.of(session.get(User, lived.hanako), session.get(Case, lived.case), None, 1)
        days = [each.on for each in events]
    assert days == sorted(days, reverse=True)


def test_a_meeting_one_does_not_sit_at_stays_out_of_sight(lived):
    old = lived.meeting
    lived.another_meeting()
    with lived.app.app_context(), unit():
        hearing = session.get(Meeting, old).hearings[0]
        hearing.unseat(next(each for each in hearing.seats if each.member.user_id == lived.jiro))
        session.get(Meeting, lived.meeting).acknowledge(lived.member(lived.jiro), by=session.get(User, lived.jiro))
    jiro = lived.browser("jiro")
    page = jiro.get(f"/cases/{lived.case}/timeline").text

    assert "decision" not in seen(lived, lived.jiro)[0]
    assert seen(lived, lived.jiro, Kind.MEETING)[0] == ["meeting"]
    assert "訪問を月1回にする" not in page
    assert "訪問を月1回にする" in lived.browser("hanako").get(f"/cases/{lived.case}/timeline").text


def test_a_long_life_is_read_page_by_page(world):
    with world.app.app_context(), unit():
        case, by = session.get(Case, world.case), session.get(User, world.hanako)
        for turn in range(40):
            case.move(by, (Stage.ASSESSMENT, Stage.PLAN)[turn % 2], clock.today(), reason=f"理由{turn}")
    first, more = seen(world, world.hanako, Kind.STAGE)
    second, no_more = seen(world, world.hanako, Kind.STAGE, 2)

    assert (len(first), more, len(second), no_more) == (30, True, 11, False)
    assert "理由39" in world.browser("hanako").get(f"/cases/{world.case}/timeline?kind=stage").text
    assert "理由1<" in world.browser("hanako").get(f"/cases/{world.case}/timeline?kind=stage&page=2").text


def test_a_participant_sees_no_meeting_from_before_the_acknowledgement(world):
    assert world.browser("jiro").get(f"/cases/{world.case}/timeline").status_code == 404
