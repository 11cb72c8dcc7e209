"""The office's own terms of disclosure: days, grounds, instruction on remedies (教示). One row, once it is changed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, session
from disclosure.rules import LAW


class Terms(Base):
    """What the office goes by; what `law.toml` says until somebody changes it."""

    __tablename__ = "disclosure_terms"
    id: Mapped[int] = mapped_column(primary_key=True)
    days: Mapped[int]
    extension: Mapped[int]
    closed: Mapped[str] = mapped_column(sa.String(10))
    own: Mapped[str] = mapped_column(sa.Text)  # grounds of refusal, one a line
    foi: Mapped[str] = mapped_column(sa.Text)
    remedies: Mapped[str] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def now(cls) -> Terms:
        """The terms in force; not kept in the database before they are changed."""
        return session.get(cls, 1) or cls(id=1, days=LAW["days"], extension=LAW["extension"], closed=LAW["closed"], version=1,
                                          **{name: LAW[name].strip() for name in ("own", "foi", "remedies")})

    def grounds(self, own: bool) -> list[str]:
        """The grounds to choose from, for a request of one's own information or of anybody's."""
        return [each.strip() for each in (self.own if own else self.foi).split("\n") if each.strip()]
