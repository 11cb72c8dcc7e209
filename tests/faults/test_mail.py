"""Workers are killed at any moment while letters go out: nobody misses a letter, and nobody sees one twice.

The suite takes a short run. The long one: MAIL_LETTERS=500 MAIL_KILLS=40 ./test tests/faults/test_mail.py
"""

from __future__ import annotations

from collections import Counter
import os
import random
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from core import outbox
from core.database import session, unit
from core.letters import Letter
from tests.browser.conftest import HOUSE
from tests.postoffice import open_office

LETTERS, KILLS = int(os.environ.get("MAIL_LETTERS", 30)), int(os.environ.get("MAIL_KILLS", 4))
LEASE = float(os.environ.get("MAIL_LEASE", 2))
# The worker and what it works with, without the house's pages: quick to start again. The lease is short, since nobody
# waits five minutes for a test.
WORKER = """
import sys; sys.path.insert(0, {house!r})
from datetime import timedelta
import signal, threading
from flask import Flask
from core import audit, database, letters, worker
from core.settings import Settings
letters.LEASE = timedelta(seconds=float({lease!r}))
app, settings, stop = Flask("worker"), Settings.from_environment(), threading.Event()
app.config["KURUMAZA"] = settings
database.connect(settings.database_url)
audit.use_key(settings.secret_key)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stop.set).start())
worker.run(app, stop, pause=0.05, name={name!r})
"""


class Workers:
    """Two processes on one database, either of which may be killed and is started again."""

    def __init__(self, settings, port: int):
        ours = {name: value for name, value in os.environ.items() if not name.startswith("KURUMAZA_")}
        self.environment = ours | {
            "KURUMAZA_HOME": str(settings.home / "worker"), "KURUMAZA_DATABASE_URL": settings.database_url, "KURUMAZA_SECRET_KEY": settings.secret_key,
            "KURUMAZA_SMTP_HOST": "127.0.0.1", "KURUMAZA_SMTP_PORT": str(port), "KURUMAZA_MAIL_FROM": "kurumaza@city.example"}
        self.running = [self.start(name) for name in ("one", "two")]

    def start(self, name: str) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, "-c", WORKER.format(house=str(HOUSE), name=name, lease=LEASE)], env=self.environment)

    def kill(self, which: int) -> None:
        self.running[which].kill()
        self.running[which].wait()
        self.running[which] = self.start(("one", "two")[which])

    def end(self) -> list[int]:
        for each in self.running:
            each.send_signal(signal.SIGTERM)
        return [each.wait(20) for each in self.running]


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_a_worker_killed_at_any_moment_loses_nothing_and_nobody_sees_a_letter_twice(flask_app, settings):
    people = [f"person-{number}@example.jp" for number in range(LETTERS)]
    with open_office() as (office, port):
        taking = office.handle_DATA

        async def slowly(*letter):
            import asyncio

            await asyncio.sleep(random.uniform(0, 0.04))
            answer = await taking(*letter)
            await asyncio.sleep(random.uniform(0, 0.04))  # taken, and the worker does not know it yet
            return answer

        office.handle_DATA = slowly
        with unit():
            for each in people:
                outbox.post("meeting/1", each, "案内", "日時と場所", key=each)
        workers = Workers(settings, port)
        try:
            for _kill in range(KILLS):
                before, until = len(office.taken), time.monotonic() + 20
                while len(office.taken) == before and time.monotonic() < until and len(office.inbox) < LETTERS:
                    time.sleep(random.uniform(0, 0.05))
                workers.kill(_kill % 2)
            until = time.monotonic() + 30
            while waiting() and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            ended = workers.end()

    assert ended == [0, 0]
    assert Counter(office.inbox) == Counter(people)
    assert waiting() == 0
    assert len(office.taken) <= LETTERS + KILLS, "more went over the wire twice than workers were killed"


def waiting() -> int:
    with unit(read_only=True):
        return session.scalar(sa.select(sa.func.count()).select_from(Letter).where(Letter.sent_at.is_(None)))
