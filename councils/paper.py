"""A council as paper, in the words of a Japanese office: the list of its members (委員名簿) and its year (年次報告)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core import clock
from core.office import office
from councils.models import Council, CouncilMember
from councils.sessions import CouncilSession
from exports.blocks import NONE, Block, End, Heading, Item, Line, Note, Pairs, Table, Text, Title, course
from meetings.seen import Sight
from meetings.table import Attendance
from stationery import house

MARKS = {Attendance.PRESENT: "○", Attendance.ONLINE: "○", Attendance.PROXY: "代", Attendance.ABSENT: "欠", Attendance.WRITTEN: "書", Attendance.UNKNOWN: "―"}

HEAD = ("No.", "区分", "氏名", "所属・職", "役職", "任期")


def roster(council: Council, on: date) -> Iterator[Block]:
    """委員名簿: who is in it on a day."""
    yield Title(f"{council.name}　委員名簿", "")
    yield Line(f"{house.day(on, False)}現在", "right")
    yield Line("敬称略", "right")
    yield from members(council, on)
    yield End()


def members(council: Council, on: date) -> Iterator[Block]:
    """The table of its members on a day, and what the marks mean."""
    seated = council.seated(on)
    if not seated:
        yield Text(NONE)
        return
    terms = {_term(each) for each in seated}
    rows = tuple((str(place), each.category or "―", f"{each.post.mark}{each.member.name}", _standing(each), _as(each, council), _term(each))
                 for place, each in enumerate(seated, 1))
    if len(terms) == 1:  # said once instead of in every line
        yield Line(f"任期　{terms.pop()}".replace("\n", ""), "right")
        yield Table("委員名簿", (10, 32, 32, 72, 24), HEAD[:-1], tuple(row[:-1] for row in rows))
    else:
        yield Table("委員名簿", (8, 27, 29, 50, 24, 42), HEAD, rows)
    yield Note(f"◎{council.chair_title}　○副{council.chair_title}")


def report(council: Council, year: int) -> Iterator[Block]:
    """年次報告: what it is, who was in it, when it met, what it decided. What was told to some only is in none of it, and
    what it decided comes from final minutes alone."""
    sittings = [each for each in CouncilSession.held_in(council, year) if each.held]
    last = date(year + 1, 3, 31)
    on = min(last, clock.today()) if clock.today() >= date(year, 4, 1) else date(year, 4, 1)
    yield Title(f"{council.name}　{clock.fiscal_year_name(year)}年次報告", "")
    yield Line(f"作成日　{house.day(clock.today(), False)}", "right")
    yield Line(office().name, "right")
    yield Pairs("会議の概要", tuple(row for row in (
        ("名称", council.name), ("目的", council.purpose), ("設置の根拠", council.ground), ("定足数", _quorum(council)),
        ("公開の別", "公開" if council.public else "非公開"), ("開催回数", f"{len(sittings)}回"), ("出席", _attended(sittings))) if row[1]))
    yield Heading(1, "委員")
    yield Line(f"{house.day(on, False)}現在（敬称略）", "right")
    yield from members(council, on)
    yield Heading(1, "開催経過")
    yield from list(course(each.row for each in sittings)) or [Text("この年度に開かれた会議はない。")]
    if sittings:
        yield Heading(1, "委員の出席状況")
        yield from _attendance(council, sittings)
        yield Heading(1, "各回の決定事項")
        for each in sittings:
            yield from _decided(each)
    coming = [each for each in CouncilSession.held_in(council, year) if not each.held]
    if coming:
        yield Heading(1, "今後の予定")
        for each in coming:
            yield Item(f"第{each.number}回　{house.span(each.meeting.starts_at, each.meeting.ends_at)}　{each.meeting.place}".strip())
    yield End()


def _quorum(council: Council) -> str:
    if not council.quorum.law_name:
        return ""
    return f"委員の{council.quorum.law_name}（代理出席を{'含む' if council.proxies_count else '含まない'}）"


def _attended(sittings: list[CouncilSession]) -> str:
    """延べ出席者数, and how many could have been there."""
    came = [each.turnout for each in sittings]
    return f"委員延べ{sum(each.here for each in came)}名（対象延べ{sum(each.members for each in came)}名）" if came else ""


def _attendance(council: Council, sittings: list[CouncilSession]) -> Iterator[Block]:
    """A line for everybody who was a member at one of the sessions, a column for each session."""
    people: dict[int, CouncilMember] = {}
    for each in sittings:
        for term in council.seated(each.on):
            if term.post.counted:
                people[term.member_id] = term
    seats = [{seat.member_id: seat.attendance for seat in each.meeting.seats} for each in sittings]
    rows = []
    for member_id, term in people.items():
        cells = [_cell(each, member_id, sat) for each, sat in zip(sittings, seats)]
        came, asked = sum(cell in ("○", "代") for cell in cells), sum(cell != "" for cell in cells)
        rows.append((f"{term.post.mark}{term.member.name}", *cells, f"{came}／{asked}"))
    yield Table("委員の出席状況", (40, *(max(9, 84 // len(sittings)) for _each in sittings), 20),
                ("氏名", *(f"第{each.number}回" for each in sittings), "出席"), tuple(rows))
    yield Note("○出席（オンラインを含む。）　代　代理出席　欠　欠席　書　書面による回答　―　記録なし又は席なし。空欄は任期外")


def _cell(sitting: CouncilSession, member_id: int, sat: dict) -> str:
    term = sitting.term_of(member_id)
    return MARKS[sat.get(member_id, Attendance.UNKNOWN)] if term and term.post.counted else ""


def _decided(sitting: CouncilSession) -> Iterator[Block]:
    """What its final minutes say was decided, without what was told to some of the table only."""
    meeting = sitting.meeting
    yield Heading(2, f"第{sitting.number}回（{house.day(sitting.on, False)}）")
    if meeting.disposed:
        yield Text("会議録は保存期間の満了により廃棄した。")
    elif not meeting.final:
        yield Text("会議録は確定していない。")
    else:
        said = [each.text for part in Sight.of(meeting, {""}, set()).paper(meeting.final.minutes).hearings for each in part.decisions]
        yield from (Item(each, numbered=True) for each in said) if said else [Text(NONE)]


def _standing(term: CouncilMember) -> str:
    return "　".join(filter(None, [term.member.agency.name, term.member.job]))


def _as(term: CouncilMember, council: Council) -> str:
    return term.post.titled(council.chair_title)


def _term(term: CouncilMember) -> str:
    return f"{house.day(term.since, False)}から" + (f"\n{house.day(term.until, False)}まで" if term.until else "")


def roster_name(council: Council) -> str:
    """A file name without anybody's name."""
    return f"{_plain(council.name)}_委員名簿.docx"


def report_name(council: Council, year: int) -> str:
    return f"{clock.fiscal_year_code(year)}_{_plain(council.name)}_年次報告.docx"


def _plain(name: str) -> str:
    """A name that every file system takes."""
    return "".join("_" if each in '\\/:*?"<>| 　' else each for each in name)
