"""A person's own calendar, at an address only they know: their meetings and the days of their roles, without a word of a case.

The database keeps a hash of the address only. What it gives is asked anew at every visit, with the rights of that moment.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from hashlib import sha256
import secrets

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User
from actions.models import ActionItem
from actions.standing import running
from core import clock
from core.access import visible
from core.database import Base, UtcDateTime, session, utcnow
from core.office import office
from meetings import ical
from meetings.held import HeldEntry, Name
from meetings.invitations import location, page
from meetings.models import Meeting
from meetings.table import Hearing

BEHIND, AHEAD = timedelta(days=92), timedelta(days=366)
REFRESH = timedelta(hours=1)


class Feed(Base):
    """The one address of a person's calendar; a new one ends the old, and without one there is none."""

    __tablename__ = "feed"
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    user: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)

    @classmethod
    def renew(cls, user) -> str:
        """A new address for this person; give its secret part, which exists in this moment only."""
        feed, token = session.get(cls, user.id), secrets.token_urlsafe(24)
        if feed is None:
            feed = cls(user_id=user.id)
            session.add(feed)
        feed.token_hash, feed.made_at = _hash(token), utcnow()
        return token

    @classmethod
    def stop(cls, user) -> None:
        """The address of this person leads nowhere any more."""
        if feed := session.get(cls, user.id):
            session.delete(feed)

    @classmethod
    def at(cls, token: str) -> Feed | None:
        """The feed behind the secret part of an address."""
        return session.scalar(sa.select(cls).where(cls.token_hash == _hash(token)))

    @property
    def open(self) -> bool:
        """Whether its person still has an account."""
        return self.user.active


def of(user) -> bytes:
    """The calendar of a person as it is now. The same content gives the same bytes."""
    entries = [_meeting(*each) for each in _meetings(user)] + _days(user)
    return ical.whole("PUBLISH", entries, REFRESH, name=_title(), x_wr_calname=_title(), x_wr_timezone="Asia/Tokyo")


def _meetings(user) -> list[tuple]:
    """(meeting, from when to when, name): those the person sits at or runs, called off ones only if they were invited."""
    now = utcnow()
    near = sa.and_(Meeting.ends_at >= now - BEHIND, Meeting.starts_at <= now + AHEAD)
    mine = visible(user, "meeting").with_only_columns(Meeting.id)
    held = {each.meeting_id: each for each in session.scalars(sa.select(HeldEntry).join(HeldEntry.member).where(HeldEntry.member.has(user_id=user.id)))}
    off = sa.and_(Meeting.cancelled_at.is_not(None), Meeting.id.in_(list(held)))
    whole = orm.selectinload(Meeting.hearings).selectinload(Hearing.seats)
    found = session.scalars(sa.select(Meeting).where(near, sa.or_(Meeting.id.in_(mine), off))
                            .options(whole, orm.selectinload(Meeting.agenda)).order_by(Meeting.starts_at, Meeting.id)).unique()
    return [_as_seen(meeting, meeting.seat_of(user), held.get(meeting.id)) for meeting in found]


def _as_seen(meeting, seat, held) -> tuple:
    span = meeting.span_of(seat.member) if seat else (meeting.starts_at, meeting.ends_at)
    # a meeting of a series is an entry of its own here: the series itself does not stand in this calendar
    return meeting, span, Name(meeting.uid, None, max(meeting.sequence, held.sequence if held else 0))


def _meeting(meeting, span, name):
    status = "CANCELLED" if meeting.cancelled else "CONFIRMED"
    stamp = max(each for each in (meeting.invited_at, meeting.cancelled_at, _EPOCH) if each)
    return ical.entry(name.uid, name.sequence, span, f"{meeting.name}（{meeting.reference}）", location(meeting), status, page(meeting), stamp=stamp)


def _days(user) -> list:
    """One all-day entry for each day on which roles of this person are due: how many, not which."""
    query = visible(user, "action").where(ActionItem.member.has(user_id=user.id), ActionItem.due_on.is_not(None), running())
    today = clock.today()
    days = Counter(each.due_on for each in session.scalars(query).unique() if today - BEHIND <= each.due_on <= today + AHEAD)
    return [ical.all_day(f"roles-{day:%Y%m%d}-{user.id}@kurumaza", day, f"役割の期日（{count}件）", _EPOCH) for day, count in sorted(days.items())]


def _title() -> str:
    return f"車座（{office().name}）"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
