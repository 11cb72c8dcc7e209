"""How the machinery stands: whether somebody delivers letters, and what is the matter with the mail server."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, insert_once, session, unit, utcnow
from core.reasons import Reason

BEAT = timedelta(minutes=1)  # between two signs of life
ALIVE = timedelta(minutes=5)
PAUSES = (1, 2, 5, 10)  # minutes until a mail server in trouble is asked again


class WorkerSeen(Base):
    """When a worker was last seen at work."""

    __tablename__ = "worker_seen"
    audited = False
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def alive(self) -> bool:
        """Whether that was just now."""
        return abs(utcnow() - self.at) < ALIVE

    @classmethod
    def last(cls) -> WorkerSeen | None:
        """The worker seen last."""
        return session.scalar(sa.select(cls).order_by(cls.at.desc()).limit(1))


class MailTrouble(Base):
    """The one trouble there is with the mail server (row 1); it goes as soon as the server talks to us again."""

    __tablename__ = "mail_trouble"
    audited = False
    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[Reason] = mapped_column(choice(Reason))
    fault: Mapped[str] = mapped_column(sa.String(200), default="")
    since: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    times: Mapped[int] = mapped_column(default=0)
    again_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    @property
    def resting(self) -> bool:
        """Whether it is too early to ask the server again. (A longer rest than there is was written by a wrong clock.)"""
        return utcnow() < self.again_at <= utcnow() + timedelta(minutes=2 * PAUSES[-1])

    @classmethod
    def now(cls) -> MailTrouble | None:
        """The trouble at present."""
        return session.get(cls, 1)


def seen(name: str) -> None:
    """A sign of life of a worker; those not seen for a week are forgotten."""
    now = utcnow()
    with unit():
        session.execute(sa.delete(WorkerSeen).where(WorkerSeen.at < now - timedelta(days=7)))
        insert_once(WorkerSeen, name=name, at=now)
        session.execute(sa.update(WorkerSeen).where(WorkerSeen.name == name).values(at=now))


def gone(name: str) -> None:
    """A worker has ended as it should."""
    with unit():
        session.execute(sa.delete(WorkerSeen).where(WorkerSeen.name == name))


def troubled(reason: Reason, said: str) -> None:
    """Note what is the matter, and when to ask the server again."""
    with unit():
        insert_once(MailTrouble, id=1, reason=reason, fault="", since=utcnow(), times=0, again_at=utcnow())
        found = session.get_one(MailTrouble, 1, with_for_update=True)
        found.reason, found.fault, found.times = reason, said[:200], found.times + 1
        found.again_at = utcnow() + timedelta(minutes=PAUSES[min(found.times, len(PAUSES)) - 1])


def untroubled() -> None:
    """The mail server talks to us again."""
    with unit():
        session.execute(sa.delete(MailTrouble))


def ask_again() -> None:
    """Let the next look ask the server, whatever rest it was given."""
    session.execute(sa.update(MailTrouble).values(again_at=utcnow()))
