"""What the room costs: how fast a line is acknowledged, what viewers cost, and whether either grows with the meeting.

    python benchmarks/room.py [--seconds 20] [--editors 1,5,20,50] [--viewers 100,1000] [--sqlite]

The server runs in a process of its own, as `cli.py serve` starts it; the people are threads and sockets of this one, on the same
machine. Each editor writes a line in ten (or two) seconds, which is saved twice more while they write on in it; each of them has a page that
listens to the stream and, on news, fetches what changed. PostgreSQL as the tests find it. Read the ratios: the machine is never quite quiet.
"""

from __future__ import annotations

import argparse
import heapq
from http.client import HTTPConnection
import os
from pathlib import Path
import random
import re
import selectors
import socket
from statistics import median, quantiles
import sys
import tempfile
import threading
import time
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy.orm import configure_mappers

from accounts.models import User
import app as house
from core import database, migrate
from core.database import session, unit
from core.settings import Settings
from meetings.capture import Entry, EntryKind
from meetings.table import Hearing
from tests import databases
from tests.browser.conftest import Server
from tests.world import World, make

PACES = 10, 2  # seconds for a line: as people write; as fast as nobody does for an hour
TEXT = "母の体重が三か月で四キロ減り、食事の用意ができない日が増えている。"


def main() -> None:
    """Build, measure, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=int, default=20)
    asked.add_argument("--editors", default="1,5,20,50")
    asked.add_argument("--viewers", default="100,1000")
    asked.add_argument("--sqlite", action="store_true")
    chosen = asked.parse_args()
    editors, viewers = ([int(each) for each in text.split(",") if each] for text in (chosen.editors, chosen.viewers))
    for kind in ("sqlite",) if chosen.sqlite else ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder:
            office = Office(Path(folder), kind)
            try:
                office.measure_growth()
                office.measure_editors(editors, chosen.seconds)
                office.measure_viewers(viewers, chosen.seconds)
            finally:
                office.close()


class Office:
    """The small world of the tests, served."""

    def __init__(self, home: Path, kind: str):
        self.kind, self.url = kind, f"sqlite:///{home}/bench.sqlite3"
        if kind == "postgresql":
            self.url = databases.create_database(databases.postgresql_url())
        self.world = World(self._empty(home))
        self.server = Server(home / "served", self.url, "bench")
        self.server.start()
        print(f"\n{kind}")

    def _empty(self, home: Path):
        made = make(Settings(home=home, database_url=self.url, secret_key="bench"))
        house.models()
        configure_mappers()
        migrate.upgrade()
        return made

    def close(self) -> None:
        self.server.stop()
        database.session.remove()
        database.engine().dispose()
        if self.kind == "postgresql":
            databases.drop_database(self.url)

    def room(self, lines: int) -> None:
        """A fresh open room that has so many lines already."""
        self.world.another_meeting()
        self.world.open_meeting()
        with self.world.app.app_context(), unit():
            hearing, jiro = session.get(Hearing, self.world.hearing), session.get(User, self.world.jiro)
            for number in range(lines):
                Entry.capture(hearing, jiro, f"{self.world.meeting}-{number}", EntryKind.OPINION, TEXT)

    # -- what grows -----------------------------------------------------------------------------------------------------

    def measure_growth(self) -> None:
        """The median of a save, of the news of it, and of the look that finds nothing new."""
        sizes, rounds = (10, 100, 1000), 40
        people = {}
        for size in sizes:
            self.room(size)
            people[size] = Page(self, "jiro")
        taken = {(size, what): [] for size in sizes for what in ("save", "news", "nothing new")}
        for number in range(rounds):  # in turn, so that a busy moment of the machine meets all sizes
            for size, page in people.items():
                for what, act, *more in (("save", page.write, f"g{size}-{number}"), ("news", page.look), ("nothing new", page.look)):
                    taken[size, what].append(timed(act, *more))
        print(f"  {'growth':26}" + "".join(f"{size:>8} lines" for size in sizes) + "   1000/10")
        for what in ("save", "news", "nothing new"):
            first, *_rest, last = figures = [median(taken[size, what]) for size in sizes]
            print(f"  {what + ', ms':26}" + "".join(f"{each:14.1f}" for each in figures) + f"{last / first:10.2f}")
        print(f"  {'the news of one line, KB':26}" + "".join(f"{people[size].size / 1000:14.1f}" for size in sizes))

    # -- people who write -----------------------------------------------------------------------------------------------

    def measure_editors(self, counts: list[int], seconds: int) -> None:
        """How long an editor waits for "saved"."""
        print(f"  {'acknowledged, ms':26}{'p50':>8}{'p95':>8}{'p99':>8}{'saves/s':>9}{'server CPU':>11}")
        for pace, count in [(pace, count) for pace in PACES for count in counts]:
            self.room(30)
            editors = [Editor(self, ("hanako", "jiro", "saburo")[number % 3], number, pace) for number in range(count)]
            crowd = Crowd(self, count)  # their pages, which hear of each other
            with Spent(self.server) as spent:
                for each in editors:
                    each.start()
                time.sleep(seconds)
                for each in editors:
                    each.leaving.set()
                for each in editors:
                    each.join(30)
            crowd.leave()
            waits = sum((each.waits for each in editors), [])
            cuts = quantiles(waits, n=100)
            print(f"  {f'{count} editors, a line in {pace} s':26}{cuts[49]:8.1f}{cuts[94]:8.1f}{cuts[98]:8.1f}{len(waits) / seconds:9.1f}{spent.share:10.0%}")

    # -- people who watch -----------------------------------------------------------------------------------------------

    def measure_viewers(self, counts: list[int], seconds: int) -> None:
        """What so many open pages cost while one person writes a line a second, and when each of them has it."""
        print(f"  {'viewers':26}{'news p50':>9}{'p95':>8}{'save p50':>9}{'p95':>8}{'server CPU':>11}{'idle CPU':>9}{'MB':>6}")
        for count in counts:
            self.room(30)
            crowd = Crowd(self, count)
            with Spent(self.server) as idle:
                time.sleep(min(seconds, 10))
            writer, saves = Page(self, "jiro"), []
            with Spent(self.server) as spent:
                until = time.monotonic() + seconds
                while time.monotonic() < until:
                    saves.append(timed(writer.write, f"v{count}-{len(saves)}"))
                    crowd.wrote(30 + len(saves))
                    time.sleep(1)
            time.sleep(2)
            crowd.leave()
            cuts, theirs = quantiles(saves, n=20), quantiles(crowd.waits or [0, 0], n=20)
            print(f"  {count:>4} viewers{'':14}{theirs[9]:9.0f}{theirs[18]:8.0f}{cuts[9]:9.1f}{cuts[18]:8.1f}{spent.share:10.0%}{idle.share:9.0%}{spent.memory:6.0f}")


def timed(act, *more) -> float:
    """Milliseconds that `act` took."""
    begin = time.perf_counter()
    act(*more)
    return (time.perf_counter() - begin) * 1000


class Page:
    """A page of the room, as its script talks with the server: one line kept open, only what changed is asked for."""

    def __init__(self, office: Office, login: str):
        visitor = office.world.browser(login)
        visitor.get("/ground-rules")
        world = office.world
        self.headers = {"Cookie": f"kurumaza={visitor.client.get_cookie('kurumaza').value}", "X-Part": "1",
                        "X-CSRFToken": re.search(r'name="csrf-token" content="([^"]+)"', visitor.page)[1]}
        self.table = f"/meetings/{world.meeting}/room/table?hearing={world.hearing}&view=record"
        self.new, self.mark, self.tag, self.size = f"/hearings/{world.hearing}/entries", "", "", 0
        self.line = HTTPConnection("127.0.0.1", office.server.port, timeout=60)
        self.look()

    def ask(self, method: str, path: str, body=None, **headers):
        self.line.request(method, path, urlencode(body) if body else None, self.headers | headers
                          | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {}))
        answer = self.line.getresponse()
        return answer, answer.read().decode()

    def look(self, patiently: bool = False) -> str:
        """What is new."""
        answer, html = self.ask("GET", self.table, **{"X-Lines": self.mark, "If-None-Match": self.tag})
        while patiently and answer.status == 503:
            time.sleep(random.uniform(0.5, 1.5))
            answer, html = self.ask("GET", self.table, **{"X-Lines": self.mark, "If-None-Match": self.tag})
        if answer.status == 200:
            self.mark, self.tag, self.size = re.search(r'data-lines="([^"]+)"', html)[1], answer.headers["ETag"], len(html.encode())
        return html

    def write(self, key: str) -> None:
        """Put a new line down."""
        answer, _html = self.ask("POST", self.new, dict(key=key, kind="opinion", text=f"{key} {TEXT}", agency_id="0", source=""))
        assert answer.status == 204, answer.status

    def change(self, line: str, read: str, text: str) -> str:
        """Save a line; gives the number of its newest text."""
        answer, _html = self.ask("POST", f"/entries/{line}", dict(read=read, kind="opinion", text=text, agency_id="0", source=""))
        assert answer.status == 204, answer.status
        return answer.headers["X-Number"]


class Editor(threading.Thread):
    """Somebody who writes a line every `pace` seconds, and it is saved twice more while they write on in it."""

    def __init__(self, office: Office, login: str, number: int, pace: float):
        super().__init__(daemon=True)
        self.page, self.number, self.pace, self.waits, self.leaving = Page(office, login), number, pace, [], threading.Event()

    def run(self):
        self.leaving.wait(random.uniform(0, self.pace))
        turn = 0
        while not self.leaving.is_set():
            begin, key = time.monotonic(), f"e{self.page.new}-{self.number}-{turn}"[-40:].replace("/", "-")
            self.waits.append(timed(self.page.write, key))
            mine = next(each for each in self.page.look(patiently=True).split('<li class="entry')[1:] if key in each)
            line, read = re.search(r'id="entry-(\d+)"', mine)[1], re.search(r'name="read" value="(\d+)"', mine)[1]
            for second in (1, 2):
                if self.leaving.wait(max(0, begin + self.pace * (second / 2 - 0.25) - time.monotonic())):
                    return  # at once: all who leave would else write what is left at one moment, as nobody does
                self.waits.append(timed(self.page.change, line, read, f"{key} {TEXT} {second}"))
                read = str(int(read) + 1)
            self.leaving.wait(max(0, begin + self.pace - time.monotonic()))
            turn += 1


class Crowd(threading.Thread):
    """Pages that only watch: each keeps a stream, and on news fetches what changed; never two looks at once."""

    def __init__(self, office: Office, count: int, login: str = "saburo"):
        super().__init__(daemon=True)
        self.pattern = Page(office, login)
        self.port, self.meeting = office.server.port, office.world.meeting
        self.ears, self.waits, self.written, self.coming, self.open = selectors.DefaultSelector(), [], [], [], True
        self.viewers = [Viewer(self) for _each in range(count)]
        self.start()
        until = time.monotonic() + 90
        while any(each.had < 1 for each in self.viewers) and time.monotonic() < until:
            time.sleep(0.2)
        print(f"  ({sum(each.streaming for each in self.viewers)} of {count} have a stream)", file=sys.stderr)

    def wrote(self, lines: int) -> None:
        """So many lines are there from now on."""
        self.written.append((lines, time.monotonic()))

    def leave(self) -> None:
        self.open = False
        self.join(10)
        for each in self.viewers:
            each.stream.close()
            each.page.close()

    def later(self, viewer: Viewer) -> None:
        """They were told to come again in a moment."""
        heapq.heappush(self.coming, (time.monotonic() + random.uniform(0.5, 1.5), id(viewer), viewer))

    def run(self):
        while self.open:
            for key, _events in self.ears.select(0.05):
                key.data()
            while self.coming and self.coming[0][0] < time.monotonic():
                viewer = heapq.heappop(self.coming)[2]
                if not viewer.busy:
                    viewer.look()


class Viewer:
    """One of a crowd."""

    def __init__(self, crowd: Crowd):
        self.crowd, self.had, self.seen, self.busy, self.again, self.streaming = crowd, 0, 0, False, False, False
        self.mark, self.tag, self.got = crowd.pattern.mark, "", b""
        self.stream, self.page = self._connect(self._hear), self._connect(self._read)
        self._say(self.stream, f"/meetings/{crowd.meeting}/stream", Accept="text/event-stream")
        self.look()

    def look(self) -> None:
        self.again, self.busy = self.busy, True
        if not self.again:
            self._say(self.page, self.crowd.pattern.table, **{"X-Lines": self.mark, "If-None-Match": self.tag})

    def _connect(self, act):
        made = socket.create_connection(("127.0.0.1", self.crowd.port), timeout=60)
        self.crowd.ears.register(made, selectors.EVENT_READ, act)
        return made

    def _say(self, line, path: str, **headers) -> None:
        told = {"Host": "127.0.0.1", **self.crowd.pattern.headers, **headers}
        line.sendall((f"GET {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items()) + "\r\n").encode())

    def _hear(self) -> None:
        heard = self.stream.recv(65536)
        if not heard:
            return self.crowd.ears.unregister(self.stream)
        self.streaming = self.streaming or b" 200 " in heard
        if re.search(rb"data: \d", heard):
            self.look()

    def _read(self) -> None:
        part = self.page.recv(1 << 20)
        if not part:
            return self.crowd.ears.unregister(self.page)
        self.got += part
        head, _gap, body = self.got.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if _gap and (b" 304 " in head or length and len(body) >= int(length[1])):
            self.got = b""
            self._take(head.decode(), body.decode())

    def _take(self, head: str, html: str) -> None:
        self.busy, now = False, time.monotonic()
        if " 503 " in head.split("\n")[0]:
            return self.crowd.later(self)
        if " 200 " in head.split("\n")[0]:
            self.tag, self.mark = re.search(r"(?i)etag: (\S+)", head)[1], re.search(r'data-lines="([^"]+)"', html)[1]
            self.had = len(re.search(r'data-order="([\d ]*)"', html)[1].split())
            while self.seen < len(self.crowd.written) and self.crowd.written[self.seen][0] <= self.had:
                self.crowd.waits.append((now - self.crowd.written[self.seen][1]) * 1000)
                self.seen += 1
        if self.again:
            self.again = False
            self.look()


class Spent:
    """The share of one processor that the server took during a block, and its memory at the end."""

    def __init__(self, server: Server):
        self.pid, self.share, self.memory = server.process.pid, 0.0, 0.0

    def __enter__(self):
        self.begin, self.before = time.monotonic(), self._used()
        return self

    def __exit__(self, *_fault):
        self.share = (self._used() - self.before) / (time.monotonic() - self.begin)
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        self.memory = pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _used(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
