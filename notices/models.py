"""One thing somebody is told."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from notices.kinds import NoticeKind


class Notice(Base):
    """What one person on the roster is told: of which kind, about which meeting (its name and reference), how many things,
    where in the app. Never a word of a case."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    about: Mapped[str] = mapped_column(sa.String(200), default="")
    path: Mapped[str] = mapped_column(sa.String(200), default="")
    topic: Mapped[str] = mapped_column(sa.String(80), default="", index=True)
    number: Mapped[int] = mapped_column(default=1)
    answer_by: Mapped[date | None]
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # in a letter that stands in the outbox
    member = orm.relationship("Member", lazy="joined", innerjoin=True)


def tell(member, kind: NoticeKind, key: str, about: str = "", path: str = "", topic: str = "", number: int = 1,
         answer_by: date | None = None) -> Notice:
    """Tell a person on the roster something, within this transaction; the same key again gives the notice that is there.

    `about` is a meeting's name and reference, `path` a page of the app, `topic` the record's (`meeting/3`), `answer_by` the
    day until which they are asked to act. Who has no account reads it only in a mail.
    """
    found = session.scalar(sa.select(Notice).where(Notice.key == key))
    if found is None:
        found = Notice(member_id=member.id, member=member, kind=kind, key=key, about=about, path=path, topic=topic, number=number,
                       answer_by=answer_by)
        session.add(found)
    return found
