"""The holder's own answer to a role, bound to the words they read and kept for good."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from actions.words import Answer
from core.database import Base, UtcDateTime, choice, utcnow


class Confirmation(Base):
    """One answer to one wording of a role, and for whom it was given."""

    __tablename__ = "confirmation"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    word: Mapped[str] = mapped_column(sa.Text, default="")
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    what: Mapped[str | None] = mapped_column(sa.Text)  # the words answered to, and who held the role then;
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))  # none of it known of answers to older words
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    action = orm.relationship("ActionItem", back_populates="confirmations")
    agency = orm.relationship("Agency")
    member = orm.relationship("Member")
    by = orm.relationship("User", lazy="joined", innerjoin=True)

    @property
    def heard(self) -> bool:
        """Whether somebody else wrote down what the holder said on paper or by telephone."""
        member = self.action.member
        return member is not None and member.user_id != self.by_id

    @property
    def who(self) -> str:
        """機関名 氏名 of the holder who answered."""
        if self.member:
            return self.member.full
        else:
            return self.agency.name if self.agency else ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words answered to, and those the role has now."""
        return self.what or "", self.action.what
