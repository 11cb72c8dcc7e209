"""Which class a kind of meeting or one record has, and what stops its disposal (廃棄停止): records that stay."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, utcnow
from meetings.kinds import Kind


class RetentionChoice(Base):
    """A class was chosen, for a kind of meeting or for one: the newest counts, the earlier ones are its history.

    `years` are kept beside the name, so that a later change of the list changes no record that was judged by it.
    """

    __tablename__ = "retention_choice"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind | None] = mapped_column(choice(Kind))
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(20))
    years: Mapped[int | None]  # None: for ever
    until: Mapped[date | None]  # kept longer by decision (延長)
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by = orm.relationship("User", lazy="joined", innerjoin=True)
    __table_args__ = (sa.CheckConstraint("(kind is null) <> (meeting_id is null)", name="of_a_kind_or_of_one"),)


class RetentionClass(Base):
    """One class of the office's own filing rules. While an office has none of its own, those that come with the program are offered."""

    __tablename__ = "retention_class"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(20), unique=True)
    years: Mapped[int | None]  # None: for ever; 0: less than a year
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # no longer offered; what was judged by it stays


class RetentionHold(Base):
    """Nothing of this meeting may be disposed of, for a reason (開示請求, 訴訟, 監査 …), until a day or until it is lifted."""

    __tablename__ = "retention_hold"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(80), index=True)  # what laid it, as "disclosure/12"; empty when by hand
    until: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    released_reason: Mapped[str] = mapped_column(sa.Text, default="")
    by = orm.relationship("User", foreign_keys=[by_id], lazy="joined", innerjoin=True)
    released_by = orm.relationship("User", foreign_keys=[released_by_id], lazy="joined")
    meeting = orm.relationship("Meeting")

    def stops(self, on: date) -> bool:
        """Whether it still stops the disposal on this day; its last day counts."""
        return self.released_at is None and (self.until is None or self.until >= on)
