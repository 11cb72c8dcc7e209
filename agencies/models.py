"""Agencies and their members. 社会福祉法第106条の6第1項 lets public, contracted and informal supporters sit."""

from __future__ import annotations

from datetime import date
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from agencies.domains import Domain, Leaving
from core import clock, search
from core.database import Base, choice, session
from core.languages import _, later


class AgencyKind(enum.Enum):
    """Which of the three ways of being bound to secrecy applies: office, contract, or the person alone."""

    PUBLIC = "public"
    CONTRACTED = "contracted"
    INFORMAL = "informal"

    @property
    def label(self):
        return {"public": later("Public body"), "contracted": later("Contracted or private body"),
                "informal": later("Informal supporter")}[self.value]


agency_domain = sa.Table(
    "agency_domain", Base.metadata,
    sa.Column("agency_id", sa.ForeignKey("agency.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("domain_code", sa.ForeignKey("domain.code"), primary_key=True),
)


def words(length: int) -> Mapped[str]:
    """A column of at most `length` characters that is empty until somebody writes into it."""
    return mapped_column(sa.String(length), default="", server_default=sa.text("''"))


class Agency(Leaving, Base):
    """A body (or a person standing alone, such as a landlord) that can support a household."""

    __tablename__ = "agency"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    kind: Mapped[AgencyKind] = mapped_column(choice(AgencyKind))
    prefectural: Mapped[bool] = mapped_column(default=False)
    coordinating: Mapped[bool] = mapped_column(default=False)  # 多機関協働事業者
    head: Mapped[str] = words(80)  # whom a letter addresses: みなも保健所長
    postal: Mapped[str] = words(8)
    address: Mapped[str] = words(200)
    phone: Mapped[str] = words(40)
    fax: Mapped[str] = words(40)
    contract: Mapped[str] = words(80)  # how a contracted body is bound: 委託, 指定, 協定 …
    remarks: Mapped[str] = words(1000)
    version: Mapped[int] = mapped_column(default=1)
    domains: Mapped[list[Domain]] = orm.relationship(secondary=agency_domain, order_by="Domain.position, Domain.code")
    members: Mapped[list[Member]] = orm.relationship(back_populates="agency", order_by="Member.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def active_members(self) -> list[Member]:
        return [each for each in self.members if each.active] if self.active else []

    def leave(self, on: date) -> None:
        """Out of use from this day on, and with it everybody in it: nobody of a body that is gone reads a case."""
        self.left_on = on
        for member in self.members:
            if member.kept and (member.left_on is None or member.left_on > on):
                member.left_on = on

    def come_back(self) -> None:
        """In use again. The people are not: each is asked for anew, on their own page."""
        self.left_on = None

    @classmethod
    def named(cls) -> list[tuple[int, str]]:
        """(id, name) of every agency by name: for a list of choices, without reading the whole roster."""
        return [tuple(row) for row in session.execute(sa.select(cls.id, cls.name).order_by(cls.name))]

    @classmethod
    def offered(cls, also: int | None = None) -> list[tuple[int, str]]:
        """(id, name) of the agencies in use by name, for something new; with the one (`also`) that stands there already, said to
        be out of use when it is."""
        rows = session.execute(sa.select(cls.id, cls.name, cls.active).where(sa.or_(cls.active.is_(True), cls.id == (also or 0))).order_by(cls.name))
        return [(id, name if active else _("%(name)s (out of use)", name=name)) for id, name, active in rows]

    @classmethod
    def found(cls, text: str = "", domain: str = "", kind: str = "", gone: bool = False) -> sa.Select:
        """SELECT of the agencies in use (or of those out of use) by name, narrowed by words that stand in them (names,
        people, posts), a domain's code and a kind's value; what is empty narrows nothing."""
        query = sa.select(cls).where(cls.active.is_(not gone)).order_by(cls.coordinating.desc(), cls.name)
        if text.strip():
            query = query.where(cls.id.in_(search.ids("agency", text)))
        if domain:
            query = query.where(cls.id.in_(sa.select(agency_domain.c.agency_id).where(agency_domain.c.domain_code == domain)))
        return query.where(cls.kind == AgencyKind(kind)) if kind in [each.value for each in AgencyKind] else query

    @classmethod
    def listed(cls) -> list[Agency]:
        """All agencies in use by name, the coordinating body first."""
        whole = orm.selectinload(cls.domains), orm.selectinload(cls.members)
        return list(session.scalars(sa.select(cls).where(cls.active.is_(True)).options(*whole).order_by(cls.coordinating.desc(), cls.name)))


class Member(Base):
    """A person on the roster (構成員), with an account or without."""

    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    kana: Mapped[str] = mapped_column(sa.String(80), default="")
    section: Mapped[str] = words(80)
    job: Mapped[str] = mapped_column(sa.String(80), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    deputy: Mapped[str] = words(80)  # who comes when this person cannot
    remarks: Mapped[str] = words(400)
    since: Mapped[date | None]
    left_on: Mapped[date | None]
    kept: Mapped[bool] = mapped_column("active", default=True)  # False: left before days were written down
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = orm.relationship(back_populates="members", lazy="joined", innerjoin=True)
    user = orm.relationship("User", back_populates="member", lazy="joined")
    __mapper_args__ = {"version_id_col": version}

    @hybrid_property
    def active(self) -> bool:
        """Whether the person is still on the roster today: from the day they left nobody can seat them, and their
        sign-in opens no case any more (meetings/rights.py)."""
        return self.kept and (self.left_on is None or self.left_on > clock.today())

    @active.inplace.setter
    def _set_active(self, there: bool) -> None:
        self.kept, self.left_on = there, None if there else clock.today()

    @active.inplace.expression
    @classmethod
    def _active(cls):
        return sa.and_(cls.kept.is_(True), sa.or_(cls.left_on.is_(None), cls.left_on > clock.today()))

    @property
    def gone(self) -> bool:
        """Whether they act no longer: off the roster, or their account is out of use."""
        return not self.active or (self.user is not None and not self.user.active)

    @property
    def full(self) -> str:
        """機関名 氏名, as it stands in a table."""
        return f"{self.agency.name} {self.name}"

    @classmethod
    def listed(cls) -> list[Member]:
        """Everybody on the roster who is still there, by agency."""
        there = cls.active.is_(True), Agency.active.is_(True)
        return list(session.scalars(sa.select(cls).join(Agency).where(*there).order_by(Agency.name, cls.id)))
