"""Final minutes, of which copies are made."""

from __future__ import annotations

import pytest

from accounts.models import User
from agencies.models import Agency, AgencyKind, Member
from core.database import session, unit
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole

FACT, LIMITED, DECISION, HEALTH = "Aさんの訪問を始めた。", "限られた人だけの話。", "保健師が週1回訪ねる。", "服薬を支える。"


@pytest.fixture
def final(world):
    """Final minutes with a fact, a limited opinion and decisions; a 民生委員 sat, too, and the clerk files."""
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        hanako, hearing = session.get(User, world.hanako), meeting.hearings[0]
        for key, kind, text in (("f", EntryKind.FACT, FACT), ("d", EntryKind.DECISION, DECISION), ("h", EntryKind.DECISION, HEALTH)):
            Entry.capture(hearing, hanako, key, kind, text)
        Entry.capture(hearing, hanako, "l", EntryKind.OPINION, LIMITED, limited=True)
        neighbour = Member(agency=Agency(name="民生委員協議会", kind=AgencyKind.INFORMAL), name="隣 正", job="民生委員")
        session.add(neighbour)
        session.flush()
        hearing.seat(neighbour, Level.REQUIRED, SeatRole.PARTICIPANT).attendance = Attendance.PRESENT
        meeting.acknowledge(neighbour, by=hanako)
        world.agency = neighbour.agency_id
    world.close_meeting()
    hanako = world.browser("hanako")
    hanako.get(f"/meetings/{world.meeting}/minutes")
    assert hanako.post(f"/meetings/{world.meeting}/minutes/finalisation").status_code == 303
    return world
