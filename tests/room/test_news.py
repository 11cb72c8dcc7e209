"""News of the room: one line's news is one line, a stream tells every version, and it ends with the right to it."""

from __future__ import annotations

import re
import threading

import pytest
import sqlalchemy as sa

from accounts.models import SignIn, User, UserRole
from agencies.models import Member
from cases.models import TeamMember
from core import live
from core.database import session, unit, utcnow
from ground_rules.models import Acknowledgement
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Hearing, Seat
from room import news


@pytest.fixture
def room(world):
    """A room with three lines; 次郎 has all of them on his page."""
    world.open_meeting()
    with world.app.app_context(), unit():
        hearing, jiro = session.get(Hearing, world.hearing), session.get(User, world.jiro)
        for number in (1, 2, 3):
            Entry.capture(hearing, jiro, f"line-{number}", EntryKind.OPINION, f"{number}番めの行")
    return world


class Page:
    """What a browser's script has of the table, and what it is sent when it asks for more."""

    def __init__(self, world, login: str):
        self.browser, self.path = world.browser(login), f"/meetings/{world.meeting}/room/table?hearing={world.hearing}&view=record"
        self.mark = ""
        self.browser.get("/ground-rules")
        self.look()

    def look(self, *wanted: int, mark: str | None = None):
        sent = " ".join([self.mark if mark is None else mark, *map(str, wanted)])
        self.html = self.browser.get(self.path, headers={"X-Part": "1", "X-Lines": sent}).text
        self.mark = re.search(r'data-lines="([^"]+)"', self.html)[1]
        return self

    @property
    def lines(self) -> list[int]:
        return [int(each) for each in re.findall(r'<li class="entry [^>]*id="entry-(\d+)"', self.html)]

    @property
    def order(self) -> list[int]:
        return [int(each) for each in re.search(r'data-order="([\d ]*)"', self.html)[1].split()]


def test_the_news_of_one_line_are_one_line(room):
    page = Page(room, "jiro")
    first, second, third = page.lines
    page.look()
    assert (page.lines, page.order) == ([], [first, second, third])

    page.browser.post(f"/entries/{second}", read="1", kind="opinion", text="直した行", agency_id="0", source="")
    page.look()
    assert (page.lines, page.order) == ([second], [first, second, third])

    page.browser.post(f"/entries/{first}/removal", read="1")
    assert (page.look().lines, page.order) == ([], [second, third])
    page.browser.post(f"/entries/{first}/restoration")
    assert (page.look().lines, page.order) == ([first], [first, second, third])
    assert page.look(third, 10**9).lines == [third]


def test_a_text_that_lost_the_race_is_news_of_its_line(room):
    jiro, saburo = Page(room, "jiro"), Page(room, "saburo")
    line = jiro.lines[0]
    for person, text in ((jiro, "次郎の文"), (saburo, "三郎の文")):
        person.browser.post(f"/entries/{line}", read="1", kind="opinion", text=text, agency_id="0", source="")
        jiro.look()
    assert jiro.lines == [line]
    assert "三郎の文" in jiro.html


def test_a_page_that_was_given_with_other_rights_is_given_all_anew(room):
    jiro, hanako = Page(room, "jiro"), Page(room, "hanako")
    assert len(hanako.look(mark=jiro.mark).lines) == 3
    assert len(jiro.look(mark="9999999999999-0").lines) == 3
    with room.app.app_context(), unit():
        session.get(Hearing, room.hearing).seat(room.member(room.other), Seat.level.default.arg, Seat.role.default.arg)
    assert len(jiro.look().lines) == 3  # each line offers the agencies at the table


def test_a_line_knows_the_version_that_told_of_it(room):
    with room.app.app_context(), unit(read_only=True):
        told = session.scalars(sa.select(Entry.told).order_by(Entry.id)).all()
        assert told[0] == told[2] == live.version(f"meeting/{room.meeting}")


# -- streams --------------------------------------------------------------------------------------------------------------


class Ear(threading.Thread):
    """Somebody's page, listening until the stream ends."""

    def __init__(self, world, login: str):
        super().__init__(daemon=True)
        self.browser = world.browser(login)
        self.stream = self.browser.get(f"/meetings/{world.meeting}/stream", headers={"Accept": "text/event-stream"})
        self.heard, self.listening = [], threading.Event()
        self.start()
        assert self.listening.wait(10)

    def run(self):
        for each in self.stream.response:
            self.heard.append(each if isinstance(each, str) else each.decode())
            if self.heard[-1].startswith("data:"):
                self.listening.set()

    @property
    def ended(self) -> bool:
        self.join(10)
        return not self.is_alive() and self.heard[-1].startswith("event: ended")


def _leave(world):
    session.get(User, world.saburo).leave()


def _end_sign_ins(world):
    session.get(User, world.saburo).end_sign_ins()


def _end_one(world):
    for each in session.scalars(sa.select(SignIn).where(SignIn.user_id == world.saburo)):
        each.sign_out()


def _unseat(world):
    hearing = session.get(Hearing, world.hearing)
    hearing.unseat(next(each for each in hearing.seats if each.member.user_id == world.saburo))


def _lose_the_acknowledgement(world):
    session.delete(session.scalar(sa.select(Acknowledgement).where(Acknowledgement.member_id == world.member(world.saburo).id)))


def _leave_the_roster(world):
    world.member(world.saburo).active = False


def _call_off(world):
    session.get(Meeting, world.meeting).cancelled_at = utcnow()


@pytest.mark.parametrize("cause", [_leave, _end_sign_ins, _end_one, _unseat, _lose_the_acknowledgement, _leave_the_roster, _call_off],
                         ids=lambda each: each.__name__.strip("_"))
def test_a_stream_ends_at_once_with_the_right_to_it(room, cause, monkeypatch):
    monkeypatch.setattr(news, "BEAT", 3600)  # nobody asks by the clock
    saburo = Ear(room, "saburo")
    with room.app.app_context(), unit():
        cause(room)
    assert saburo.ended


@pytest.mark.parametrize("model", [UserRole, TeamMember], ids=["office role", "team"])
def test_so_does_the_stream_of_who_ran_the_meeting(room, model, monkeypatch):
    monkeypatch.setattr(news, "BEAT", 3600)
    hanako = Ear(room, "hanako")
    with room.app.app_context(), unit():
        _unseat_hanako(room)
        for each in session.scalars(sa.select(model).where(model.user_id == room.hanako)):
            session.delete(each)
    assert hanako.ended


def _unseat_hanako(world):
    for seat in session.scalars(sa.select(Seat).join(Member).where(Member.user_id == world.hanako)):
        session.delete(seat)
