"""How long it takes to find somebody by name, and to seal everything anew, at 100, 1,000 and 10,000 cases.

    python benchmarks/names.py [SQLAlchemy URL of an empty PostgreSQL database]

Two and a half people a case, with names as frequent as Japanese ones are. Prints median milliseconds of a whole request
(page included) for a rare, a common and a missing name, and seconds for `identity rotate`.
"""

from __future__ import annotations

from pathlib import Path
import random
import re
from statistics import median
import sys
import tempfile
import time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa

from accounts.models import Role, User
from accounts.signing_in import limiter
import app as house
from cases.models import Case, HouseholdPerson, HouseholdType
from core import clock, migrate
from core.database import engine, session, unit
from core.office import Office
from core.settings import Settings
from identities import rotation
from identities.facts import Facts
from identities.models import Identity

FAMILIES = [("佐藤", "さとう", 15), ("鈴木", "すずき", 14), ("高橋", "たかはし", 11), ("田中", "たなか", 10), ("渡辺", "わたなべ", 8), ("山田", "やまだ", 6)]
LETTERS = "川野島森原石村井松本木林池橋谷岡浜沢崎宮"
GIVEN = "太花一美子郎恵健誠咲翔陽真由香里奈大樹直"
ROUNDS = 20


def main(url: str = "") -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        ours = house.create_app(Settings(home=Path(folder), database_url=url or f"sqlite:///{folder}/names.sqlite3", secret_key="bench"))
        limiter.enabled = False
        house.models()
        migrate.upgrade()
        chance = random.Random(7)
        with ours.app_context(), unit():
            session.add(Office(id=1, name="みなも市"))
            User.enrol("hanako", "山田 花子", "correct horse battery", [Role.COORDINATOR, Role.IDENTITY])
        client, there = _signed_in(ours), 0
        print(f"{engine().dialect.name}\n{'cases':>7} {'people':>7} {'rare ms':>8} {'common ms':>9} {'missing ms':>10} {'rotate s':>9}")
        for cases in (100, 1_000, 10_000):
            with ours.app_context(), unit():
                _fill(cases - there, chance)
                there = cases
            with ours.app_context(), unit(read_only=True):
                people = session.scalar(sa.select(sa.func.count()).select_from(Identity))
            times = [_timed(client, wanted) for wanted in ("稀姓 一子", "佐藤", "不在者")]
            begin = time.perf_counter()
            with ours.app_context(), unit():
                rotation.rotate()
            print(f"{cases:7} {people:7} {times[0]:8.1f} {times[1]:9.1f} {times[2]:10.1f} {time.perf_counter() - begin:9.1f}")


def _fill(cases: int, chance: random.Random) -> None:
    by = session.scalar(sa.select(User))
    for count in range(cases):
        case = Case.open(by, "世帯", HouseholdType.OTHER, clock.today())
        family, reading = _family(chance)
        for position in range(2 + count % 2):
            case.people.append(HouseholdPerson(position=position, label=f"{position}さん"))
        session.flush()
        for person in case.people:
            given = "".join(chance.sample(GIVEN, 2))
            name = "稀姓 一子" if count == 0 and person.position == 0 and cases < 101 else f"{family} {given}"
            Identity.of(case, person).keep(Facts(name=name, kana=f"{reading} {'あいうえおかきくけこ'[ord(given[0]) % 7:][:3]}",
                                                 birth_date=clock.read_date(f"{chance.randint(1930, 2015)}-{chance.randint(1, 12)}-{chance.randint(1, 28)}"),
                                                 telephone=f"000-{chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}"), by=by)
        if count % 200 == 199:
            session.commit()
            session.expunge_all()
            by = session.scalar(sa.select(User))


def _family(chance: random.Random) -> tuple[str, str]:
    """One of the six most frequent for about six of a hundred people, made of two letters for the rest."""
    at = chance.randrange(1000)
    for name, reading, share in FAMILIES:
        at -= share
        if at < 0:
            return name, reading
    return "".join(chance.sample(LETTERS, 2)), "".join(chance.sample("かきさたなはまやらわ", 3))


def _timed(client, wanted: str) -> float:
    times = []
    for _round in range(ROUNDS):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/names").text)[1]
        begin = time.perf_counter()
        assert client.post("/names", data=dict(wanted=wanted, csrf_token=token)).status_code == 200
        times.append((time.perf_counter() - begin) * 1000)
    return median(times)


def _signed_in(ours):
    client = ours.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]
    client.post("/sign-in", data=dict(login="hanako", password="correct horse battery", csrf_token=token))
    return client


if __name__ == "__main__":
    main(*sys.argv[1:])
