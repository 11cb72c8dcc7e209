"""What it costs, while saving, that SQLite leaves no trace of what is removed or written anew (PRAGMA secure_delete).

    python benchmarks/erasing.py [--rounds 200]

The same saves with the pragma off, FAST and on, in turn, in one run and one database: a new line in the room (of a thousand), a line
written anew, a case with its words and its place in the search index, a plan whose long draft grows and shrinks, twenty needs taken out
and put in. Prints median milliseconds of a save to its end on the disk, and the ratios to "off": read those.
"""

from __future__ import annotations

import argparse
from pathlib import Path
import random
from statistics import median
import sys
import tempfile
import time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa
from sqlalchemy.orm import configure_mappers

from accounts.models import User
import app as house
from cases.models import Case, Need
from core import migrate
from core.database import session, unit
from core.settings import Settings
from meetings.capture import Entry, EntryKind
from meetings.table import Hearing
from plans.models import Plan
from tests.world import World, make

WAYS = ("OFF", "FAST", "ON")
TEXT = "母の体重が三か月で四キロ減り、食事の用意ができない日が増えている。"
LINES = 1000


def main() -> None:
    """Build, measure, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=200)
    rounds = asked.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        print(f"{'a save':24}" + "".join(f"{way:>9} ms" for way in WAYS) + "   FAST/OFF     ON/OFF")
        for name, save in office.saves.items():
            off, fast, on = office.measure(save, rounds)
            print(f"{name:24}{off:12.2f}{fast:12.2f}{on:12.2f}{fast / off:11.3f}{on / off:11.3f}")


class Office:
    """The small world of the tests, with a room that has many lines."""

    def __init__(self, home: Path):
        made = make(Settings(home=home, database_url=f"sqlite:///{home}/bench.sqlite3", secret_key="bench"))
        house.models()
        configure_mappers()
        migrate.upgrade()
        self.world, self.count = World(made), 0
        self.world.open_meeting()
        with made.app_context(), unit():
            self.count = LINES
            for number in range(LINES):
                self._capture(number)
            session.add(Plan(id=1, case_id=self.world.case, number=1, draft=TEXT, begun_by_id=self.world.hanako))
        self.saves = {"a new line": self._capture, "a line written anew": self._rewrite, "a case": self._change, "a long draft": self._draft, "twenty needs": self._needs}

    def measure(self, save, rounds: int) -> list[float]:
        """Median milliseconds of a save in each way."""
        taken = {way: [] for way in WAYS}
        for turn in range(rounds + 3):
            for way in random.sample(WAYS, len(WAYS)):  # a busy moment of the machine meets all of them
                self.count += 1
                with self.world.app.app_context(), unit():
                    session.execute(sa.text(f"PRAGMA secure_delete={way}"))
                    begin = time.perf_counter()
                    save(self.count)
                    session.commit()
                    if turn >= 3:
                        taken[way].append((time.perf_counter() - begin) * 1000)
        return [median(taken[way]) for way in WAYS]

    def _capture(self, number: int) -> None:
        Entry.capture(session.get(Hearing, self.world.hearing), session.get(User, self.world.jiro), f"line-{number}", EntryKind.OPINION, TEXT)

    def _rewrite(self, number: int) -> None:
        line = session.scalar(sa.select(Entry).where(Entry.key == f"line-{number % LINES}"))
        line.rewrite(session.get(User, self.world.jiro), line.number, EntryKind.OPINION, f"{TEXT}{number}")

    def _change(self, number: int) -> None:
        session.get(Case, self.world.case).summary = TEXT * (10 + number % 20)

    def _draft(self, number: int) -> None:
        session.get(Plan, 1).draft = TEXT * (200 if number % 2 else 2)

    def _needs(self, number: int) -> None:
        case = session.get(Case, self.world.case)
        case.needs = [Need(position=place, domain_code="ELD", text=TEXT) for place in range(1, 20)]


if __name__ == "__main__":
    main()
