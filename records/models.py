"""Where a final version stands in the office's files, and how far an export of a year has come."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, session, utcnow
from meetings import record
from meetings.record import MinutesVersion


class Filing(Base):
    """The clerk has put a version into the office's files: the 簿冊 and its 文書番号, if it has one. One taken back stays on record."""

    __tablename__ = "filing"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_version.id"), index=True)
    binder: Mapped[str] = mapped_column(sa.String(80), default="")
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    by = orm.relationship("User", foreign_keys=[by_id], lazy="joined", innerjoin=True)
    undone_by = orm.relationship("User", foreign_keys=[undone_by_id], lazy="joined")

    @classmethod
    def put(cls, version: MinutesVersion, by, binder: str = "", number: str = "") -> None:
        """Note a version as filed, or file it elsewhere; in the same place a second time nothing changes."""
        now = cls.of([version]).get(version.id)
        if now and (now.binder, now.number) == (binder, number):
            return
        if now:
            now.undone_at, now.undone_by_id = utcnow(), by.id
        record.file(version, by)
        session.add(cls(version_id=version.id, binder=binder, number=number, by_id=by.id))

    @classmethod
    def take_back(cls, version: MinutesVersion, by) -> None:
        """It was filed by mistake."""
        now = cls.of([version]).get(version.id)
        if now:
            now.undone_at, now.undone_by_id = utcnow(), by.id
        record.unfile(version)

    @classmethod
    def of(cls, versions: list[MinutesVersion]) -> dict[int, Filing]:
        """Where these versions are filed now, by their ids."""
        query = sa.select(cls).where(cls.version_id.in_([each.id for each in versions]), cls.undone_at.is_(None)).order_by(cls.id)
        return {each.version_id: each for each in session.scalars(query)}

    @classmethod
    def all_of(cls, version: MinutesVersion) -> list[Filing]:
        """The whole history of one version, the newest first."""
        return list(session.scalars(sa.select(cls).where(cls.version_id == version.id).order_by(cls.id.desc())))


class YearExport(Base):
    """One export of a year, on its way or over: the bar on the page shows it, whichever process answers."""

    __tablename__ = "year_export"
    audited = False  # it is noted when it begins and when it ends, not at every document
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(40))  # of the page that asked for it
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))  # nobody: from the command line
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(20), default="")
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(sa.BigInteger, default=0)  # bytes
    manifest: Mapped[str] = mapped_column(sa.String(64), default="")  # SHA-256 of its MANIFEST.json; "" until it was sent whole
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by = orm.relationship("User", lazy="joined")
    __table_args__ = (sa.Index(None, "by_id", "key"),)

    @classmethod
    def asked(cls, key: str, by) -> YearExport | None:
        """The newest this person asked for from a page."""
        return session.scalar(sa.select(cls).where(cls.key == key, cls.by_id == by.id).order_by(cls.id.desc()).limit(1))

    @classmethod
    def newest(cls, count: int = 10) -> list[YearExport]:
        """The last exports of the office."""
        return list(session.scalars(sa.select(cls).order_by(cls.id.desc()).limit(count)))
