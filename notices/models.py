"""One thing somebody is told."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from core.access import visible
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
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # it asks for nothing any more
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # in a letter that stands in the outbox
    member = orm.relationship("Member", lazy="joined", innerjoin=True)

    @hybrid_property
    def unseen(self) -> bool:
        """Whether it still waits to be read."""
        return self.seen_at is None and self.settled_at is None

    @unseen.inplace.expression
    @classmethod
    def _unseen(cls):
        return sa.and_(cls.seen_at.is_(None), cls.settled_at.is_(None))

    def see(self) -> None:
        """Its reader has gone to its page; a second time changes nothing."""
        self.seen_at = self.seen_at or utcnow()

    @classmethod
    def see_all(cls, person, newest: int) -> None:
        """This person has seen everything they were told, up to the notice with the number `newest`: what came after it
        did not stand on the page they saw."""
        theirs = visible(person, "notice").where(cls.unseen, cls.id <= newest)
        for each in session.scalars(theirs):
            each.see()


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


def settle(kind: NoticeKind, *, topic: str = "", key: str = "", member=None) -> int:
    """Withdraw what no longer asks for anything, within this transaction; give how many were withdrawn.

    `settle(NoticeKind.CONFIRM, topic="meeting/3", member=member)` when they have answered, `settle(NoticeKind.DRAFT,
    key="draft/3/")` when it goes round no more; `key` is how the keys begin. What was withdrawn counts as done and goes by no
    mail any more. ValueError when neither topic nor key says which.
    """
    if not (topic or key):
        raise ValueError("which notices?")
    of = [Notice.kind == kind, Notice.unseen]
    of += [Notice.topic == topic] if topic else []
    of += [Notice.key.startswith(key, autoescape=True)] if key else []
    of += [Notice.member_id == member.id] if member is not None else []
    session.flush()
    return session.execute(sa.update(Notice).where(*of).values(settled_at=utcnow())).rowcount
