"""Who led a meeting is settled when it closes: they alone read what its reflection came to, and are not asked themselves."""

from __future__ import annotations

import pytest

from core.database import session
from meetings.models import Meeting
from meetings.table import SeatRole

DATABASES = ["sqlite"]


@pytest.fixture
def closed(world):
    world.open_meeting()
    world.close_meeting()
    return world


def set_table(world, roles: dict[int, str]):
    hanako = world.browser("hanako")
    hanako.get(f"/hearings/{world.hearing}/seats")
    return hanako.post(f"/hearings/{world.hearing}/seats", dict(member=list(roles)) | {f"role-{id}": role for id, role in roles.items()})


def roles(world) -> dict[int, str]:
    with world.app.app_context():
        return {seat.member_id: seat.role.value for seat in session.get(Meeting, world.meeting).seats}


def test_after_the_closing_nobody_becomes_the_one_who_led_nor_stops_being_it(closed):
    before = roles(closed)
    leads = next(id for id, role in before.items() if role == SeatRole.FACILITATOR.value)
    other = next(id for id in before if id != leads)
    answers = [set_table(closed, before | changed) for changed in (
        {leads: "participant"}, {leads: "participant", other: "facilitator"})]

    assert [each.status_code for each in answers] == [422, 422]
    assert "会議が終わったときのまま" in answers[0].text
    assert roles(closed) == before
    assert set_table(closed, before).status_code == 303
