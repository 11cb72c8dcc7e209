"""The meetings of the last years: which tables sat together, when and how, and when their minutes were final. Plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from core import clock
from core.workdays import add_working_days
from demo.years.lives import Life, Turn
from demo.years.tables import Table, table
from demo.years.words import book
from meetings import agenda
from meetings.kinds import Kind
from meetings.models import Mode
from meetings.table import Attendance, Level

SLOTS = ("10:00", "13:30", "15:00", "16:10", "09:00", "16:20", "17:15")  # one person leads them all; where the sample meets itself, from the fifth on
NAMES = {Kind.JUSO: "みなも市重層的支援会議", Kind.SHIEN: "みなも市支援会議"}
PLACES = {Mode.IN_PERSON: ["市役所3階 302会議室", "市役所4階 委員会室", "みなも福祉会館 研修室"], Mode.BOTH: ["市役所3階 302会議室"], Mode.ONLINE: [""]}
TEMPLATES = {"first": "standard", "later": "standard", "again": "standard", "plan": "fit_30", "monitor": "short", "evaluate": "evaluation_30"}
OLD = 9  # working days after which minutes are final in any case


@dataclass
class Version:
    """One final version: when, and when and why it was reopened or filed."""

    at: datetime
    reopened: datetime | None = None
    reason: str = ""
    filed: datetime | None = None


@dataclass
class Sitting:
    """One meeting."""

    kind: Kind
    name: str
    starts: datetime
    ends: datetime
    mode: Mode
    place: str
    tables: list[Table]
    steps: list[tuple[int | None, dict]]  # (place of the table or None for all, step of the agenda)
    opened: datetime | None = None
    closed: datetime | None = None
    cancelled: datetime | None = None
    versions: list[Version] = field(default_factory=list)
    serial: int = 0
    given_up: int = 0  # the number it had as the kind it was first planned as
    id: int = 0
    agenda_ids: list[int] = field(default_factory=list)

    @property
    def day(self) -> date:
        return clock.local(self.starts).date()

    @property
    def switched(self) -> bool:
        """Whether it was planned as a 支援会議, before consent arrived."""
        return self.tables[0].turn.planned_as is Kind.SHIEN

    @property
    def invited(self) -> datetime:
        return clock.instant(add_working_days(self.day, -9), time(9, 30))


def sittings(lives: Iterable[Life], today: date, members: dict[str, str], busy: set[date]) -> list[Sitting]:
    """All meetings of these lives in their order; late in the afternoon on days on which the sample's own people are `busy`
    with its own meetings."""
    until = add_working_days(today, -1)
    alone, together = [], {}
    for life in lives:
        for turn in life.turns:
            if turn.why in ("monitor", "evaluate"):
                together.setdefault(turn.day, []).append((life, turn))
            else:
                alone.append((turn.day, [(life, turn)]))
    rows = alone + [(day, each[at:at + 3]) for day, each in together.items() for at in range(0, len(each), 3)]
    slots, made = dict.fromkeys(busy, 3), []
    for day, heard in sorted(rows, key=lambda row: (row[0], len(row[1]), row[1][0][0].turn)):
        slot = slots[day] = slots.get(day, -1) + 1
        made += _sit(day, heard, SLOTS[slot], members, until)
    return sorted(made, key=lambda each: each.starts)


def _sit(day: date, heard: list[tuple[Life, Turn]], start: str, members: dict[str, str], until: date) -> list[Sitting]:
    dice = Random(f"sitting {day} {start}")
    mode = dice.choices([Mode.IN_PERSON, Mode.BOTH, Mode.ONLINE], [66, 22, 12])[0]
    starts = clock.instant(day, time.fromisoformat(start))
    tables, kind = [table(life, turn, mode, members, until) for life, turn in heard], heard[0][1].kind
    steps = _steps(TEMPLATES[heard[0][1].why]) if len(heard) == 1 else agenda.timetable(20 * len(heard) + 10, ["case_20"] * len(heard), "ja")
    _alike(tables)
    ends = starts + timedelta(minutes=sum(step["minutes"] for _place, step in steps))
    made = Sitting(kind, NAMES[kind], starts, ends, mode, dice.choice(PLACES[mode]), tables, steps)
    made.opened = starts + timedelta(minutes=dice.randint(0, 3))
    made.closed = ends + timedelta(minutes=dice.randint(-9, 10))
    made.versions = list(_versions(made, until, dice))
    return [*_put_off(made, until, dice), made]


def _alike(tables: list[Table]) -> None:
    """Who sits for several households of one meeting came, or did not come, for all of them."""
    first = {}
    for seat in (each for every in tables for each in every.seats if each.level is not Level.INQUIRY):
        same = first.setdefault(seat.member, seat)
        seat.reply, seat.note, seat.attendance, seat.acknowledged = same.reply, same.note, same.attendance, same.acknowledged


def _steps(template: str) -> list[tuple[None, dict]]:
    return [(None, each) for each in agenda.steps(template, "ja")]


def _put_off(held: Sitting, until: date, dice: Random) -> Iterator[Sitting]:
    """A meeting that was called off the day before, and held some days later."""
    first = held.tables[0]
    if first.turn.why in ("first", "later") and dice.random() < 0.08:
        day = add_working_days(held.day, -6)
        starts = clock.instant(day, time(16, 0))
        empty = Table(first.life, first.turn, first.purpose, first.to_decide, lead=first.lead, seats=[replace(each, attendance=Attendance.UNKNOWN, acknowledged=False) for each in first.seats])
        yield Sitting(Kind.SHIEN, NAMES[Kind.SHIEN], starts, starts + (held.ends - held.starts), held.mode, held.place, [empty], held.steps,
                      cancelled=clock.instant(add_working_days(day, -1), time(15, 20)))


def _versions(held: Sitting, until: date, dice: Random) -> Iterator[Version]:
    """Final some working days later, rarely late; a few were reopened for a correction."""
    wait = dice.randint(5, 12) if dice.random() < 0.86 else dice.randint(13, 22)
    day = add_working_days(held.day, wait)
    if day > until and add_working_days(held.day, OLD) <= until:
        day = until
    if day > until:
        return
    first = Version(clock.instant(day, time(17, 40)))
    again, corrected = add_working_days(day, dice.randint(8, 25)), dice.randint(2, 5)
    if dice.random() < 0.06 and add_working_days(again, corrected) <= until:
        first.reopened, first.reason = clock.instant(again, time(10, 5)), dice.choice(book()["common"]["reopen_minutes"])
        yield first
        first = Version(clock.instant(add_working_days(again, corrected), time(16, 10)))
    filed = add_working_days(clock.local(first.at).date(), dice.randint(1, 4))
    if filed <= until:
        first.filed = clock.instant(filed, time(10, 30))
    yield first
