"""Whether lists stay quick in the tenth year: the same pages on 100, 1,000 and 10,000 cases, side by side in one run.

    python benchmarks/scale.py [--postgresql] [--most 100]

A world has 2,000 people on its roster, two meetings a case, and a coordinator whose team runs three cases in ten. Prints,
page by page, median milliseconds, how they grow, and how often the database is asked. PostgreSQL as the tests find it.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from statistics import median
import sys
import tempfile
import time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa
from sqlalchemy import event

from accounts.models import Role, SignIn, User
from accounts.signing_in import limiter
from actions.models import ActionItem, Progress, Rank
from agencies.models import Agency, AgencyKind, Domain, Member, agency_domain
import app as house
from cases.consent import ConsentState, Method
from cases.models import Case, Consent, HouseholdPerson, HouseholdType, Need, Stage, TeamMember
from cases.stages import StageMove
from core import clock, database, migrate, search
from core.database import session, unit, utcnow
from core.office import Office
from core.settings import Settings
from ground_rules.models import AckMethod, Acknowledgement, Edition
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.steps import AgendaItem
from meetings.table import Hearing, Level, Seat, SeatRole

ROUNDS, CASES, PEOPLE, AGENCIES = 15, 100, 2000, 400
WORDS = ["介護の負担が大きく", "家賃の滞納が続き", "通院が途絶え", "近所との行き来がなく", "昼夜が逆転し", "年金の手続が進まず", "見守りが要る"]


def main() -> None:
    """Build, measure, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--postgresql", action="store_true")
    asked.add_argument("--most", type=int, default=100)
    chosen = asked.parse_args()
    times = [each for each in (1, 10, 100) if each <= chosen.most]
    with tempfile.TemporaryDirectory() as folder:
        worlds = {each: World(Path(folder) / str(each), each, chosen.postgresql) for each in times}
        print(f"{'page':34}" + "".join(f"{each:>7}× ms" for each in times) + "".join(f"{each:>8}×/1×" for each in times[1:]) + "  queries")
        for name in worlds[times[0]].pages:
            taken = {each: worlds[each].measure(name) for each in times}
            first = taken[times[0]][0]
            print(f"{name:34}" + "".join(f"{taken[each][0]:10.1f}" for each in times)
                  + "".join(f"{taken[each][0] / first:11.2f}" for each in times[1:]) + f"{taken[times[-1]][1]:9}")
        for world in worlds.values():
            world.close()


