"""Who comes in somebody's place acknowledges the rules for themselves: it opens nothing to the person they stand in for."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from ground_rules.models import AckMethod, Edition


class ProxyAcknowledgement(Base):
    """A proxy (代理出席者) has accepted one edition for one meeting: kept for good."""

    __tablename__ = "proxy_acknowledgement"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)  # in whose place
    name: Mapped[str] = mapped_column(sa.String(80))
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    method: Mapped[AckMethod] = mapped_column(choice(AckMethod))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    edition: Mapped[Edition] = orm.relationship(lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("meeting_id", "member_id", "name", "edition_id"),)

    @classmethod
    def of(cls, meeting) -> dict[tuple[int, str], ProxyAcknowledgement]:
        """By (member, the proxy's name): who has acknowledged the edition the meeting goes by."""
        found = sa.select(cls).where(cls.meeting_id == meeting.id, cls.edition_id == meeting.edition_id)
        return {(each.member_id, each.name): each for each in session.scalars(found)}

    @classmethod
    def record(cls, meeting, member, name: str, by, method: AckMethod) -> None:
        """Record that a proxy accepts the rules; a second time changes nothing."""
        if (member.id, name) not in cls.of(meeting):
            session.add(cls(meeting_id=meeting.id, member_id=member.id, name=name, edition_id=meeting.edition_id, method=method, recorded_by_id=by.id))
            session.flush()
