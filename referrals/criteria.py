"""When to put a household forward (つなぎの目安): the office's own examples, its data."""

from __future__ import annotations

from pathlib import Path
import tomllib

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import languages
from core.database import Base, session


class Criterion(Base):
    """One example. Out of use it is offered no longer; sheets that name it keep its words of then."""

    __tablename__ = "criterion"
    id: Mapped[int] = mapped_column(primary_key=True)
    ja: Mapped[str] = mapped_column(sa.String(120))
    en: Mapped[str] = mapped_column(sa.String(120), default="")
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def label(self) -> str:
        return self.en if languages.language() == "en" and self.en else self.ja

    @classmethod
    def listed(cls) -> list[Criterion]:
        """All of them in the office's order, those out of use too."""
        return list(session.scalars(sa.select(cls).order_by(cls.position, cls.id)))

    @classmethod
    def offered(cls) -> list[Criterion]:
        """Those in use, in the office's order."""
        return [each for each in cls.listed() if each.active]

    @classmethod
    def arrange(cls, rows: list[dict]) -> None:
        """Make the list what these rows say, top to bottom: `id` ("" for a new one), `ja`, `en`, `active`."""
        known = {str(each.id): each for each in cls.listed()}
        for position, row in enumerate(rows, 1):
            criterion = known.get(row["id"]) or cls()
            criterion.ja, criterion.en, criterion.active, criterion.position = row["ja"], row["en"], row["active"], position
            session.add(criterion)

    @classmethod
    def plant(cls) -> None:
        """Put the shipped examples into an empty table."""
        if not session.scalar(sa.select(sa.func.count()).select_from(cls)):
            shipped = tomllib.loads(Path(__file__).with_name("criteria.toml").read_text(encoding="utf-8"))
            session.add_all(cls(position=position, **row) for position, row in enumerate(shipped["criteria"], 1))
            session.flush()
