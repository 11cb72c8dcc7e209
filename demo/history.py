"""The sample's meetings: planned, invited, held and made final, with instants that look like history (meetings.toml)."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from core import clock
from core.database import session
from demo import circulating, ground_rules, table
from demo.days import Days
from demo.households import Answers
from demo.people import Town
from ground_rules.models import AckMethod
from ground_rules.proxies import ProxyAcknowledgement
from meetings import agenda, minutes, record
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from meetings.steps import AgendaItem
from meetings.table import Attendance, Hearing, Level, Reply, Seat, SeatRole
from records.models import Filing


def tell(rows: list[dict], town: Town, days: Days, answers: Answers, numbers: dict) -> None:
    """Put the meetings of meetings.toml into the database, in the order in which they happened; `numbers` are those that
    the years behind them leave to what is over."""
    held = 0
    for row in sorted(rows, key=lambda each: each["days"]):
        answers.until(min(row["days"], 0))  # nobody has consented tomorrow yet
        meeting = town.meetings[row["key"]] = _plan(row, town, days, numbers.get(("meeting", row["key"])))
        _fill_tables(meeting, row, town, days)
        if row["status"] in ("closed", "final"):
            _hold(meeting, row, town, days)
            ground_rules.look_back(meeting, town.facilitator, held)
            held += 1
            circulating.go_round(row["key"], meeting, town, days)
        ground_rules.pledge(meeting, town.facilitator)
        if row["status"] == "final":
            _make_final(meeting, row, town, days)
    answers.until(0)


def _plan(row: dict, town: Town, days: Days, serial: int | None) -> Meeting:
    """The meeting with its cases and agenda; one that was switched is planned as what it was first."""
    starts = days.at(row["days"], row["start"])
    kind, heard = Kind(row.get("switched_from", row["kind"])), [town.cases.get(each["case"]) for each in row["hearing"]]
    first = not session.scalar(sa.select(sa.exists().where(Meeting.kind == kind)))
    meeting = Meeting.schedule(
        town.facilitator, kind, row["name"], starts, starts + timedelta(minutes=row["minutes"]), heard[0],
        place=row["place"], mode=Mode(row["mode"]), purpose=row["purpose"], to_decide=row["to_decide"])
    if first or serial:  # the office met before the sample begins
        meeting.serial = serial or row["serial"]
    meeting.hearings += [Hearing(case=case, position=position) for position, case in enumerate(heard[1:], 2)]
    for hearing in meeting.hearings:
        hearing.next_meeting = row["next_meeting"]
    meeting.agenda += [AgendaItem(position=position, **step) for position, step in enumerate(agenda.steps(row["template"], "ja"), 1)]
    session.flush()
    if "switched_from" in row:
        meeting.switch_to_juso(by=town.facilitator)
    return meeting


def _fill_tables(meeting: Meeting, row: dict, town: Town, days: Days) -> None:
    for hearing, words in zip(meeting.hearings, row["hearing"], strict=True):
        hearing.lead_agency = town.agencies.get(words.get("lead_agency"))
        hearing.verdict, hearing.emergency = words.get("verdict", ""), words.get("emergency", "")
        for turn, seat in enumerate(words["seats"]):
            _seat(hearing, seat, turn, row, town, days)
    if row["status"] != "planned":
        meeting.invited_at = days.at(_invited(row), "09:30")
    session.flush()
    for hearing, words in zip(meeting.hearings, row["hearing"], strict=True):
        for seat, said in zip(hearing.seats, words["seats"], strict=True):
            if "ack" in said:
                _acknowledge(meeting, seat, AckMethod(said["ack"]), town)


def _invited(row: dict) -> int:
    """Twelve days ahead, but early enough for answers to be there by today."""
    return min(row["days"] - 12, -4)


def _seat(hearing: Hearing, words: dict, turn: int, row: dict, town: Town, days: Days) -> None:
    seat = hearing.seat(town.members[words["member"]], Level(words["level"]), SeatRole(words["role"]))
    if row["status"] != "planned":
        seat.invited_at, seat.invited_sequence = days.at(_invited(row), "09:30"), hearing.meeting.sequence
    if words["reply"] != "none":
        seat.answer(Reply(words["reply"]), words.get("reply_note", ""))
        seat.replied_at = days.at(_invited(row) + 1 + turn % 3, f"{10 + turn % 7}:{turn * 7 % 60:02d}")
    seat.attendance = Attendance(words.get("attendance", "unknown"))
    seat.proxy_name = words.get("proxy_name", "")


def _acknowledge(meeting: Meeting, seat: Seat, method: AckMethod, town: Town) -> None:
    """On screen right after answering the invitation; aloud and on paper at the opening; a proxy for themselves."""
    if seat.attendance == Attendance.PROXY:
        ProxyAcknowledgement.record(meeting, seat.member, seat.proxy_name, town.hand_of(seat.member), method)
        ProxyAcknowledgement.of(meeting)[seat.member.id, seat.proxy_name].at = meeting.starts_at
        return
    meeting.acknowledge(seat.member, town.hand_of(seat.member), method)
    at_once = method == AckMethod.SCREEN and seat.replied_at
    meeting.acknowledged_by(seat.member).at = at_once + timedelta(minutes=6) if at_once else meeting.starts_at


def _hold(meeting: Meeting, row: dict, town: Town, days: Days) -> None:
    """Open the meeting, write down what was said, close it, ask for the answers."""
    meeting.opened_at = meeting.rules_shown_at = meeting.starts_at
    for hearing in meeting.hearings:
        hearing.opened_at = meeting.starts_at
    for item, starts in zip(meeting.agenda, agenda.starts(meeting.starts_at, [each.minutes for each in meeting.agenda])):
        item.started_at, item.ended_at = starts, starts + timedelta(minutes=item.minutes)
    session.flush()
    for hearing, words in zip(meeting.hearings, row["hearing"], strict=True):
        table.write(hearing, words, row["key"], town, days)
    meeting.closed_at = meeting.ends_at
    session.flush()


def _make_final(meeting: Meeting, row: dict, town: Town, days: Days) -> None:
    """Freeze the minutes as of their day; the record clerk has filed those that say so."""
    at = days.at(row["finalised_days"], "17:50")
    session.flush()
    session.expire_all()  # the paper is laid out from what the database holds
    version = record.finalise(meeting, town.facilitator, lambda held, number, _now: minutes.lay_out(held, number, at))
    version.finalised_at = at
    if "filed_days" in row:
        Filing.put(version, next(each for each in town.users.values() if each.clerk), f"{clock.fiscal_year_name(meeting.fiscal_year)} {meeting.kind.law_name}綴")
        version.filed_at = days.at(row["filed_days"], "10:20")
    session.flush()
