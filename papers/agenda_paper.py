"""会議次第 with who sits at the table: what lies before everybody when the meeting begins. Nothing of a case but its number."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock
from exports.blocks import Block, End, Heading, Item, Pairs, Table, Title
from meetings.minutes import part
from meetings.rights import steps_for_all
from meetings.table import Level

TITLE = "会議次第"


def lay_out(meeting, hearings) -> Iterator[Block]:
    """次第 of these cases of the meeting; a step for some of the table only shows its time, not what it is for."""
    yield Title(f"{meeting.sitting.called if meeting.sitting else ''}　{meeting.name}　次第".strip(), "")
    yield Pairs("会議", tuple(row for row in (
        ("日時", clock.span(meeting.starts_at, meeting.ends_at)), ("場所", meeting.place), ("開催方法", meeting.mode.law_name),
        ("会議の種別", meeting.kind.law_name if meeting.kind.hears_cases else ""), ("グランドルール", f"第{meeting.edition.number}版")) if row[1]))
    yield Heading(1, "次第")
    number = None
    for step in steps_for_all(meeting, hearings):
        if len(hearings) > 1 and step.hearing and step.hearing.case and step.hearing.case.number != number:
            number = step.hearing.case.number
            yield Heading(2, f"案件　{number}")
        yield Item(f"{step.title}　（{step.minutes}分）", numbered=True)
    sitting = meeting.sitting
    if sitting and sitting.material_list:
        yield Heading(1, "資料")
        yield from (Item(each) for each in sitting.material_list)
    for hearing in hearings:
        rows = tuple((seat.member.agency.name, seat.member.job, seat.member.name, part(seat))
                     for seat in hearing.seats if seat.level != Level.INQUIRY)
        if rows:
            yield Heading(1, f"出席者（敬称略）{f'　{hearing.case.number}' if len(hearings) > 1 and hearing.case else ''}")
            yield Table("出席者", (60, 32, 36, 32), ("所属", "職", "氏名", "役割"), rows)
    yield End()


def file_name(meeting) -> str:
    return f"{meeting.reference}_次第.docx"
