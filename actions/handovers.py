"""A role passes from one person to another after the meeting (異動): who, to whom, why; all of one press belong together."""

from __future__ import annotations

from datetime import datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, utcnow
from core.languages import later


class Cause(enum.Enum):
    """Why somebody's roles are handed over."""

    TRANSFER = "transfer"
    LEAVE = "leave"
    OTHER = "other"

    @property
    def label(self):
        return {"transfer": later("Transfer"), "leave": later("Leave of absence"), "other": later("Another reason")}[self.value]


class Handover(Base):
    """One press: the roles of one person go to another."""

    __tablename__ = "handover"
    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    cause: Mapped[Cause] = mapped_column(choice(Cause))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    items: Mapped[list[HandoverItem]] = orm.relationship(back_populates="handover", order_by="HandoverItem.id")
    giver = orm.relationship("Member", foreign_keys=[from_id], lazy="joined", innerjoin=True)
    taker = orm.relationship("Member", foreign_keys=[to_id], lazy="joined", innerjoin=True)
    by = orm.relationship("User", lazy="joined", innerjoin=True)


class HandoverItem(Base):
    """One role among them."""

    __tablename__ = "handover_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(sa.ForeignKey("handover.id"), index=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    handover: Mapped[Handover] = orm.relationship(back_populates="items", lazy="joined", innerjoin=True)
    action = orm.relationship("ActionItem", back_populates="handovers")