class World:
    """An office with `times` hundred cases."""

    def __init__(self, home: Path, times: int, postgresql: bool):
        home.mkdir()
        self.times, self.home, self.drop = times, home, lambda: None
        self.url = f"sqlite:///{home}/bench.sqlite3"
        if postgresql:
            from tests import databases

            self.url = databases.create_database(databases.postgresql_url())
            self.drop = lambda: databases.drop_database(self.url)
        self.app = house.create_app(Settings(home=home, database_url=self.url, secret_key="bench"))
        limiter.enabled = False
        house.models()
        migrate.upgrade()
        begin = time.perf_counter()
        with unit():
            self._furnish()
        with unit():
            search.rebuild()
            self.secrets = {login: SignIn.begin(session.scalar(sa.select(User).where(User.login == login))) for login in ("many", "few")}
        with database.engine().begin() as connection:
            connection.execute(sa.text("ANALYZE"))
        print(f"{times}×: built in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
        self.clients = {login: self._client(login) for login in self.secrets}
        self._name_pages()

    def close(self) -> None:
        database.session.remove()
        database.engine().dispose()
        self.drop()

    # -- measuring ------------------------------------------------------------------------------------------------------

    def measure(self, name: str) -> tuple[float, int]:
        """Median milliseconds of a page, and its questions to the database."""
        if database.engine().url != sa.engine.make_url(self.url):
            database.connect(self.url)
        login, path = self.pages[name]
        client, times, asked = self.clients[login], [], []
        note = lambda *_all: asked.append(1)  # noqa: E731
        for _round in range(ROUNDS + 2):
            begin = time.perf_counter()
            answer = client.get(path)
            times.append((time.perf_counter() - begin) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        event.listen(database.engine(), "before_cursor_execute", note)
        client.get(path)
        event.remove(database.engine(), "before_cursor_execute", note)
        return median(times[2:]), len(asked)

    def _client(self, login: str):
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(_user_id=self.secrets[login], _fresh=True, seen=utcnow().timestamp())
        return client

    def _name_pages(self) -> None:
        with unit():
            many = session.scalar(sa.select(User).where(User.login == "many"))
            common, rare = (search.ask("case", text, by=many) for text in ("介護", "0042"))
            meeting = search.ask("meeting", "会議", by=many)
            role = search.ask("action", "訪問", by=many)
            hearing = session.scalar(sa.select(Hearing.id).join(Meeting).where(Hearing.case_id == self.case, Meeting.opened_at.is_(None)))
        last = min(100, self.times * 3 * CASES // 10 // 30)
        self.pages = {
            "home, 3 cases in 10": ("many", "/"), "home, a participant": ("few", "/"),
            "cases": ("many", "/cases"), f"cases, last page or 100th ({last})": ("many", f"/cases?page={last}"),
            "cases without consent": ("many", "/cases?consent=missing"), "cases at a stage": ("many", "/cases?stage=plan&team=mine"),
            "cases, a participant": ("few", "/cases"), "search 介護": ("many", f"/cases?search={common}"),
            "search 0042": ("many", f"/cases?search={rare}"), "a case": ("many", f"/cases/{self.case}"),
            "meetings": ("many", "/meetings"), "past meetings": ("many", "/meetings?when=past"),
            "past meetings, a participant": ("few", "/meetings?when=past"), "search meetings 会議": ("many", f"/meetings?search={meeting}"),
            "roles": ("many", "/actions"), "roles of the cases one runs": ("many", "/actions?of=all"), "overdue roles": ("many", "/actions?of=all&state=overdue"),
            "roles without an answer": ("many", "/actions?of=all&state=unconfirmed"), "roles of an agency": ("few", "/actions?of=agency"),
            "search roles 訪問": ("many", f"/actions?of=all&search={role}"), "roles of a case": ("many", f"/cases/{self.case}/actions"),
            "figures of roles": ("many", "/actions/figures"), "roster": ("many", "/agencies"), "who sits": ("many", f"/hearings/{hearing}/seats"),
        }
        first = next(iter(self.pages))
        self.pages = {("cases, page 100" if name.startswith("cases, last") else name): page for name, page in self.pages.items()}
        assert first in self.pages

    # -- building -------------------------------------------------------------------------------------------------------

    def _furnish(self) -> None:
        session.add(Office(id=1, name="みなも市"))
        Domain.plant()
        Edition.plant()
        self.domains = [each.code for each in Domain.listed()]
        many, few = (User(login=login, name=login, password_hash="-") for login in ("many", "few"))
        many.take_roles([Role.COORDINATOR])
        session.add_all([many, few])
        session.flush()
        self.many, self.few, self.edition = many.id, few.id, Edition.current().id
        self._roster()
        self._cases()
        self._meetings()

    def _put(self, model, rows) -> None:
        for at in range(0, len(rows), 2000):
            session.execute(sa.insert(getattr(model, "__table__", model)), rows[at:at + 2000])

    def _roster(self) -> None:
        kinds = list(AgencyKind)
        self._put(Agency, [dict(id=n, name=f"機関{n:04d}", kind=kinds[n % 3], coordinating=n == 1) for n in range(1, AGENCIES + 1)])
        self._put(agency_domain, [dict(agency_id=n, domain_code=code) for n in range(1, AGENCIES + 1)
                                  for code in {self.domains[n % len(self.domains)], self.domains[n * 7 % len(self.domains)]}])
        self._put(Member, [dict(id=n, agency_id=n % AGENCIES + 1, name=f"構成員 {n:04d}", kana="", job="主査",
                                user_id={1: self.many, 2: self.few}.get(n)) for n in range(1, PEOPLE + 1)])

    def _cases(self) -> None:
        stages, kinds, today = [each for each in Stage], list(HouseholdType), clock.today()
        cases, people, consents, needs, team = [], [], [], [], []
        for n in range(1, CASES * self.times + 1):
            year = 2017 + n * 10 // (CASES * self.times + 1)
            cases.append(dict(id=n, number=f"{clock.fiscal_year_code(year)}-{n:05d}", fiscal_year=year, serial=n, label=f"世帯{n}",
                              household_type=kinds[n % len(kinds)], stage=stages[n % len(stages)], opened_on=today, opened_by_id=self.many,
                              summary="、".join(WORDS[(n + k) % 7] for k in range(3)) * 4 + "。", own_words="家で暮らしたい。", strengths="料理が好き。"))
            for k in range(3):
                person = n * 3 + k
                people.append(dict(id=person, case_id=n, position=k + 1, label=f"{'ABC'[k]}さん", relation="母", age=40 + k, note=WORDS[(n * k) % 7], shared=k < 2))
                if n % 10 or k:
                    consents.append(dict(id=person, person_id=person, state=ConsentState.GIVEN, on=today - timedelta(days=9), method=Method.ORAL,
                                         recorded_by_id=self.many))
            needs.append(dict(case_id=n, position=1, domain_code=self.domains[n % len(self.domains)], text=WORDS[n % 7]))
            if n % 10 in (0, 3, 6):
                team.append(dict(case_id=n, user_id=self.many))
        self.case = n - n % 10
        for model, rows in ((Case, cases), (HouseholdPerson, people), (Consent, consents), (Need, needs), (TeamMember, team)):
            self._put(model, rows)
        self._course()

    def _course(self) -> None:
        """Every case was opened at the stage where it stands."""
        self._put(StageMove, [dict(case_id=id, from_stage=None, to_stage=stage, on=day, by_id=self.many)
                              for id, stage, day in session.execute(sa.select(Case.id, Case.stage, Case.opened_on)).all()])

    def _meetings(self) -> None:
        now, meetings, hearings, seats, items, actions, acks = utcnow(), [], [], [], [], [], []
        total = 2 * CASES * self.times
        for n in range(1, total + 1):
            case, coming = (n + 1) // 2, n % 50 == 0 or (n + 1) // 2 == self.case and n % 2 == 0
            starts = now + timedelta(hours=n % 500 + 20) if coming else now - timedelta(hours=20 + (total - n) * 4)
            held = None if coming else starts
            meetings.append(dict(id=n, kind=Kind.SHIEN, name="みなも市支援会議", fiscal_year=2026, serial=n, starts_at=starts,
                                 ends_at=starts + timedelta(hours=1), place="302会議室", edition_id=self.edition, planned_by_id=self.many,
                                 invited_at=now, opened_at=held, closed_at=held and held + timedelta(hours=1)))
            hearings.append(dict(id=n, meeting_id=n, case_id=case, position=1))
            items.append(dict(meeting_id=n, position=1, title="開会", minutes=5))
            sitting = [1] if n % 3 else [1, 2] if n % 400 == 0 or n <= 9 else [1]
            for member in [*sitting, *(3 + (n * 7 + k * 331) % (PEOPLE - 3) for k in range(5))]:
                seats.append(dict(hearing_id=n, member_id=member, level=Level.REQUIRED, invited_at=now, invited_sequence=0,
                                  role=SeatRole.FACILITATOR if member == 1 else SeatRole.PARTICIPANT))
            if 2 in sitting:
                acks.append(dict(meeting_id=n, member_id=2, edition_id=self.edition, method=AckMethod.SCREEN, recorded_by_id=self.few))
            if held:
                actions += [self._role(n, part, held) for part in range(4)]
        for model, rows in ((Meeting, meetings), (Hearing, hearings), (AgendaItem, items), (Seat, _once(seats)), (ActionItem, actions),
                            (Acknowledgement, acks)):
            self._put(model, rows)
        if database.engine().dialect.name == "postgresql":
            self._count_on()

    def _role(self, n: int, part: int, held) -> dict:
        """Four a meeting; three of them are done when their meeting is over for two months. Nobody has answered yet."""
        old = held < utcnow() - timedelta(days=60)
        return dict(hearing_id=n, key=f"k{n}-{part}", what=f"{WORDS[n % 7]}訪問する", agency_id=4 + n % 300, member_id=None if part else 3 + n % 900,
                    rank=Rank.MAIN, written_by_id=self.many, written_at=held, due_on=(held + timedelta(days=7 + 9 * part)).date(), stands="0" * 64,
                    state=Progress.DONE if part and old else Progress.OPEN)

    def _count_on(self) -> None:
        for table in database.Base.metadata.sorted_tables:
            column = table.autoincrement_column
            if column is not None and (last := session.scalar(sa.select(sa.func.max(column)))):
                session.execute(sa.text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
                                dict(table=f'"{table.name}"', column=column.name, last=last))


def _once(seats: list[dict]) -> list[dict]:
    return list({(each["hearing_id"], each["member_id"]): each for each in seats}.values())


if __name__ == "__main__":
    main()
