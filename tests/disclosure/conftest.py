"""The small world, in which 別の 担当 may know names, though A's household is not her team's, and A's mother is written down."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from cases.models import Case, HouseholdPerson
from core import clock
from core.database import session, unit
from identities.facts import Facts
from identities.models import Identity

NAME = "見本 花江"


@pytest.fixture
def town(world):
    with world.app.app_context(), unit():
        session.get(User, world.other).take_roles([Role.COORDINATOR, Role.IDENTITY])
        mother = session.get(HouseholdPerson, world.mother)
        Identity.of(session.get(Case, world.case), mother).keep(Facts(name=NAME, kana="みほん はなえ"), by=session.get(User, world.hanako))
        session.flush()
        world.identity = mother.identity.id
    return world


@pytest.fixture
def asked(town):
    """A request taken in by the clerk; its address."""
    answer = visitor(town, "fumiko").post("/disclosures", request())
    assert answer.status_code == 303
    return answer.location


@pytest.fixture
def found(town, asked):
    """… for which 別の 担当 has found A's mother, and the examination has begun."""
    other = visitor(town, "other")
    assert other.post(f"{asked}/people/{town.identity}", {}).status_code == 303
    assert other.post(f"{asked}/found", {}).status_code == 303
    return asked


def request(**more):
    return dict(received_on=clock.today().isoformat(), capacity="self", identity_by="運転免許証", wanted="私の会議録", corrected_days="0") | more


def visitor(town, who):
    """Somebody signed in, with a page open whose token a form may carry."""
    browser = town.browser(who)
    browser.get("/")
    return browser
