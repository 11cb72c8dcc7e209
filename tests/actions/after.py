"""A meeting that has closed: 花子 led it, 次郎 and 三郎 took roles there."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa

from accounts.models import User
from actions.asking import ask, day_for_answers
from actions.models import ActionItem
from actions.requests import ChangeRequest
from actions.words import Answer, Rank
from core import clock
from core.database import session, unit
from meetings.models import Meeting
from meetings.table import Hearing
from notices.models import Notice


class After:
    """Roles by name: `after.put("visit", "jiro")`, then `with after.role("visit") as role:` to do something with it."""

    def __init__(self, world):
        self.world, self.ids = world, {}

    @contextmanager
    def unit(self):
        with self.world.app.test_request_context(), unit():
            yield

    def user(self, login) -> User:
        return session.get(User, getattr(self.world, login))

    def put(self, name, login="", what="訪問する", days=9, **more):
        """花子 puts a role on the table, for somebody or (without) nobody."""
        with self.unit():
            hearing, by = session.get(Hearing, self.world.hearing), self.user("hanako")
            member = self.world.member(getattr(self.world, login)) if login else None
            made = ActionItem.assign(hearing, by, name, what, member=member, due_on=day(days), **more)
            session.flush()
            self.ids[name] = made.id
        return made.id

    @contextmanager
    def role(self, name):
        with self.unit():
            yield session.get(ActionItem, self.ids[name])

    def ask(self, login, *names):
        """花子 asks somebody for these roles."""
        with self.unit():
            ask(self.world.member(getattr(self.world, login)), [session.get(ActionItem, self.ids[each]) for each in names], self.user("hanako"), day_for_answers())

    def says(self, login, name, answer, word="", **more):
        with self.role(name) as role:
            role.confirm(self.user(login), Answer(answer), word, **more)

    def rewrite(self, name, **words):
        """花子 changes some words of a role."""
        with self.role(name) as role:
            now = dict(what=role.what, agency=role.agency, member=role.member, due_on=role.due_on, rank=Rank.MAIN)
            role.rewrite(self.user("hanako"), **now | words)

    def notices(self, kind) -> list[tuple[str, int]]:
        """(who, how many) of everything told of a kind."""
        with self.unit():
            return [(each.member.name, each.number) for each in session.scalars(sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id))]

    def wish(self, name) -> int:
        with self.unit():
            return session.scalar(sa.select(sa.func.max(ChangeRequest.id)).where(ChangeRequest.action_id == self.ids[name]))

    def meeting(self) -> Meeting:
        return session.get(Meeting, self.world.meeting)


def day(days):
    return clock.today() + timedelta(days=days)
