"""A letter: one mail to one person, from the act that causes it until it has gone out or is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, unit, utcnow
from core.reasons import Reason

WAITS = (1, 5, 15, 60, 240)  # minutes until the next try; the last one again and again
FRESH = timedelta(days=3)  # what could not go out for so long (a weekend and a holiday) is no news any more
LEASE = timedelta(minutes=5)  # so long a letter belongs to the worker that took it, longer than any talk with a server
NOT_SENT = (Reason.OFF, Reason.WITHDRAWN)  # it was not to be sent: nothing has failed


class Letter(Base):
    """One mail to one person, with at most one attachment (a calendar file).

    It waits while `due_at` is set. Whoever sends it takes it for a while (`taken_until`) and lets go of the database; if
    that process is killed, the lease ends and another takes it, with the same Message-ID.
    """

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(sa.String(80), index=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    calendar: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    message_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)  # what is posted under one key is one letter
    secret: Mapped[bool] = mapped_column(default=False)  # holds a personal link: shown to nobody, and wiped once it is sent
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)  # when it came into the queue, the last time
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    taken_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # failed for good, or withdrawn
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    fault: Mapped[str] = mapped_column(sa.String(200), default="")  # what the mail server said, for whoever looks after it

    @property
    def state(self) -> str:
        """waiting, sent, failed, or unsent (not to be sent)."""
        if self.sent_at:
            return "sent"
        elif self.due_at:
            return "waiting"
        else:
            return "unsent" if self.reason in NOT_SENT else "failed"

    @property
    def taken(self) -> bool:
        """Whether it is on its way at this moment."""
        return self.taken_until is not None and utcnow() < self.taken_until <= utcnow() + 2 * LEASE

    @property
    def sendable(self) -> bool:
        """Whether it has ended but could be tried again: the words of a secret letter are gone by then."""
        return self.state in ("failed", "unsent") and not self.secret and self.reason != Reason.ADDRESS

    def try_again(self) -> None:
        """Put a letter that has ended back into the queue."""
        self.queued_at = self.due_at = utcnow()
        self.ended_at = self.taken_until = self.reason = None
        self.tries, self.fault = 0, ""

    def arrive(self) -> None:
        """A mail server has taken it."""
        self.sent_at, self.due_at, self.ended_at, self.taken_until, self.reason, self.fault = utcnow(), None, None, None, None, ""
        self._wipe()

    def wait(self, reason: Reason, said: str = "", blame: bool = True) -> None:
        """Not now: after a while that grows, or (not to `blame`) as soon as the server is there again."""
        if self.due_at is None:  # somebody withdrew it meanwhile
            return
        self.taken_until, self.reason, self.fault = None, reason, self._told(said)
        if blame:
            self.due_at = utcnow() + timedelta(minutes=WAITS[min(self.tries, len(WAITS)) - 1])
        else:
            self.tries -= 1

    def end(self, reason: Reason, said: str = "") -> None:
        """It is not tried any more."""
        self.due_at, self.taken_until, self.ended_at, self.reason, self.fault = None, None, utcnow(), reason, self._told(said)
        self._wipe()

    def _told(self, said: str) -> str:
        return said[:3] if self.secret else said[:200]  # filters like to quote the address that stands in a letter

    def _wipe(self) -> None:
        if self.secret:
            self.body, self.calendar = "", None


STATE = sa.case((Letter.sent_at.is_not(None), "sent"), (Letter.due_at.is_not(None), "waiting"), (Letter.reason.in_(NOT_SENT), "unsent"),
                else_="failed")


def counts(*where) -> dict[str, int]:
    """How many letters stand in each state."""
    return dict(session.execute(sa.select(STATE, sa.func.count()).where(*where).group_by(STATE)).all())


def due() -> list[sa.ColumnElement]:
    """The conditions of a letter that may be taken now. What lies further ahead than any wait was written by a wrong clock;
    not so what is a little further: while we waited for our turn, another took the letter by a later "now"."""
    now = utcnow()
    far = now + timedelta(minutes=WAITS[-1]) + LEASE
    return [Letter.sent_at.is_(None), sa.or_(Letter.due_at <= now, Letter.due_at > far),
            sa.or_(Letter.taken_until.is_(None), Letter.taken_until <= now, Letter.taken_until > now + 2 * LEASE)]


def take() -> Letter | None:
    """The letter that has waited longest, ours for a while. PostgreSQL passes over rows that others are taking, SQLite
    lets one take after the other; no lock is held when this returns."""
    with unit():
        found = session.scalar(sa.select(Letter).where(*due()).order_by(Letter.due_at, Letter.id).limit(1).with_for_update(skip_locked=True))
        if found:
            session.execute(sa.update(Letter).where(Letter.id == found.id).values(taken_until=utcnow() + LEASE, tries=Letter.tries + 1),
                            execution_options=dict(synchronize_session=False))
    return found


def settle(letter: Letter, act: str, *words, **more) -> None:
    """Write down what became of a letter we took."""
    with unit():
        getattr(session.get_one(Letter, letter.id, with_for_update=True), act)(*words, **more)


def give_up(reason: Reason) -> None:
    """End what has waited for too long: for this reason, or since it was tried in vain."""
    old = [*due(), Letter.queued_at < utcnow() - FRESH]
    with unit(read_only=True):
        ids = session.scalars(sa.select(Letter.id).where(*old).limit(500)).all()
    if ids:
        with unit():
            for each in session.scalars(sa.select(Letter).where(Letter.id.in_(ids), *old).with_for_update(skip_locked=True)):
                each.end(Reason.OLD if each.tries else reason, each.fault)
