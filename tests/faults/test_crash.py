"""Editors write while the server is killed again and again: what was acknowledged is there once, in order, word for word.

The suite takes a short run. The long one, as an office would fear it: CRASH_EDITORS=20 CRASH_KILLS=20 ./test tests/faults
"""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
import os
import random
import re
import threading
import time
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from core import audit
from core.database import session, unit
from meetings.capture import Entry, Revision
from tests.browser.conftest import Server

EDITORS, KILLS = int(os.environ.get("CRASH_EDITORS", 6)), int(os.environ.get("CRASH_KILLS", 4))
WRITERS = ("hanako", "jiro", "saburo")


@pytest.fixture
def server(world, settings):
    """The server as an office starts it, on the database of the small world."""
    running = Server(settings.home / "served", settings.database_url, settings.secret_key)
    running.start()
    yield running
    running.stop()


class Editor(threading.Thread):
    """Somebody's browser, as far as its outgoing tray goes: a line is sent again under its key until the server has it."""

    def __init__(self, number: int, world, server, login: str):
        super().__init__(daemon=True)
        visitor = world.browser(login)
        visitor.get("/ground-rules")
        self.number, self.server, self.hearing = number, server, world.hearing
        self.cookie = f"kurumaza={visitor.client.get_cookie('kurumaza').value}"
        self.token = re.search(r'name="csrf-token" content="([^"]+)"', visitor.page)[1]
        self.written, self.acknowledged, self.refused = [], [], []
        self.leaving = threading.Event()

    def run(self):
        while not self.leaving.is_set():
            key = f"editor-{self.number}-{len(self.written)}"
            self.written.append(key)
            while not self.send(key):
                if self.leaving.wait(0.05):
                    return  # what is in the tray now was never acknowledged: the browser keeps it
            time.sleep(random.uniform(0, 0.05))

    def send(self, key: str) -> bool:
        """Whether the server has said that it has the line, or that it will never take it."""
        body = urlencode(dict(key=key, kind="opinion", text=self.text(key), agency_id="0", source=""))
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "X-Part": "1", "Content-Type": "application/x-www-form-urlencoded"}
        line = HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            line.request("POST", f"/hearings/{self.hearing}/entries", body, headers)
            status = line.getresponse().status
        except (OSError, HTTPException):
            return False
        finally:
            line.close()
        if status == 204:
            self.acknowledged.append(key)
        elif status < 500:
            self.refused.append((key, status))
        return status < 500

    def text(self, key: str) -> str:
        return f"{key}: 母の体重が減っている。🍚"


def test_what_was_acknowledged_survives_every_crash(world, server):
    world.open_meeting()
    editors = [Editor(number, world, server, WRITERS[number % 3]) for number in range(EDITORS)]
    for each in editors:
        each.start()
    for _kill in range(KILLS):
        time.sleep(random.uniform(0.2, 1.0))
        server.stop()
        server.start()
    time.sleep(0.5)
    for each in editors:
        each.leaving.set()
    for each in editors:
        each.join(30)

    with world.app.app_context(), unit(read_only=True):
        kept = session.execute(sa.select(Entry.key, Entry.text).where(Entry.hearing_id == world.hearing).order_by(Entry.position, Entry.id)).all()
        revisions = session.scalar(sa.select(sa.func.count()).select_from(Revision))
        places = session.scalars(sa.select(Entry.position).where(Entry.hearing_id == world.hearing)).all()
        faults = audit.verify()
    assert faults == []
    there = [key for key, _text in kept]
    assert sum(len(each.acknowledged) for each in editors) >= EDITORS
    assert len(there) == len(set(there)) == revisions
    for each in editors:
        assert each.refused == []
        assert [key for key in there if key in set(each.acknowledged)] == each.acknowledged
        assert all(text == each.text(key) for key, text in kept if key in set(each.written))
        assert len([key for key in there if key in set(each.written)]) <= len(each.acknowledged) + 1  # the last one may be on its way
    assert len(places) == len(set(places)), "two lines stand at one place"
