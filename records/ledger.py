"""会議録台帳: the register of the final minutes of a 年度, as far as a person may read them. Names no household."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from datetime import date

from core import clock
from core.database import session
from core.tables import as_csv
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.seen import Sight
from records import lists
from records.models import Filing

BATCH = 100
GROUND = {Kind.JUSO: "本人の同意", Kind.SHIEN: "社会福祉法第106条の6（同意を要しない）"}
_ends: list[Callable] = []


def tells_ends(function):
    """Declare function(person) -> {meeting id: (day or None, class)}: until when records are kept (a room above knows). Asked once a table."""
    _ends.append(function)
    return function


@dataclass(frozen=True)
class Row:
    """One line of the register, in the order of its columns; days are dates, counts are numbers."""

    number: str
    serial: int
    kind: str
    name: str
    held: date
    place: str
    mode: str
    cases: int
    attendees: int
    agencies: int
    ground: str
    versions: int
    final_on: date
    filed_on: date | None
    binder: str
    document: str
    kept_until: date | None
    retention: str
    check: str  # "" for somebody who reads only a part: a seal over the whole is not theirs to know
    record: int


COLUMNS = [  # heading, width in letters
    ("会議番号", 15), ("回", 5), ("会議の種類", 15), ("会議の名称", 22), ("開催日", 16), ("場所", 18), ("開催方法", 13), ("案件数", 7), ("出席者数", 8), ("出席機関数", 9),
    ("根拠・同意", 24), ("確定版", 7), ("確定日", 16), ("保管日", 16), ("簿冊", 18), ("文書番号", 15), ("保存満了日", 16), ("保存期間", 10), ("照合番号", 15),
]
HEADINGS = [heading for heading, _width in COLUMNS]


def versions(person, year: int, kind: str = "", superseded: bool = False) -> list[int]:
    """Ids of the final versions of a 年度 open to this person, in the order of the register."""
    query = person.all("minutes").join(MinutesVersion, MinutesVersion.meeting_id == Meeting.id).where(Meeting.fiscal_year == year)
    if kind:
        query = query.where(Meeting.kind == Kind(kind))
    if not superseded:
        query = query.where(MinutesVersion.reopened_at.is_(None))
    return list(session.scalars(query.with_only_columns(MinutesVersion.id).order_by(*lists.ORDERS["number"])))


def rows(person, ids: list[int]) -> Iterator[Row]:
    """The lines of these versions, read some at a time."""
    ends = {meeting: end for tell in _ends for meeting, end in tell(person).items()}
    for at in range(0, len(ids), BATCH):
        found = {each.id: each for each in lists.read(ids[at:at + BATCH], content=True)}
        batch = [found[each] for each in ids[at:at + BATCH] if each in found]
        sights, filed = Sight.of_each(person, [each.meeting for each in batch]), Filing.of(batch)
        yield from (_row(each, sights[each.meeting_id], filed.get(each.id), ends.get(each.meeting_id)) for each in batch)
        session.expunge_all()  # a year need not be in memory together


def csv(lines: Iterator[Row]) -> bytes:
    """The register as CSV."""
    return as_csv([HEADINGS, *([_plain(each) for each in cells(row)] for row in lines)])


def cells(row: Row) -> tuple:
    """What stands in the columns."""
    return astuple(row)[:len(COLUMNS)]


def _row(version: MinutesVersion, sight: Sight, filing: Filing | None, end) -> Row:
    meeting, whole = version.meeting, version.minutes
    paper = sight.paper(whole)
    there = {(each.agency, each.name): each.agency for hearing in paper.hearings for each in hearing.attendees if "出席" in each.attendance}
    held = meeting.held_from or meeting.opened_at or meeting.starts_at
    return Row(
        number=meeting.reference, serial=meeting.serial, kind=meeting.kind.law_name, name=meeting.name, held=clock.local(held).date(),
        place=paper.place, mode=paper.mode, cases=sum(bool(each.case_number) for each in paper.hearings), attendees=len(there),
        agencies=len(set(there.values())), ground=GROUND.get(meeting.kind, "―"), versions=version.number,
        final_on=clock.local(version.finalised_at).date(), filed_on=clock.local(version.filed_at).date() if version.filed_at else None,
        binder=filing.binder if filing else "", document=filing.number if filing else "", kept_until=end[0] if end else None,
        retention=end[1] if end else paper.retention, check=version.hash[:12] if sight.reads_all(whole) else "", record=version.id)


def _plain(value) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


