"""Puts the meetings of the last years into the database: their agenda and tables, and who sat there."""

from __future__ import annotations

from datetime import datetime, timedelta

from core import audit, clock, search
from demo.people import Town
from demo.years.planting import add, put
from demo.years.sittings import Sitting
from demo.years.tables import Table
from ground_rules.models import AckMethod, Acknowledgement, Edition
from meetings import agenda
from meetings.kinds import Kind
from meetings.models import Meeting, _series
from meetings.steps import AgendaItem
from meetings.table import Hearing, Level, Reply, Seat


def meetings(held: list[Sitting], town: Town) -> None:
    """The meetings, their agenda, their tables and seats; each gets its id."""
    by, edition = town.facilitator.id, Edition.current().id
    ids = put(Meeting, [dict(
        kind=each.kind, name=each.name, fiscal_year=clock.fiscal_year(each.day), serial=each.serial, starts_at=each.starts, ends_at=each.ends,
        place=each.place, online_url="", mode=each.mode, frame=False, edition_id=edition, planned_by_id=by, invited_at=each.invited,
        opened_at=each.opened, closed_at=each.closed, cancelled_at=each.cancelled, rules_shown_at=each.opened, uid=f"years-{turn}@kurumaza",
        sequence=int(each.cancelled is not None), switched_from=switched_from(each)) for turn, each in enumerate(held)])
    for each, id in zip(held, ids, strict=True):
        each.id = id
        audit.note("created", f"meeting/{id}")
    rows = [(each, place, table) for each in held for place, table in enumerate(each.tables, 1)]
    for (_each, _place, table), id in zip(rows, put(Hearing, [_hearing(*row, town) for row in rows]), strict=True):
        table.id = id
    add(AgendaItem, [step for each in held for step in _steps(each)])
    add(Seat, [_seat(each, table, turn, seat, town) for each, _place, table in rows for turn, seat in enumerate(table.seats)])
    add(Acknowledgement, [row for each in held for row in _acknowledgements(each, edition, town)])
    search.stale(Meeting.__table__, ids)
    search.stale(Hearing.__table__, [table.id for _each, _place, table in rows])


def reference(each: Sitting) -> str:
    """R08-支援-0003."""
    return f"{_series(each.kind, clock.fiscal_year(each.day))}{each.serial:04d}"


def switched_from(each: Sitting) -> str:
    """The reference it had as the kind it was first planned as."""
    return f"{_series(Kind.SHIEN, clock.fiscal_year(each.day))}{each.given_up:04d}" if each.given_up else ""


def next_words(table: Table) -> str:
    """What the end of the minutes says of the next time."""
    coming = [turn.day for turn in table.life.turns if turn.day > table.turn.day]
    return f"{clock.wareki(coming[0])}に開催する。" if coming else "必要に応じて、重層支援係が案内する。"


def opened_at(each: Sitting, place: int) -> datetime | None:
    """When the table at this place (from 1) was opened."""
    if each.opened is None or place == 1:
        return each.opened
    return spans(each)[place][0]


def spans(each: Sitting) -> dict[int, tuple[datetime, datetime]]:
    """From when to when each of several tables was on, as its steps ran."""
    found: dict[int, tuple[datetime, datetime]] = {}
    for (place, _step), (begins, ends) in zip(each.steps, _ran(each)):
        if place is not None:
            found[place + 1] = (found.get(place + 1, (begins, ends))[0], ends)
    return found


def _ran(each: Sitting) -> list[tuple[datetime, datetime]]:
    """Each step as planned, but within the meeting: the last one until it closed."""
    minutes = [step["minutes"] for _place, step in each.steps]
    begins = [min(at, each.closed - timedelta(minutes=1)) for at in agenda.starts(each.opened, minutes)]
    return list(zip(begins, [*begins[1:], each.closed], strict=True))


def _hearing(each: Sitting, place: int, table: Table, town: Town) -> dict:
    return dict(meeting_id=each.id, case_id=table.life.id, position=place, purpose=table.purpose, to_decide=table.to_decide,
                next_meeting=next_words(table) if each.opened else "", opened_at=opened_at(each, place), verdict=table.verdict, emergency=table.emergency,
                lead_agency_id=town.agencies[table.lead].id)


def _steps(each: Sitting) -> list[dict]:
    ran = _ran(each) if each.opened else [(None, None)] * len(each.steps)
    return [dict(meeting_id=each.id, position=place, hearing_id=None if of is None else each.tables[of].id, started_at=begins, ended_at=ends, **step)
            for place, ((of, step), (begins, ends)) in enumerate(zip(each.steps, ran), 1)]


def _seat(each: Sitting, table: Table, turn: int, seat, town: Town) -> dict:
    replied = each.invited + timedelta(days=1, minutes=37 * turn + 11) if seat.reply is not Reply.NONE else None
    return dict(hearing_id=table.id, member_id=town.members[seat.member].id, level=seat.level, role=seat.role, reply=seat.reply, reply_note=seat.note,
                replied_at=replied, attendance=seat.attendance, proxy_name="", invited_at=None if seat.level is Level.INQUIRY else each.invited,
                confidant=True, invited_sequence=None if seat.level is Level.INQUIRY else 0)


def acknowledged(each: Sitting, town: Town) -> dict[str, tuple[AckMethod, datetime]]:
    """How and when each member accepted the rules: on the screen beforehand, or read aloud at the opening."""
    found = {}
    for seat in (seat for table in each.tables for seat in table.seats if seat.acknowledged):
        screen = town.members[seat.member].user is not None
        found.setdefault(seat.member, (AckMethod.SCREEN, each.invited + timedelta(days=1, hours=3)) if screen else (AckMethod.ALOUD, each.opened))
    return found


def _acknowledgements(each: Sitting, edition: int, town: Town) -> list[dict]:
    return [dict(meeting_id=each.id, member_id=town.members[key].id, edition_id=edition, method=method, at=at, recorded_by_id=town.hand_of(town.members[key]).id)
            for key, (method, at) in acknowledged(each, town).items()]
