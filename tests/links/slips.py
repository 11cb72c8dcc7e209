"""A person without an account who holds a role, and the slip of paper in her hand."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import User
from actions.models import ActionItem
from agencies.models import Agency, AgencyKind, Member
from core.database import session, unit
from links.models import Link
from meetings.models import Meeting
from meetings.table import Level, SeatRole

OTHERS = "ほかの人の役割"


class Slip:
    """What 民子さん has in her hand."""

    def __init__(self, world):
        self.world = world
        with world.app.app_context(), unit():
            hearing = session.get(Meeting, world.meeting).hearings[0]
            member = Member(agency=Agency(name="東地区 民生委員", kind=AgencyKind.INFORMAL), name="民生 民子", email="tamiko@example.jp")
            session.add(member)
            session.flush()
            hearing.seat(member, Level.DESIRED, SeatRole.PARTICIPANT)
            session.flush()
            self.member = member.id
        world.open_meeting()
        with world.app.app_context(), unit():
            by, hearing = session.get(User, world.hanako), session.get(Meeting, world.meeting).hearings[0]
            own = ActionItem.assign(hearing, by, "own", "週に一度の声掛け", member=session.get(Member, self.member))
            other = ActionItem.assign(hearing, by, "other", OTHERS, member=world.member(world.jiro))
            session.flush()
            self.own, self.other = own.id, other.id
        world.close_meeting()
        self.issue()

    def issue(self):
        with self.world.app.app_context(), unit():
            issued = Link.issue(session.get(Meeting, self.world.meeting), session.get(Member, self.member), session.get(User, self.world.hanako))
            self.link, self.path, self.code = issued.link.id, issued.path, issued.code

    def change(self, **values):
        with self.world.app.app_context(), unit():
            session.execute(sa.update(Link).where(Link.id == self.link).values(values))

    def enter(self, code=None):
        """A browser that typed a code; with the answer it got in `.answer`."""
        browser = self.world.browser()
        browser.get(self.path)
        browser.answer = browser.post(self.path, personal_code=code or self.code)
        return browser

    @property
    def tries(self):
        with self.world.app.app_context(), unit(read_only=True):
            return session.get(Link, self.link).code_tries
