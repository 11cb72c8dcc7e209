"""When somebody is away (不在), and who of the same agency acts for them meanwhile (代理)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from agencies.models import Member
from core import clock
from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from core.web import Refused


class Absence(Base):
    """From one day to another, both included, a colleague acts for somebody; taken back, it ends at once."""

    __tablename__ = "absence"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    member: Mapped[Member] = orm.relationship(lazy="joined", innerjoin=True, foreign_keys=[member_id])
    deputy: Mapped[Member] = orm.relationship(lazy="joined", innerjoin=True, foreign_keys=[deputy_id])
    __table_args__ = (sa.CheckConstraint("to_on >= from_on", name="ends_after_start"),)

    @classmethod
    def declare(cls, member: Member, deputy: Member, from_on: date, to_on: date, by) -> Absence:
        """Note that somebody is away, and who acts for them. Raises Refused for a deputy of another agency or out of use, and for days on
        which another absence of theirs stands."""
        if deputy.agency_id != member.agency_id or deputy.id == member.id or deputy.gone:
            raise Refused(_("The deputy must be a colleague of the same agency."), _("Choose somebody else of the agency."))
        there = cls.standing(cls.member_id == member.id, cls.to_on >= from_on, cls.from_on <= to_on)
        if session.scalar(there):
            raise Refused(_("An absence is noted for these days already."), _("End it first, then note the new one."))
        made = cls(member=member, deputy=deputy, member_id=member.id, deputy_id=deputy.id, from_on=from_on, to_on=to_on, by_id=by.id)
        session.add(made)
        return made

    @classmethod
    def standing(cls, *conditions) -> sa.Select:
        """SELECT of the absences that nobody has taken back."""
        return sa.select(cls).where(cls.ended_at.is_(None), *conditions).order_by(cls.from_on)

    @classmethod
    def on(cls, day: date) -> sa.Select:
        """SELECT of those that stand on a day."""
        return cls.standing(cls.from_on <= day, cls.to_on >= day)

    @classmethod
    def of(cls, member: Member, day: date | None = None) -> Absence | None:
        """The absence of somebody on a day (today), or None."""
        return session.scalar(cls.on(day or clock.today()).where(cls.member_id == member.id))

    def end(self) -> None:
        """They are back, or it was a mistake."""
        self.ended_at = self.ended_at or utcnow()
