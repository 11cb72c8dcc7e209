"""The sample's committee with its members, its sessions of two years, and the next one (councils.toml)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from agencies.models import Agency, AgencyKind, Member
from core import clock
from core.database import session
from councils.models import Council, CouncilMember
from councils.posts import Post, Quorum
from councils.sessions import CouncilSession
from demo import table
from demo.days import Days
from demo.people import Town
from ground_rules.models import AckMethod
from ground_rules.proxies import ProxyAcknowledgement
from meetings import agenda, minutes, record
from meetings.models import Meeting, Mode
from meetings.table import Attendance, Level, Reply, SeatRole

ONLINE = "https://meet.example.jp/minamo"


def tell(words: dict, town: Town, days: Days) -> None:
    """Put the committee, its members and its sessions into the database, in their order."""
    council = Council.found(town.facilitator, **(words["council"] | dict(quorum=Quorum(words["council"]["quorum"]))))
    people = town.members | {row["key"]: _guest(row) for row in words["guest"]}
    session.flush()
    council.terms += [CouncilMember(member=people[row["key"]], post=Post(row["post"]), category=row["category"], since=since, until=until)
                      for row in words["member"] for since, until in _terms(row["terms"], days.today)]
    session.flush()
    for row in words["session"]:
        if "meeting" in row:
            _of(council, town.meetings[row["meeting"]], row, people, town)
        else:
            _session(council, row, people, town, days)
        session.flush()


def _guest(row: dict) -> Member:
    made = Member(agency=Agency(name=row["agency"], kind=AgencyKind.INFORMAL), name=row["name"], kana=row["kana"], job=row["job"])
    session.add(made)
    return made


def _terms(which: str, today: date) -> list[tuple[date, date]]:
    """The two-year terms: the one that ended with the last 年度 and the one that runs."""
    year = clock.fiscal_year(today)
    first, second = ((date(begins, 4, 1), date(begins + 2, 3, 31)) for begins in (year - 2, year))
    return {"both": [first, second], "first": [first], "second": [second]}[which]


def _of(council: Council, meeting: Meeting, row: dict, people: dict, town: Town) -> CouncilSession:
    """A meeting the sample holds anyway was a session, too: its minutes say so."""
    made = CouncilSession(council=council, meeting=meeting, public=True, topics="\n".join(row["topics"]), materials="\n".join(row["materials"]),
                          number=CouncilSession.next_number(council, clock.local(meeting.starts_at).date()), visitors=row["visitors"])
    session.add(made)
    for key in row["also"]:
        seat = meeting.hearings[0].seat(people[key], Level.REQUIRED, SeatRole.PARTICIPANT)
        seat.invited_at, seat.invited_sequence, seat.attendance = meeting.invited_at, meeting.sequence, Attendance.PRESENT
        meeting.acknowledge(seat.member, town.facilitator, AckMethod.ALOUD)
        meeting.acknowledged_by(seat.member).at = meeting.starts_at
    session.flush()
    version = meeting.final
    session.expire_all()
    paper = minutes.lay_out(meeting, version.number, version.finalised_at).sealed()
    version.content, version.hash = paper.to_json(), paper.content_hash
    return made


def _session(council: Council, row: dict, people: dict, town: Town, days: Days) -> CouncilSession:
    starts = days.at(row["days"], row["start"])
    made = CouncilSession.plan(
        council, town.facilitator, CouncilSession.next_number(council, clock.local(starts).date()), starts, starts + timedelta(minutes=row["minutes"]),
        public=True, topics="\n".join(row["topics"]), materials="\n".join(row["materials"]), place=row["place"], mode=Mode(row["mode"]),
        online_url="" if row["mode"] == "in_person" else ONLINE)
    if row["days"] < 0:
        _hold(made, row, people, town, days)
    return made


def _hold(sitting: CouncilSession, row: dict, people: dict, town: Town, days: Days) -> None:
    """Invited, held, written down and made final a fortnight later."""
    meeting, hearing = sitting.meeting, sitting.meeting.hearings[0]
    meeting.invited_at = days.at(row["days"] - 14, "09:30")
    absent, proxies = {people[each].id for each in row["absent"]}, {people[key].id: name for key, name in row.get("proxy", {}).items()}
    for seat in hearing.seats:
        seat.invited_at, seat.invited_sequence = meeting.invited_at, meeting.sequence
        seat.attendance = _attendance(seat, absent, proxies, meeting.mode)
        seat.proxy_name = proxies.get(seat.member_id, "")
        seat.answer(Reply.NO if seat.attendance == Attendance.ABSENT else Reply.YES, at=days.at(row["days"] - 9, "11:20"))
        if seat.attendance == Attendance.PROXY:
            ProxyAcknowledgement.record(meeting, seat.member, seat.proxy_name, town.facilitator, AckMethod.ALOUD)
            ProxyAcknowledgement.of(meeting)[seat.member_id, seat.proxy_name].at = meeting.starts_at
        elif seat.attendance.here:
            meeting.acknowledge(seat.member, town.hand_of(seat.member), AckMethod.ALOUD)
            meeting.acknowledged_by(seat.member).at = meeting.starts_at
    meeting.opened_at = meeting.rules_shown_at = hearing.opened_at = meeting.starts_at
    for item, starts in zip(meeting.agenda, agenda.starts(meeting.starts_at, [each.minutes for each in meeting.agenda])):
        item.started_at, item.ended_at = starts, starts + timedelta(minutes=item.minutes)
    session.flush()
    table.write(hearing, row, f"council-{sitting.id}", town, days)
    hearing.next_meeting, meeting.closed_at, sitting.visitors = row["next"], meeting.ends_at, row["visitors"]
    _make_final(meeting, town, days.at(row["days"] + 10, "16:40"))


def _make_final(meeting: Meeting, town: Town, at: datetime) -> None:
    session.flush()
    session.expire_all()  # the paper is laid out from what the database holds
    version = record.finalise(meeting, town.facilitator, lambda held, number, _now: minutes.lay_out(held, number, at))
    version.finalised_at = at


def _attendance(seat, absent: set[int], proxies: dict[int, str], mode: Mode) -> Attendance:
    if seat.member_id in absent:
        return Attendance.ABSENT
    elif seat.member_id in proxies:
        return Attendance.PROXY
    elif mode == Mode.ONLINE or (mode == Mode.BOTH and seat.member.agency.kind == AgencyKind.CONTRACTED):
        return Attendance.ONLINE
    else:
        return Attendance.PRESENT
