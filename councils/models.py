"""A council (検討委員会, 協議会, 連絡会 …): what it is for, on which ground, who is in it and from when to when.

It hears no case. Its sessions are meetings like the others (councils/sessions.py); who keeps it (事務局) runs them.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User
from agencies.models import Member
from core import clock
from core.database import Base, choice, session
from core.languages import _
from core.web import Refused
from councils.posts import Post, Quorum, overlap


class CouncilKeeper(Base):
    """A coordinator of the council's office (事務局)."""

    __tablename__ = "council_keeper"
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    user: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)


class Council(Base):
    """A body that meets again and again without hearing a case."""

    __tablename__ = "council"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    ground: Mapped[str] = mapped_column(sa.String(200), default="")  # みなも市…設置要綱（令和3年告示第10号）
    chair_title: Mapped[str] = mapped_column(sa.String(20), default="委員長")
    quorum: Mapped[Quorum] = mapped_column(choice(Quorum), default=Quorum.NONE)
    proxies_count: Mapped[bool] = mapped_column(default=True)  # 代理出席を定足数に含める
    public: Mapped[bool] = mapped_column(default=False)  # 公開 unless a session says otherwise
    through: Mapped[bool] = mapped_column(default=False)  # 第n回 goes on over the years instead of beginning anew
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    keepers: Mapped[list[CouncilKeeper]] = orm.relationship(cascade="all, delete-orphan", order_by="CouncilKeeper.user_id")
    terms: Mapped[list[CouncilMember]] = orm.relationship(back_populates="council", cascade="all, delete-orphan", order_by="CouncilMember.id")
    sessions = orm.relationship("CouncilSession", back_populates="council")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def found(cls, by, name: str, **more) -> Council:
        """Set up a council kept by this coordinator."""
        council = cls(name=name, **more)
        council.keepers.append(CouncilKeeper(user_id=by.id, user=by))
        session.add(council)
        return council

    @property
    def ended(self) -> bool:
        return self.ended_on is not None and self.ended_on <= clock.today()

    def ask_day(self, on: date) -> None:
        """Raise Refused when no session can be held on a day any more."""
        if self.ended_on and self.ended_on <= on:
            raise Refused(_("This council has ended by that day."))

    def kept_by(self, users) -> None:
        """Keep exactly these coordinators from now on."""
        wanted = {each.id: each for each in users}
        self.keepers = [each for each in self.keepers if each.user_id in wanted] + [
            CouncilKeeper(user_id=id, user=user) for id, user in wanted.items() if id not in {each.user_id for each in self.keepers}]

    def seated(self, on: date) -> list[CouncilMember]:
        """Who is in it on a day: the chair first, then by category as they were written down, observers last."""
        there = [each for each in self.terms if each.holds(on)]
        order = list(Post)
        return sorted(there, key=lambda each: (order.index(each.post), each.id))

    def former(self, on: date) -> list[CouncilMember]:
        """Whose term is over, the last first."""
        return sorted((each for each in self.terms if each.until and each.until < on), key=lambda each: each.until, reverse=True)

    def coming(self, on: date) -> list[CouncilMember]:
        """Whose term has not begun."""
        return [each for each in self.terms if each.since > on]

    def of(self, member_id: int, on: date) -> CouncilMember | None:
        """What somebody is in it on a day."""
        return next((each for each in self.terms if each.member_id == member_id and each.holds(on)), None)

    def clash(self, member_id: int, post: Post, since: date, until: date | None, except_id: int = 0) -> CouncilMember | None:
        """A term that this one cannot stand beside: of the same person, or of another chair, on one of its days."""
        return next((each for each in self.terms if each.id != except_id and overlap(since, until, each.since, each.until)
                     and (each.member_id == member_id or post is each.post is Post.CHAIR)), None)


class CouncilMember(Base):
    """A term (任期) of somebody in a council. Appointed anew, they have a second one: who was in it when stays known."""

    __tablename__ = "council_member"
    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    post: Mapped[Post] = mapped_column(choice(Post), default=Post.MEMBER)
    category: Mapped[str] = mapped_column(sa.String(40), default="")  # 学識経験者, 関係機関, 公募 …
    since: Mapped[date]
    until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    council: Mapped[Council] = orm.relationship(back_populates="terms")
    member: Mapped[Member] = orm.relationship(lazy="joined", innerjoin=True)
    __table_args__ = (sa.CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)
    __mapper_args__ = {"version_id_col": version}

    def holds(self, on: date) -> bool:
        """Whether the term covers a day."""
        return self.since <= on and (self.until is None or on <= self.until)
