"""The office that uses Kurumaza: its name and its habits, one row, edited by the administrator."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, session


class Office(Base):
    """One municipality (or the body it contracts). The row is there from the first visit on."""

    __tablename__ = "office"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    handling_mark: Mapped[str] = mapped_column(sa.String(20), default="取扱注意")
    retention: Mapped[str] = mapped_column(sa.String(40), default="5年")
    phone: Mapped[str] = mapped_column(sa.String(40), default="", server_default=sa.text("''"))
    answer_within: Mapped[int] = mapped_column(default=3, server_default="3")  # working days, for a referral
    criterion_needed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # at least one, for a referral
    letter_sender: Mapped[str] = mapped_column(sa.String(80), default="", server_default=sa.text("''"))  # 長の職名 (and name) on official letters
    letter_contact: Mapped[str] = mapped_column(sa.String(200), default="", server_default=sa.text("''"))  # 担当, telephone, fax
    sample: Mapped[bool] = mapped_column(default=False)
    asks_reason: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # before names are shown
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def office() -> Office | None:
    """The office, or None before its first visit."""
    return session.get(Office, 1)
