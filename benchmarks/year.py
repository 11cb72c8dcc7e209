"""How fast a 年度 leaves as a zip, and whether memory stays flat: documents a second and peak memory at 100 and 1,000 records.

    python benchmarks/year.py [--most 1000]

Each size runs in a process of its own, so that its peak is its own; the baseline is what that process held before it began.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
import subprocess
import sys
import tempfile
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

WORDS = ["介護の負担が大きく、夜も眠れないという。", "家賃の滞納が3か月続いている。", "通院が途絶え、服薬の様子が分からない。", "近所との行き来はない。"]
TARGET = 100  # documents a second on one core


def main() -> None:
    """Run each size in turn and print a line for it."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--most", type=int, default=1000)
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.one:
        return measure(chosen.one)
    print(f"{'records':>8}{'seconds':>9}{'cpu':>7}{'a second':>10}{'a cpu second':>14}{'zip MB':>8}{'peak MB above start':>21}")
    for count in (100, 1000, 5000):
        if count <= chosen.most:
            subprocess.run([sys.executable, __file__, "--one", str(count)], check=True)


def measure(count: int) -> None:
    """Build an office with so many final minutes, send its year to nowhere, print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        import app as house

        house.models()  # before anything that reads them
        from core import audit
        from core.database import unit
        from exports import word
        from records import year
        from records.sending import THE_SERVER, Sending
        from stationery.house import layout

        build(Path(folder), count)
        with unit():
            audit.acting("bench")
            sending = Sending(year.asked(THE_SERVER, 2026, "", False, layout(), "bench"), None)
        with unit(read_only=True):
            word.write(_paper(0), layout())  # what a process makes once, it has made
        before, begun, worked, size = _peak(), perf_counter(), process_time(), 0
        for piece in sending.pieces():
            size += len(piece)
        taken, worked = perf_counter() - begun, process_time() - worked
        print(f"{count:8}{taken:9.1f}{worked:7.1f}{count / taken:10.0f}{count / worked:14.0f}{size / 1e6:8.1f}{_peak() - before:21.1f}", flush=True)


def build(home: Path, count: int) -> None:
    """So many meetings of one case each, closed and final."""
    import sqlalchemy as sa

    from accounts.models import User
    import app as house
    from cases.models import Case, HouseholdType, Stage
    from core import clock, migrate
    from core.database import session, unit, utcnow
    from core.office import Office
    from core.settings import Settings
    from ground_rules.models import Edition
    from meetings.kinds import Kind
    from meetings.models import Meeting
    from meetings.record import MinutesVersion
    from meetings.table import Hearing

    house.create_app(Settings(home=home, database_url=f"sqlite:///{home}/bench.sqlite3", secret_key="bench"))
    migrate.upgrade()
    now = utcnow()
    with unit():
        session.add(Office(id=1, name="みなも市"))
        Edition.plant()
        session.add(User(id=1, login="bench", name="bench", password_hash="-"))
        session.flush()
        edition = Edition.current().id
        for at in range(0, count, 500):
            numbers = range(at + 1, min(count, at + 500) + 1)
            papers = {n: _paper(n) for n in numbers}
            session.execute(sa.insert(Case.__table__), [dict(
                id=n, number=f"R08-{n:04d}", fiscal_year=2026, serial=n, label=f"世帯{n}", household_type=HouseholdType.OTHER, stage=Stage.PLAN,
                opened_on=clock.today(), opened_by_id=1, summary="", own_words="", strengths="") for n in numbers])
            session.execute(sa.insert(Meeting.__table__), [dict(
                id=n, kind=Kind.SHIEN, name="みなも市支援会議", fiscal_year=2026, serial=n, starts_at=now + timedelta(minutes=n), ends_at=now + timedelta(minutes=n + 60),
                place="302会議室", edition_id=edition, planned_by_id=1, opened_at=now, closed_at=now) for n in numbers])
            session.execute(sa.insert(Hearing.__table__), [dict(id=n, meeting_id=n, case_id=n, position=1) for n in numbers])
            session.execute(sa.insert(MinutesVersion.__table__), [dict(
                id=n, meeting_id=n, number=1, content=papers[n].to_json(), hash=papers[n].content_hash, finalised_at=now, finalised_by_id=1, reason="")
                for n in numbers])


def _paper(n: int):
    from benchmarks.word import meeting

    paper = meeting(1)
    heard = replace(paper.hearings[0], case_number=f"R08-{n:04d}", own_words=WORDS[n % 4])
    return replace(paper, title=f"令和8年度第{n}回 みなも市支援会議 会議録", reference=f"R08-支援-{n:04d}", hearings=(heard,)).sealed()


def _peak() -> float:
    """Megabytes this process has held at most."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
