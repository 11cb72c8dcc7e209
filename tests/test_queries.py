"""A page costs the same however much there is to list: its number of queries does not grow with the rows."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import User
from actions.models import ActionItem, Rank
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from core import clock
from core.database import engine, session, unit, utcnow
from meetings import minutes, record
from meetings.kinds import Kind
from meetings.models import Attendance, Level, Meeting, SeatRole
from resources.models import ResourceIdea

PAGES = ["/", "/cases", "/meetings", "/meetings?when=past", "/actions", "/resources", "/records", "/agencies"]


@pytest.fixture
def counted(world):
    """Count the statements of one GET of a page, the second time (the first warms caches)."""
    hanako = world.browser("hanako")

    def count(path):
        statements = []
        hanako.get(path)
        listen = lambda *call: statements.append(call[2])  # noqa: E731
        sa.event.listen(engine(), "before_cursor_execute", listen)
        try:
            assert hanako.get(path).status_code == 200
        finally:
            sa.event.remove(engine(), "before_cursor_execute", listen)
        return len(statements)

    return count


def test_no_page_asks_more_when_there_is_more_to_list(world, counted):
    _more(world, 2)
    few = {path: counted(path) for path in PAGES}
    _more(world, 10)
    many = {path: counted(path) for path in PAGES}

    assert {path: many[path] for path in PAGES if many[path] > few[path]} == {}


def test_the_room_asks_no_more_for_more_lines(world, counted):
    world.open_meeting()
    path = f"/meetings/{world.meeting}/room"
    _lines(world, 3)
    few = counted(path)
    _lines(world, 30)

    assert counted(path) <= few


def _more(world, count):
    """So many more cases, each with a meeting to come, one held today, roles, ideas and final minutes."""
    with world.app.app_context(), unit():
        by = session.get(User, world.hanako)
        for _ in range(count):
            case = Case.open(by, "別の世帯", HouseholdType.OTHER, clock.today())
            case.people.append(HouseholdPerson(position=1, label="Hさん"))
            case.needs.append(Need(position=1, domain_code="ELD", text="困りごと"))
            _meeting(world, by, case, days=3)
            for ended in (False, True):
                _held(world, by, _meeting(world, by, case, days=0), ended)


def _meeting(world, by, case, days):
    starts = utcnow() + timedelta(days=days, hours=1)
    meeting = Meeting.schedule(by, Kind.SHIEN, "支援会議", starts, starts + timedelta(hours=1), case=case)
    for user_id in (world.hanako, world.jiro):
        role = SeatRole.FACILITATOR if user_id == world.hanako else SeatRole.PARTICIPANT
        meeting.hearings[0].seat(world.member(user_id), Level.REQUIRED, role)
    session.flush()
    return meeting


def _held(world, by, meeting, final):
    for seat in meeting.seats:
        seat.attendance = Attendance.PRESENT
        meeting.acknowledge(seat.member, by=by)
    session.flush()
    meeting.open(by=by)
    hearing = meeting.hearings[0]
    for who in (world.hanako, world.jiro):
        ActionItem.assign(hearing, by, f"r{hearing.id}-{who}", "訪問", member=world.member(who), rank=Rank.MAIN)
    ResourceIdea.suggest(hearing, by, f"i{hearing.id}", need="困りごと", wished="場", enables="出番")
    meeting.close(by=by)
    session.flush()
    if final:
        record.finalise(meeting, by, minutes.lay_out)
    else:
        meeting.starts_at -= timedelta(days=2)
        meeting.ends_at -= timedelta(days=2)


def _lines(world, count):
    from meetings.capture import Entry, EntryKind
    from meetings.models import Hearing

    with world.app.app_context(), unit():
        hearing, by = session.get(Hearing, world.hearing), session.get(User, world.hanako)
        start = len(hearing.entries)
        for number in range(start, start + count):
            Entry.capture(hearing, by, f"line{number}", EntryKind.OPINION, f"発言{number}", agency=by.member.agency)
            ActionItem.assign(hearing, by, f"role{number}", f"役割{number}", member=by.member)
            ResourceIdea.suggest(hearing, by, f"idea{number}", need="困りごと", wished="場", enables="出番")
            session.flush()
