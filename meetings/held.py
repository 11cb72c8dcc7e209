"""What the calendars of those invited hold of a meeting: under which UID, in which wording (RFC 5546).

Each address has a line of its own for each meeting. It makes three things certain. A SEQUENCE only ever grows for one
address, whoever sends what in which order: by one for another time or place, for a cancellation, for being asked again
after one; not for the same invitation once more. An entry keeps the name (UID, RECURRENCE-ID) under which it was first
sent, so that nobody sees one meeting twice. And whoever is not to come any more, because their seat was taken away or they
have another address now, is known and can be told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, session, utcnow


class Name(NamedTuple):
    """How an entry is called in somebody's calendar: its own UID, or that of a series and a beginning in it; and the SEQUENCE
    that is taken already."""

    uid: str
    recurs: datetime | None = None
    sequence: int = -1


class HeldEntry(Base):
    """What was last sent to one address about one meeting."""

    __tablename__ = "held_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    address: Mapped[str] = mapped_column(sa.String(254))
    uid: Mapped[str] = mapped_column(sa.String(80), index=True)
    recurs: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int]
    begins: Mapped[datetime | None] = mapped_column(UtcDateTime)  # unknown for what was sent before this was kept
    ends: Mapped[datetime | None] = mapped_column(UtcDateTime)
    location: Mapped[str] = mapped_column(sa.String(500), default="")
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("meeting_id", "address"),)

    @classmethod
    def of(cls, meeting, address: str) -> HeldEntry | None:
        """What an address, in capitals or not, was sent of a meeting, called off since or not."""
        same = sa.select(cls).where(cls.meeting_id == meeting.id, sa.func.lower(cls.address) == address.casefold())
        return session.scalar(same.order_by(cls.called_off_at.is_not(None), cls.sequence.desc()).limit(1))

    @classmethod
    def standing(cls, meeting) -> list[HeldEntry]:
        """All that was sent of a meeting and not called off."""
        return list(session.scalars(sa.select(cls).where(cls.meeting_id == meeting.id, cls.called_off_at.is_(None)).order_by(cls.id)))

    @classmethod
    def give(cls, meeting, member, span, location: str) -> HeldEntry:
        """This address is sent the meeting as it stands now."""
        found, name = cls.of(meeting, member.email), cls.called(meeting, member.email, span, location)
        if found is None:
            found = cls(meeting_id=meeting.id, address=member.email)
            session.add(found)
        found.uid, found.recurs, found.sequence = name
        found.member_id, found.called_off_at, found.sent_at = member.id, None, utcnow()
        (found.begins, found.ends), found.location = span, location
        session.flush()
        return found

    @classmethod
    def called(cls, meeting, address: str, span, location: str) -> Name:
        """The name and SEQUENCE under which an address is, or would be, sent the meeting as it stands now."""
        found = cls.of(meeting, address) if address else None
        if found is None or found.called_off_at:  # nothing stands there: under which name is decided anew
            name = next((name for ask in namings if address and (name := ask(meeting, address))), Name(meeting.uid))
            return name._replace(sequence=max(name.sequence, found.sequence if found else -1) + 1)
        same = (found.begins, found.ends, found.location) == (*span, location)
        return Name(found.uid, found.recurs, found.sequence + (0 if same else 1))

    def call_off(self) -> None:
        """This address is told not to come."""
        self.sequence, self.called_off_at = self.sequence + 1, utcnow()

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """The time it says, if that is known."""
        return (self.begins, self.ends) if self.begins and self.ends else None


namings: list[Callable[[object, str], Name | None]] = []  # who may know another name for a meeting not sent to an address yet
