"""A personal link: an address nobody can guess, a code that comes another way, one person, one meeting, until a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
import enum
import secrets
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, keyed
from core.database import Base, UtcDateTime, session, utcnow
from core.office import office

TRIES = 5


class Ending(enum.Enum):
    """Why a link does not work any more."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    LOCKED = "locked"
    CALLED_OFF = "called_off"
    LEFT = "left"  # the person is no longer on the roster
    ACCOUNT = "account"  # the person signs in now


class Link(Base):
    """What somebody without an account opens to answer for their own roles. The database keeps neither address nor code, only
    keyed hashes of them: a code has six digits, and a bare hash of it would be undone in a second."""

    __tablename__ = "link"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    code_tries: Mapped[int] = mapped_column(default=0)  # wrong ones since the last right one
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the first time the code was right
    meeting = orm.relationship("Meeting", lazy="joined", innerjoin=True)
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    issued_by = orm.relationship("User", foreign_keys=[issued_by_id])

    @classmethod
    def issue(cls, meeting, member, by) -> Issued:
        """A new link for one person and one meeting; an earlier one of theirs no longer works."""
        for earlier in session.scalars(sa.select(cls).where(cls.meeting_id == meeting.id, cls.member_id == member.id,
                                                            cls.revoked_at.is_(None))):
            earlier.revoke(by)
        token, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06d}"
        token_hash, until = _token_hash(token), clock.today() + timedelta(days=office().link_days)
        link = cls(meeting=meeting, meeting_id=meeting.id, member=member, member_id=member.id, token_hash=token_hash,
                   code_hash=_code_hash(token_hash, code), issued_by_id=by.id, expires_at=clock.instant(until, time(23, 59)))
        session.add(link)
        session.flush()
        return Issued(link, f"/l/{token}", code)

    @classmethod
    def of(cls, token: str) -> Link | None:
        """The link with this address, whether it still works or not."""
        return session.scalar(sa.select(cls).where(cls.token_hash == _token_hash(token)))

    def revoke(self, by) -> None:
        """From now on the link opens nothing; whoever sits behind it is shown out."""
        if self.revoked_at is None:
            self.revoked_at, self.revoked_by_id = utcnow(), by.id

    def fits(self, token: str, code: str) -> bool:
        """Whether these are the link's own address and code, for whoever was just shown them; no try is counted."""
        own = keyed.same(self.token_hash, _token_hash(token))
        return keyed.same(self.code_hash, _code_hash(self.token_hash, code)) and own

    def opens(self, code: str) -> bool:
        """Whether this is the code. A wrong one is counted, and the fifth in a row locks the link.

        The try is taken before the code is looked at: whoever sends a hundred at once has five like everybody else.
        """
        taken = session.execute(sa.update(Link).where(Link.id == self.id, Link.code_tries < TRIES)
                                .values(code_tries=Link.code_tries + 1).execution_options(synchronize_session=False))
        session.refresh(self, ["code_tries"])
        right = keyed.same(self.code_hash, _code_hash(self.token_hash, code)) and bool(taken.rowcount)
        if right:
            self.code_tries, self.entered_at = 0, self.entered_at or utcnow()
        return right

    @property
    def tries_left(self) -> int:
        return TRIES - self.code_tries

    @property
    def locked(self) -> bool:
        return self.tries_left <= 0

    @property
    def ending(self) -> Ending | None:
        """Why it does not work any more; None while it does."""
        if self.revoked_at:
            return Ending.REVOKED
        elif self.meeting.cancelled_at:
            return Ending.CALLED_OFF
        elif self.expires_at <= utcnow():
            return Ending.EXPIRED
        elif self.locked:
            return Ending.LOCKED
        elif self.member.user_id:
            return Ending.ACCOUNT
        else:
            return None if self.member.active else Ending.LEFT


class Issued(NamedTuple):
    """What exists in this moment only: the address (a path of this server) and the code, for paper, mail or telephone."""

    link: Link
    path: str
    code: str


def _token_hash(token: str) -> str:
    return keyed.digest("link", token)


def _code_hash(token_hash: str, code: str) -> str:
    return keyed.digest("code", token_hash, code)
