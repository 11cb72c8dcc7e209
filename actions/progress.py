"""How a role goes on after the meeting: begun, done, stuck, not needed any more; each report is kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from actions.words import Progress
from core.database import Base, UtcDateTime, choice, utcnow


class ProgressStep(Base):
    """One report on a role: how it stands, in a short note, by whom."""

    __tablename__ = "progress_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    state: Mapped[Progress] = mapped_column(choice(Progress))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))  # None: through a personal link
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    action = orm.relationship("ActionItem", back_populates="steps")
    by = orm.relationship("User", lazy="joined")
