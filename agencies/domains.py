"""The fields of need (分野) by which agencies are listed and needs described: shipped, then the office's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
import tomllib

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from agencies.hints import squashed
from core import clock, languages
from core.database import Base, session


class Leaving:
    """Something that goes out of use on a day and stays on record; it is `active` until then."""

    left_on: Mapped[date | None]

    @hybrid_property
    def active(self) -> bool:
        return self.left_on is None or self.left_on > clock.today()

    @active.inplace.expression
    @classmethod
    def _active(cls):
        return sa.or_(cls.left_on.is_(None), cls.left_on > clock.today())


class Domain(Leaving, Base):
    """A field of need (高齢・介護, 障害 …). Its code never changes its meaning; its names are the office's."""

    __tablename__ = "domain"
    code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    ja: Mapped[str] = mapped_column(sa.String(40))
    en: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    __mapper_args__ = {"version_id_col": version}

    @property
    def label(self) -> str:
        return self.en if languages.language() == "en" and self.en else self.ja

    @classmethod
    def listed(cls, also=(), everything: bool = False) -> list[Domain]:
        """The domains in use, in the office's order; with those of these codes, or with all that ever were."""
        wanted = sa.true() if everything else sa.or_(cls.active.is_(True), cls.code.in_(list(also)))
        return list(session.scalars(sa.select(cls).where(wanted).order_by(cls.position, cls.code)))

    @classmethod
    def known(cls) -> dict[str, str]:
        """The codes of all domains that ever were, by name and by code as a table may write them (squashed)."""
        every = cls.listed(everything=True)
        return {squashed(each.ja): each.code for each in every} | {squashed(each.code): each.code for each in every}

    @classmethod
    def add(cls, ja: str, en: str) -> Domain:
        """A field the shipped list lacks, at the end of it."""
        there = cls.listed(everything=True)
        own = sum(each.code.startswith("OWN") for each in there) + 1
        made = cls(code=f"OWN{own}", ja=ja, en=en, position=max((each.position for each in there), default=0) + 1)
        session.add(made)
        return made

    def move(self, step: int) -> None:
        """One place up (-1) or down (+1) among all domains; at the end of the list nothing happens."""
        order = self.listed(everything=True)
        here = order.index(self)
        if 0 <= here + step < len(order):
            order.insert(here + step, order.pop(here))
        for position, each in enumerate(order, 1):
            each.position = position

    @classmethod
    def plant(cls) -> None:
        """Put the shipped domains into an empty table."""
        if not session.scalar(sa.select(sa.func.count()).select_from(cls)):
            shipped = tomllib.loads(Path(__file__).with_name("domains.toml").read_text(encoding="utf-8"))
            session.add_all(cls(**row) for row in shipped["domains"])
            session.flush()
