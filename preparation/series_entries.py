"""A recurring meeting in people's calendars: one object with its rule and its exceptions (RFC 5545, 3.8.5; RFC 5546, 3.2.2).

**Nobody is shown one meeting twice.** Under which name a meeting stands in somebody's calendar is decided when it is first
sent to them, and stays so:

- Fixed members may be sent the series: one entry that recurs, under the UID of the series. A day that is held at another
  time or place is an exception in it (RECURRENCE-ID, the beginning by the rule); a day left out or called off is an EXDATE.
- Whoever holds the series and is then invited to one meeting of it is sent that day of it (UID of the series and
  RECURRENCE-ID); so are changes and the cancellation. Everybody else is sent a meeting with a UID of its own.
- What an address holds under a meeting's own UID already is an EXDATE in the series it is sent later.
- Who is no fixed member any more keeps of the series the days they were invited to; if there are none, it is cancelled.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, UtcDateTime, session, utcnow
from meetings import held
from meetings.held import HeldEntry, Name
from preparation.series import Series, SeriesMeeting


class SeriesEntry(Base):
    """What was last sent to one address of a series: with which days in it."""

    __tablename__ = "series_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_series.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    address: Mapped[str] = mapped_column(sa.String(254))
    sequence: Mapped[int]
    starts: Mapped[str] = mapped_column(sa.Text)  # the beginnings by the rule it holds, office time
    content: Mapped[str] = mapped_column(sa.String(64))  # a hash, to see whether it is another one now
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    series: Mapped[Series] = orm.relationship()
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("series_id", "address"),)

    @classmethod
    def of(cls, series: Series) -> dict[str, SeriesEntry]:
        """By address (in small letters), also those called off."""
        return {each.address.casefold(): each for each in session.scalars(sa.select(cls).where(cls.series_id == series.id).order_by(cls.id))}

    @classmethod
    def give(cls, series: Series, member, content: str, starts: dict[date, datetime]) -> SeriesEntry:
        """This address is sent the series with these days in it; entries of single days follow its beginnings."""
        found = cls.of(series).get(member.email.casefold())
        if found is None:
            found = cls(series_id=series.id, address=member.email, sequence=-1, called_off_at=None)
            session.add(found)
        found.member_id, found.content, found.sent_at, found.called_off_at = member.id, content, utcnow(), None
        found.sequence += 1
        found.starts = " ".join(clock.local(each).strftime("%Y-%m-%dT%H:%M") for each in starts.values())
        for each in days_held(series, member.email):
            each.sequence = max(each.sequence, found.sequence)
            each.recurs = starts.get(rule_days(series).get(each.meeting_id), each.recurs)
        session.flush()
        return found

    def call_off(self) -> None:
        """This address holds nothing of the series any more."""
        self.sequence, self.called_off_at, self.content = self.sequence + 1, utcnow(), ""

    def begins(self, rule_day: date) -> datetime | None:
        """When that day begins in what was sent, or None when it is not in it."""
        found = next((each for each in self.starts.split() if each.startswith(rule_day.isoformat())), None)
        return datetime.fromisoformat(found).replace(tzinfo=clock.TOKYO) if found else None


def days_held(series: Series, address: str) -> list[HeldEntry]:
    """The meetings of a series that an address holds as days of it."""
    return list(session.scalars(sa.select(HeldEntry).where(HeldEntry.uid == series.uid, sa.func.lower(HeldEntry.address) == address.casefold(),
                                                           HeldEntry.called_off_at.is_(None)).order_by(HeldEntry.id)))


def rule_days(series: Series) -> dict[int, date]:
    """Day of the rule, by meeting id."""
    return {each.meeting_id: each.rule_day for each in series.meetings}


def hash_of(text: bytes) -> str:
    """To be compared with later."""
    return sha256(text).hexdigest()


def _as_a_day_of_its_series(meeting, address: str) -> Name | None:
    found = session.execute(sa.select(SeriesMeeting.rule_day, SeriesEntry, Series.uid).join(SeriesEntry, SeriesEntry.series_id == SeriesMeeting.series_id)
                            .join(Series, Series.id == SeriesMeeting.series_id)
                            .where(SeriesMeeting.meeting_id == meeting.id, sa.func.lower(SeriesEntry.address) == address.casefold(), SeriesEntry.called_off_at.is_(None))).first()
    begins = found and found.SeriesEntry.begins(found.rule_day)
    return Name(found.uid, begins, found.SeriesEntry.sequence) if begins else None


held.namings.append(_as_a_day_of_its_series)
