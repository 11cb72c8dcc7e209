"""Fixed members (固定メンバー): who sits at every meeting of a kind, whatever the case. 40.4 % of municipalities keep some."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from agencies.models import Member
from core.database import Base, choice, session
from meetings.kinds import Kind


class CoreMember(Base):
    """One fixed member of one kind of meeting."""

    __tablename__ = "core_member"
    kind: Mapped[Kind] = mapped_column(choice(Kind), primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True, index=True)
    member: Mapped[Member] = orm.relationship(lazy="joined", innerjoin=True)

    @classmethod
    def of(cls, kind: Kind) -> list[CoreMember]:
        """The fixed members of a kind who are still on the roster."""
        query = sa.select(cls).join(cls.member).where(cls.kind == kind, Member.active).order_by(cls.member_id)
        return list(session.scalars(query))

    @classmethod
    def add(cls, kind: Kind, member: Member) -> None:
        """Make somebody a fixed member; a second time changes nothing."""
        if session.get(cls, (kind, member.id)) is None:
            session.add(cls(kind=kind, member=member))

    @classmethod
    def drop(cls, kind: Kind, member_id: int) -> None:
        """Somebody is no fixed member any more."""
        found = session.get(cls, (kind, member_id))
        if found is not None:
            session.delete(found)
