"""An import on its way: the table somebody sent, what they chose about it, and the report that stays."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cached_property
import json
from typing import Self
import zlib

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from agencies.columns import Heading
from agencies.sheets import Sheet
from core.database import Base, UtcDateTime, session, utcnow

LASTS = timedelta(hours=12)  # a working day; what was not confirmed by then is forgotten


class TableImport:
    """One file of one person, for one of the office's lists. Its table stays on the server until it is confirmed, given up or
    forgotten."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: utcnow() + LASTS)
    content: Mapped[bytes | None]
    choices: Mapped[dict] = mapped_column(sa.JSON, default=dict)  # sheet, heading rows, what each column holds
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    report: Mapped[dict] = mapped_column(sa.JSON, default=dict)  # counts, once done
    version: Mapped[int] = mapped_column(default=1)

    @orm.declared_attr
    def user(cls):
        return orm.relationship("User", lazy="joined", innerjoin=True)

    @orm.declared_attr.directive
    def __mapper_args__(cls):
        return {"version_id_col": cls.__table__.c.version}

    @classmethod
    def begin(cls, user_id: int, file_name: str, sheets: list[Sheet]) -> Self:
        """Keep a table that was read; what others left lying too long is forgotten on the way."""
        cls.forget_old()
        made = cls(user_id=user_id, file_name=file_name)
        made.content = zlib.compress(json.dumps([each.plain() for each in sheets]).encode())
        session.add(made)
        session.flush()
        return made

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The sheets as they were read; none any more once the import is over."""
        return [Sheet.of(each) for each in json.loads(zlib.decompress(self.content))] if self.content else []

    @property
    def sheet(self) -> Sheet:
        """The sheet that was chosen."""
        return self.sheets[self.choices["sheet"]]

    @property
    def heading(self) -> Heading:
        """Where its heading is and what its columns hold, as found or as corrected by the person."""
        return Heading(**self.choices["heading"])

    def point_at(self, sheet: int, heading: Heading) -> None:
        """Read this sheet, with this heading."""
        self.choices = self.choices | dict(sheet=sheet, heading=asdict(heading))

    def finish(self, counts: dict) -> None:
        """Done: the counts stay, the table with its people goes."""
        self.report, self.done_at, self.content, self.choices = counts, utcnow(), None, {}

    @classmethod
    def forget_old(cls) -> None:
        """Remove the tables that nobody confirmed in time."""
        for each in session.scalars(sa.select(cls).where(cls.done_at.is_(None), cls.expires_at < utcnow())):
            session.delete(each)

    @classmethod
    def reports(cls, limit: int) -> list[Self]:
        """The latest imports that were carried out, by whomever."""
        return list(session.scalars(sa.select(cls).where(cls.done_at.is_not(None)).order_by(cls.done_at.desc()).limit(limit)
                                    .options(orm.defer(cls.content))))


class RosterImport(TableImport, Base):
    """A table on its way into the roster."""

    __tablename__ = "roster_import"
