"""The office that uses Kurumaza: its name and its habits, one row, edited by the administrator."""

from __future__ import annotations

from datetime import time

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
    # After the meeting: times in working days, hours on the office's clock.
    confirm_within: Mapped[int] = mapped_column(default=3, server_default="3")  # an answer to one's roles
    minutes_within: Mapped[int] = mapped_column(default=10, server_default="10")  # the draft of the minutes goes round
    remarks_within: Mapped[int] = mapped_column(default=10, server_default="10")  # corrections to it
    deemed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # みなし確認, for the wording of minutes only
    remind_before: Mapped[int] = mapped_column(default=3, server_default="3")  # a role's day; 0: never
    remind_after: Mapped[int] = mapped_column(default=3, server_default="3")
    digest_at: Mapped[time] = mapped_column(default=time(8, 30), server_default=sa.text("'08:30:00'"))
    quiet_from: Mapped[time] = mapped_column(default=time(20), server_default=sa.text("'20:00:00'"))  # no mail until `quiet_to`
    quiet_to: Mapped[time] = mapped_column(default=time(7), server_default=sa.text("'07:00:00'"))
    link_days: Mapped[int] = mapped_column(default=14, server_default="14")  # days a personal link works
    check_months: Mapped[int] = mapped_column(default=12, server_default="12")  # an entry of the map of resources is checked anew
    sample: Mapped[bool] = mapped_column(default=False)
    asks_reason: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # before names are shown
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def office() -> Office | None:
    """The office, or None before its first visit."""
    found = session.get(Office, 1)
    session.info["office"] = found  # a session forgets a row nobody holds, and every page would read it five times
    return found
