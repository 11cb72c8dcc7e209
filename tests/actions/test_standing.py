"""What the database says of roles is what each role says of itself."""

from __future__ import annotations

from itertools import product

import sqlalchemy as sa

from accounts.models import User
from actions import standing
from actions.models import ActionItem, Answer, Progress
from core import clock, search
from core.database import session, unit
from meetings.table import Hearing

SAID = {
    standing.seeking: lambda role: role.seeking,
    standing.unconfirmed: lambda role: role.agency is not None and role.confirmation is None,
    standing.unsettled: lambda role: role.confirmation is not None and role.confirmation.answer in (Answer.CONDITION, Answer.BRING_BACK),
    standing.running: lambda role: not role.state.over,
}


def test_the_database_counts_the_answers_that_count(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        put_everything(world)
    with world.app.app_context(), unit():
        roles = session.scalars(sa.select(ActionItem)).unique().all()
        assert len(roles) == 11
        for condition, says in SAID.items():
            found = set(session.scalars(sa.select(ActionItem.id).where(condition())))
            assert found == {each.id for each in roles if says(each)}, condition.__name__
            assert 0 < len(found) < len(roles)


def put_everything(world):
    """Nobody's, and held ones: not answered, each answer, each answer and then other words; states in turn."""
    hanako, jiro, hearing = session.get(User, world.hanako), session.get(User, world.jiro), session.get(Hearing, world.hearing)
    ActionItem.assign(hearing, hanako, "nobody", "宛てのない連絡")
    ActionItem.assign(hearing, hanako, "quiet", "返事のない役割", member=world.member(world.jiro))
    session.flush()
    for number, (answer, changed) in enumerate(product(Answer, (False, True))):
        role = ActionItem.assign(hearing, hanako, f"k{number}", f"役割{number}", member=world.member(world.jiro), due_on=clock.today())
        session.flush()
        role.confirm(jiro, answer, "ひとこと")
        role.state = list(Progress)[number % 5]
        if changed:
            session.flush()
            role.due_on = None
    ActionItem.assign(hearing, hanako, "agency", "機関の役割", agency=world.member(world.jiro).agency)


def test_a_role_is_found_by_its_words_and_by_whoever_holds_it(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        role = ActionItem.assign(session.get(Hearing, world.hearing), session.get(User, world.hanako), "k", "訪問の付添い", member=world.member(world.jiro))
        session.flush()
        known = role.id
    with world.app.app_context(), unit():
        assert list(session.scalars(search.ids("action", "付添"))) == list(session.scalars(search.ids("action", "次郎"))) == [known]
        world.member(world.jiro).name = "佐藤 二朗"
    with world.app.app_context(), unit():
        assert list(session.scalars(search.ids("action", "二朗"))) == [known]
        assert list(session.scalars(search.ids("action", "次郎"))) == []
