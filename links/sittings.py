"""One visit behind a personal link: kept on the server, so that it can be ended there."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
import secrets

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, session, utcnow
from links.models import Link

IDLE = timedelta(minutes=30)
LASTS = timedelta(hours=4)


class GuestSitting(Base):
    """From the right code until the guest ends it, or has not stirred for half an hour (which their cookie remembers)."""

    __tablename__ = "guest_sitting"
    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(sa.ForeignKey("link.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    link: Mapped[Link] = orm.relationship(lazy="joined", innerjoin=True)

    @classmethod
    def begin(cls, link: Link) -> str:
        """Let somebody sit down; give the secret their browser keeps."""
        secret = secrets.token_urlsafe(32)
        session.add(cls(link_id=link.id, link=link, secret_hash=_hash(secret)))
        session.flush()
        return secret

    @classmethod
    def of(cls, secret: str) -> GuestSitting | None:
        """The sitting of this secret, unless its guest ended it."""
        return session.scalar(sa.select(cls).where(cls.secret_hash == _hash(secret), cls.ended_at.is_(None)))

    def end(self) -> None:
        """The guest is done."""
        self.ended_at = utcnow()

    def asleep(self, seen: datetime) -> bool:
        """Whether it is too long ago that its guest was `seen`, or came in: the code is asked again."""
        return utcnow() - seen > IDLE or utcnow() - self.at > LASTS


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()  # 256 random bits: nothing to be guessed
