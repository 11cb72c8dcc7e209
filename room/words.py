"""One person's word in a round, and how far somebody asked has come (room/rounds.py)."""

from __future__ import annotations

from datetime import datetime
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, utcnow
from core.languages import later
from meetings.capture import Entry, EntryKind


class Standing(enum.Enum):
    """How far somebody asked in a round has come; more is never told before the reveal."""

    WRITTEN = "written"
    PASSED = "passed"
    WAITING = "waiting"
    UNREACHED = "unreached"

    @property
    def label(self):
        return {"written": later("Has written"), "passed": later("Passes"), "waiting": later("Still to write"),
                "unreached": later("Speaks (no account)")}[self.value]


class RoundWord(Base):
    """What somebody handed in. It goes with the seat: of a person no longer at the table it stays nowhere."""

    __tablename__ = "round_word"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id", ondelete="CASCADE"))
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True, default=lambda: f"word-{uuid.uuid4().hex}")  # of its line
    text: Mapped[str] = mapped_column(sa.Text)
    passed: Mapped[bool] = mapped_column(default=False)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    round = orm.relationship("Round", lazy="joined", innerjoin=True)
    seat = orm.relationship("Seat")
    written_by = orm.relationship("User")
    __table_args__ = (sa.UniqueConstraint("round_id", "seat_id"),)
    __mapper_args__ = {"version_id_col": version}

    def stand(self, noted: bool = True) -> None:
        """Become a line of the record (not when passed); its key sees to it that it is there once. `noted`: as an act of
        who wrote it, to be undone by them."""
        if not self.passed:
            Entry.capture(self.round.hearing, self.written_by, self.key, EntryKind.OPINION, self.text, agency=self.seat.member.agency,
                          confidant=self.seat.confidant, limited=self.round.limited, noted=noted)
