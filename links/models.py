"""A personal link: an address nobody can guess, a code that comes another way, one person, one meeting, until a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
import secrets
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, session, utcnow
from core.office import office


class Link(Base):
    """What somebody without an account opens to answer for their own roles. The database keeps neither address nor code, only
    their hashes."""

    __tablename__ = "link"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    code_tries: Mapped[int] = mapped_column(default=0)
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the first time the code was right
    meeting = orm.relationship("Meeting", lazy="joined", innerjoin=True)
    member = orm.relationship("Member", lazy="joined", innerjoin=True)

    @classmethod
    def issue(cls, meeting, member, by) -> Issued:
        """A new link for one person and one meeting; an earlier one of theirs no longer works."""
        session.execute(sa.update(cls).where(cls.meeting_id == meeting.id, cls.member_id == member.id, cls.revoked_at.is_(None))
                        .values(revoked_at=utcnow()))
        token, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06d}"
        link = cls(meeting=meeting, meeting_id=meeting.id, member=member, member_id=member.id, token_hash=_hash(token),
                   code_hash=_hash(code), issued_by_id=by.id, expires_at=utcnow() + timedelta(days=office().link_days))
        session.add(link)
        session.flush()
        return Issued(link, f"/l/{token}", code)


class Issued(NamedTuple):
    """What exists in this moment only: the address (a path of this server) and the code, for paper, mail or telephone."""

    link: Link
    path: str
    code: str


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
