"""Two servers on one database, and lines that break at any moment: nobody misses anything, nothing comes twice."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
import os
import random
import re
import threading
import time

import pytest

from core import live
from core.database import session, unit
from meetings.table import Hearing
from tests.browser.conftest import Server

CHANGES = int(os.environ.get("RECONNECT_CHANGES", 120))


@pytest.fixture
def servers(world, settings):
    """Two processes that share nothing but the database."""
    world.open_meeting()
    both = [Server(settings.home / name, settings.database_url, settings.secret_key) for name in ("one", "two")]
    starting = [threading.Thread(target=each.start) for each in both]
    for each in starting:
        each.start()
    for each in starting:
        each.join()
    yield both
    for each in both:
        each.stop()


class Screen(threading.Thread):
    """Somebody's page without a browser: hears a version, fetches what changed since its own, and puts it in place."""

    def __init__(self, world, server, login: str, breaking: bool = False):
        super().__init__(daemon=True)
        visitor = world.browser(login)
        visitor.get("/ground-rules")
        self.world, self.server, self.breaking = world, server, breaking
        self.headers = {"Cookie": f"kurumaza={visitor.client.get_cookie('kurumaza').value}", "X-Part": "1",
                        "X-CSRFToken": re.search(r'name="csrf-token" content="([^"]+)"', visitor.page)[1]}
        self.mark, self.lines, self.versions, self.whole, self.broken = "", {}, [], 0, 0
        self.ended, self.leaving, self.ready = False, threading.Event(), threading.Event()

    def run(self):
        while not self.leaving.is_set() and not self.ended:
            try:
                self._listen()
            except (OSError, HTTPException):
                pass  # the line broke: begin again
            self.broken += 1

    def _listen(self):
        line = HTTPConnection("127.0.0.1", self.server.port, timeout=5)
        line.request("GET", f"/meetings/{self.world.meeting}/stream", headers=self.headers | {"Accept": "text/event-stream"})
        answer, until = line.getresponse(), time.monotonic() + random.uniform(0.02, 0.3)
        while not self.leaving.is_set() and not self.ended:
            heard = answer.readline().decode()
            if not heard or self.breaking and time.monotonic() > until:
                break
            self.ended = heard.startswith("event: ended")
            if re.match(r"data: \d", heard):
                self._look()
                self.ready.set()
        line.close()

    def _look(self):
        line = HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        line.request("GET", f"/meetings/{self.world.meeting}/room/table?hearing={self.world.hearing}&view=record", headers=self.headers | {"X-Lines": self.mark})
        answer = line.getresponse()
        html = answer.read().decode()
        line.close()
        if answer.status == 404:  # the seat was taken away
            self.ended = True
            return
        self.mark = re.search(r'data-lines="([^"]+)"', html)[1]
        self.versions.append(int(self.mark.split("-")[0]))
        self.whole += "data-whole" in html
        sent = {int(number): text for number, text in re.findall(r'<li class="entry .*?id="entry-(\d+)".*?<textarea[^>]*name="text"[^>]*>\n?([^<]*)<', html, re.S)}
        order = [int(each) for each in re.search(r'data-order="([\d ]*)"', html)[1].split()]
        self.lines = {number: sent.get(number, self.lines.get(number)) for number in order}

    def post(self, path: str, **fields) -> None:
        from urllib.parse import urlencode

        line = HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        line.request("POST", path, urlencode(fields), self.headers | {"Content-Type": "application/x-www-form-urlencoded"})
        assert line.getresponse().status == 204
        line.close()

    def write(self, text: str) -> None:
        self.post(f"/hearings/{self.world.hearing}/entries", key=text, kind="opinion", text=text, agency_id="0", source="")

    def has(self, *texts: str) -> bool:
        """Wait until the page shows these lines."""
        until = time.monotonic() + 10
        while list(self.lines.values()) != list(texts) and time.monotonic() < until:
            time.sleep(0.02)
        return list(self.lines.values()) == list(texts)


def test_nobody_misses_anything_at_two_servers_over_lines_that_break(world, servers):
    screens = [Screen(world, servers[number % 2], "saburo", breaking=number < 3) for number in range(4)]
    for each in screens:
        each.start()
        assert each.ready.wait(20)
    expected = _change(world)
    for each in screens:
        assert each.has(*expected)
        assert each.versions == sorted(each.versions)
        assert each.whole == 1  # all the rest came line by line
    assert all(each.broken > 2 for each in screens[:3])

    jiro = Screen(world, servers[0], "jiro")
    jiro.start()  # comes late, and has everything
    assert jiro.has(*expected)
    jiro.write("一つめの家で書いた行")
    assert all(each.has(*expected, "一つめの家で書いた行") for each in screens)
    with world.app.app_context(), unit():  # a third process
        hearing = session.get(Hearing, world.hearing)
        hearing.unseat(next(each for each in hearing.seats if each.member.user_id == world.saburo))
    screens[3].join(10)
    assert screens[3].ended
    assert not jiro.ended
    for each in (jiro, *screens):
        each.leaving.set()


def _change(world) -> list[str]:
    """Changes of every kind, as fast as the database takes them; give the lines that stand in the end."""
    from accounts.models import User
    from meetings.capture import Entry, EntryKind

    chance = random.Random(7)
    lines = {}
    for number in range(CHANGES):
        with world.app.app_context(), unit():
            hearing, jiro = session.get(Hearing, world.hearing), session.get(User, world.jiro)
            of = chance.choice(list(lines)) if lines else None
            act = chance.random()
            if of is None or act < 0.4:
                entry = Entry.capture(hearing, jiro, f"change-{number}", EntryKind.OPINION, f"行{number}")
                session.flush()
                lines[entry.id] = entry.text
            elif act < 0.8:
                entry = session.get(Entry, of)
                entry.rewrite(jiro, entry.number, EntryKind.OPINION, f"直し{number}")
                lines[of] = f"直し{number}"
            else:
                entry = session.get(Entry, of)
                entry.remove(jiro, entry.number)
                del lines[of]
    return list(lines.values())


def test_a_topic_that_two_raise_at_once_gets_two_versions(world):
    before = _version(world)
    raising = [threading.Thread(target=_touch, args=(world,)) for _each in range(8)]
    for each in raising:
        each.start()
    for each in raising:
        each.join(20)
    assert _version(world) == before + 8


def _touch(world):
    with world.app.app_context(), unit():
        live.touch(f"meeting/{world.meeting}")


def _version(world) -> int:
    with world.app.app_context(), unit(read_only=True):
        return live.version(f"meeting/{world.meeting}")
