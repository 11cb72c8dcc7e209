"""Agencies and their members. 社会福祉法第106条の6第1項 lets public, contracted and informal supporters sit."""

from __future__ import annotations

import enum
from pathlib import Path
import tomllib

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import languages
from core.database import Base, choice, session
from core.languages import later


class AgencyKind(enum.Enum):
    """Which of the three ways of being bound to secrecy applies: office, contract, or the person alone."""

    PUBLIC = "public"
    CONTRACTED = "contracted"
    INFORMAL = "informal"

    @property
    def label(self):
        return {"public": later("Public body"), "contracted": later("Contracted or private body"),
                "informal": later("Informal supporter")}[self.value]


class Domain(Base):
    """A field of need (高齢・介護, 障害 …): data that an office may edit."""

    __tablename__ = "domain"
    code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    ja: Mapped[str] = mapped_column(sa.String(40))
    en: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int]

    @property
    def label(self) -> str:
        return self.en if languages.language() == "en" else self.ja

    @classmethod
    def listed(cls) -> list[Domain]:
        """All domains in the office's order."""
        return list(session.scalars(sa.select(cls).order_by(cls.position)))

    @classmethod
    def plant(cls) -> None:
        """Put the shipped domains into an empty table."""
        if not session.scalar(sa.select(sa.func.count()).select_from(cls)):
            shipped = tomllib.loads(Path(__file__).with_name("domains.toml").read_text(encoding="utf-8"))
            session.add_all(cls(**row) for row in shipped["domains"])
            session.flush()


agency_domain = sa.Table(
    "agency_domain", Base.metadata,
    sa.Column("agency_id", sa.ForeignKey("agency.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("domain_code", sa.ForeignKey("domain.code"), primary_key=True),
)


class Agency(Base):
    """A body (or a person standing alone, such as a landlord) that can support a household."""

    __tablename__ = "agency"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    kind: Mapped[AgencyKind] = mapped_column(choice(AgencyKind))
    prefectural: Mapped[bool] = mapped_column(default=False)
    coordinating: Mapped[bool] = mapped_column(default=False)  # 多機関協働事業者
    version: Mapped[int] = mapped_column(default=1)
    domains: Mapped[list[Domain]] = orm.relationship(secondary=agency_domain, order_by="Domain.position")
    members: Mapped[list[Member]] = orm.relationship(back_populates="agency", order_by="Member.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def active_members(self) -> list[Member]:
        return [each for each in self.members if each.active]

    @classmethod
    def listed(cls) -> list[Agency]:
        """All agencies by name, the coordinating body first."""
        whole = orm.selectinload(cls.domains), orm.selectinload(cls.members)
        return list(session.scalars(sa.select(cls).options(*whole).order_by(cls.coordinating.desc(), cls.name)))


class Member(Base):
    """A person on the roster (構成員), with an account or without."""

    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    kana: Mapped[str] = mapped_column(sa.String(80), default="")
    job: Mapped[str] = mapped_column(sa.String(80), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = orm.relationship(back_populates="members", lazy="joined", innerjoin=True)
    user = orm.relationship("User", back_populates="member", lazy="joined")
    __mapper_args__ = {"version_id_col": version}

    @property
    def full(self) -> str:
        """機関名 氏名, as it stands in a table."""
        return f"{self.agency.name} {self.name}"

    @classmethod
    def listed(cls) -> list[Member]:
        """Everybody on the roster who is still there, by agency."""
        return list(session.scalars(sa.select(cls).join(Agency).where(cls.active.is_(True)).order_by(Agency.name, cls.id)))
