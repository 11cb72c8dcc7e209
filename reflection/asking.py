"""Whom a minute is waiting for: of people with an account, and of those behind a personal link."""

from __future__ import annotations

from agencies.models import Member
from core.database import session
from meetings.models import Meeting
from reflection import rounds
from reflection.rights import asked

SHOWN = 5


def waiting(person) -> list[Meeting]:
    """The meetings whose round runs and into whose box this person has put no answer, the newest first."""
    if person.member is None:
        return []
    query = person.all("meeting", "reflect").where(Meeting.closed_at >= rounds.open_since(), Meeting.starts_at >= rounds.open_since() - rounds.LONGEST)
    found = list(session.scalars(query.order_by(Meeting.starts_at.desc()).limit(SHOWN)).unique())
    done = rounds.answered([each.id for each in found], person.member.id)
    return [each for each in found if each.id not in done]


def meeting_of(link) -> Meeting | None:
    """The meeting of a personal link, if its person sat there and is asked."""
    return session.scalars(asked(Member.id == link.member_id).where(Meeting.id == link.meeting_id)).unique().first()


def guest_waits(link) -> bool:
    """Whether the person behind a link has a minute to give now."""
    meeting = meeting_of(link)
    return bool(meeting) and rounds.runs(meeting) and not rounds.answered([meeting.id], link.member_id)


def looks_back(person, meeting) -> bool:
    """Whether what this meeting's answers come to is for this person's eyes."""
    return meeting.closed and person.may("look_back", "meeting", meeting.id)
