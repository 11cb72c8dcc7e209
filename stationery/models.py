"""How this office's papers look: one row, edited by the administrator; and the running numbers of its documents."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, insert_once, session
from exports.layout import STANDARD, Layout

LAYOUT = ("body_font", "heading_font", "body_size", "table_size", "left", "right", "top", "bottom", "lines", "characters", "numbering", "comma",
          "box_title", "header_text", "footer_text", "logo_words", "annexes", "captions")


class PaperStyle(Base):
    """The office's choices for its papers: lengths in mm, type in points."""

    __tablename__ = "paper_style"
    id: Mapped[int] = mapped_column(primary_key=True)
    body_font: Mapped[str] = mapped_column(sa.String(40), default=STANDARD.body_font)
    heading_font: Mapped[str] = mapped_column(sa.String(40), default=STANDARD.heading_font)
    body_size: Mapped[float] = mapped_column(default=STANDARD.body_size)
    table_size: Mapped[float] = mapped_column(default=STANDARD.table_size)
    left: Mapped[float] = mapped_column(default=STANDARD.left)
    right: Mapped[float] = mapped_column(default=STANDARD.right)
    top: Mapped[float] = mapped_column(default=STANDARD.top)
    bottom: Mapped[float] = mapped_column(default=STANDARD.bottom)
    lines: Mapped[int] = mapped_column(default=STANDARD.lines)
    characters: Mapped[int] = mapped_column(default=STANDARD.characters)
    numbering: Mapped[str] = mapped_column(sa.String(20), default=STANDARD.numbering)
    comma: Mapped[str] = mapped_column(sa.String(1), default=STANDARD.comma)
    days: Mapped[str] = mapped_column(sa.String(20), default="long")
    times: Mapped[str] = mapped_column(sa.String(20), default="half")
    box_title: Mapped[str] = mapped_column(sa.String(10), default="")
    box_labels: Mapped[str] = mapped_column(sa.String(200), default="")  # one a line
    header_text: Mapped[str] = mapped_column(sa.String(40), default="")
    footer_text: Mapped[str] = mapped_column(sa.String(80), default="")
    logo: Mapped[bytes] = mapped_column(sa.LargeBinary, default=b"")
    logo_words: Mapped[str] = mapped_column(sa.String(80), default="")
    annexes: Mapped[bool] = mapped_column(default=False)
    captions: Mapped[bool] = mapped_column(default=True)
    number_rule: Mapped[str] = mapped_column(sa.String(40), default="")  # み福第{番号}号; "" gives no number
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @property
    def layout(self) -> Layout:
        """The layout that papers are drawn on."""
        chosen = {name: getattr(self, name) for name in LAYOUT}
        return Layout(**chosen, box_labels=tuple(self.box_labels.split("\n")) if self.box_labels else (), logo=bytes(self.logo))

    @classmethod
    def own(cls) -> PaperStyle | None:
        """The office's style; None while it has chosen none. Looked up once in a unit of work: a paper asks it for every date."""
        if cls not in session.info:
            session.info[cls] = session.get(cls, 1)
        return session.info[cls]

    @classmethod
    def chosen(cls) -> PaperStyle:
        """The office's style, to be changed: the standard one to begin with."""
        insert_once(cls, id=1, version=1, **{each.key: each.default.arg for each in cls.__table__.columns if each.default and each.key != "version"})
        session.info[cls] = session.get(cls, 1)
        return session.info[cls]


class DocumentCount(Base):
    """How many document numbers a 年度 has given out."""

    __tablename__ = "document_count"
    audited = False
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)

    @classmethod
    def take(cls, year: int) -> int:
        """The next number of a 年度; whoever asks at the same moment waits, and what is rolled back was never given out."""
        insert_once(cls, year=year, last=0)
        return session.execute(sa.update(cls).where(cls.year == year).values(last=cls.last + 1).returning(cls.last)).scalar_one()
