"""Taking in what calendars answered by mail: a seat's reply, if the answer fits what its person was sent; else nothing.

A mail may be read twice: its answer counts once, by who answered which wording of what, when.
"""

from __future__ import annotations

from datetime import datetime
import enum
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import live, text
from core.database import Base, UtcDateTime, choice, session, utcnow
from meetings.held import HeldEntry
from meetings.itip import Answer
from meetings.models import Meeting
from meetings.table import Reply, SeatRole
from notices.kinds import NoticeKind
from notices.models import Notice, tell


class Outcome(enum.Enum):
    KEPT = "kept"
    OLDER = "older"  # to a wording, or from a moment, that is over
    UNKNOWN = "unknown"  # nobody was sent this, or somebody else
    UNREADABLE = "unreadable"


class CalendarAnswer(Base):
    """That an answer came, and what became of it; of the mail itself nothing is kept."""

    __tablename__ = "calendar_answer"
    audited = False  # its effect, the seat's reply, is
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)


def take(answer: Answer) -> Outcome:
    """Let one answer count, unless it did before."""
    key = _hash(f"{answer.uid}|{answer.recurs}|{answer.attendee}|{answer.sequence}|{answer.stamp.isoformat()}|{answer.reply}")
    if known := session.get(CalendarAnswer, key):
        return known.outcome
    outcome = _apply(answer)
    session.add(CalendarAnswer(key=key, outcome=outcome))
    session.flush()
    return outcome


def set_aside(mail: bytes) -> None:
    """Count a mail in which no answer could be read."""
    if session.get(CalendarAnswer, key := sha256(mail).hexdigest()) is None:
        session.add(CalendarAnswer(key=key, outcome=Outcome.UNREADABLE))
        session.flush()


def _apply(answer: Answer) -> Outcome:
    held = session.scalar(sa.select(HeldEntry).where(
        HeldEntry.uid == answer.uid, sa.func.lower(HeldEntry.address) == answer.attendee, HeldEntry.called_off_at.is_(None),
        HeldEntry.recurs == answer.recurs if answer.recurs else HeldEntry.recurs.is_(None)))
    meeting = session.get(Meeting, held.meeting_id) if held else None
    seats = [seat for seat in meeting.seats if seat.member.email.casefold() == answer.attendee] if meeting else []
    if len({seat.member_id for seat in seats}) != 1:  # nobody, or two people behind one address: they answer on the page
        return Outcome.UNKNOWN
    at = min(answer.stamp, utcnow())
    if answer.sequence < held.sequence or not meeting.pending or any(seat.replied_at and seat.replied_at >= at for seat in seats):
        return Outcome.OLDER
    for seat in seats:
        seat.answer(Reply(answer.reply), text.revealed(answer.note)[:200].strip(), at)
    live.touch(meeting.topic)
    _tell(meeting, answer)
    return Outcome.KEPT


def _tell(meeting, answer: Answer) -> None:
    """Whoever leads is told that there are answers: once, until they have looked."""
    leads = meeting.holder(SeatRole.FACILITATOR)
    if leads is None or leads.email.casefold() == answer.attendee:
        return
    waiting = session.scalar(sa.select(Notice).where(Notice.member_id == leads.id, Notice.kind == NoticeKind.REPLY, Notice.topic == meeting.topic,
                                                     Notice.seen_at.is_(None), Notice.mailed_at.is_(None)))
    if waiting:
        waiting.number += 1
    else:
        tell(leads, NoticeKind.REPLY, key=f"reply/{meeting.id}/{_hash(repr(answer))[:32]}", about=f"{meeting.name}（{meeting.reference}）"[:200],
             path=f"/meetings/{meeting.id}", topic=meeting.topic)


def _hash(words: str) -> str:
    return sha256(words.encode()).hexdigest()
