"""What came after the sample's closed meeting: people were asked for their roles, somebody would rather have it otherwise
(confirming.toml)."""

from __future__ import annotations

from datetime import timedelta

from actions.asking import ask
from actions.requests import ChangeRequest
from core.database import session
from demo.days import Days
from demo.people import Town
from meetings.models import Meeting
from notices.kinds import NoticeKind
from notices.models import Notice


def follow(rows: dict, town: Town, days: Days) -> None:
    """Ask people for the roles they took, and put their wishes forward."""
    for row in rows["meeting"]:
        meeting = town.meetings[row["key"]]
        for key in row["asked"]:
            _ask(meeting, town.members[key], row, town, days)
        for wish in row["wish"]:
            _wish(meeting, wish, town, days)


def _roles(meeting: Meeting, member) -> list:
    return [each for hearing in meeting.hearings for each in hearing.actions if each.member_id == member.id]


def _ask(meeting: Meeting, member, row: dict, town: Town, days: Days) -> None:
    at = meeting.closed_at + timedelta(minutes=row["asked_after"])
    made = ask(member, _roles(meeting, member), town.facilitator, days.day(row["answer_days"]))
    for each in made:
        each.at = at
    for notice in session.query(Notice).filter_by(member_id=member.id, kind=NoticeKind.CONFIRM, topic=meeting.topic):
        notice.at = at
        notice.settled_at = at if all(each.confirmation for each in _roles(meeting, member)) else None


def _wish(meeting: Meeting, row: dict, town: Town, days: Days) -> None:
    member = town.members[row["member"]]
    role = next(each for each in _roles(meeting, member) if each.what.startswith(row["begins"]))
    made = ChangeRequest.ask(role, town.hand_of(member), row["what"], days.day(row["due_days"]), row["reason"], row["takes"], via=row["via"])
    made.at = days.at(row["days"], "16:20")
