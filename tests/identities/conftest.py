"""The small world, in which 花子 may also know the names of her cases, and A's is written down."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from core.database import session, unit

HANAE = dict(name="見本 花江", kana="みほん はなえ", former_name="仮名 花江", birth_date="S18.4.12", sex="女性", address="みなも市架空町一丁目2番3号",
             telephone="000-1234-5678", may_call="no", call_when="手紙なら読める")


@pytest.fixture
def town(world):
    """The world, in which 花子 may also know names."""
    with world.app.app_context(), unit():
        session.get(User, world.hanako).take_roles([Role.COORDINATOR, Role.IDENTITY])
    return world


@pytest.fixture
def known(town):
    """… and A's name has been written down on the page."""
    hanako = town.browser("hanako")
    hanako.get(page(town))
    assert hanako.post(page(town), HANAE).status_code == 303
    return town


def page(world, person=None):
    return f"/cases/{world.case}/identity/{person or world.mother}"
