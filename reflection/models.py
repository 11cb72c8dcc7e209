"""What is kept of reflections: sealed tallies while rounds are open, bands and sums afterwards (why: reflection/__init__.py)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, choice
from reflection.rules import Band, Question


class Box(Base):
    """The ballot box of a meeting while its round is open: the sealed tally of the screen, and that of counted sheets."""

    __tablename__ = "reflection_box"
    audited = False
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    screen: Mapped[bytes] = mapped_column(sa.LargeBinary)
    paper: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Mark(Base):
    """That somebody has put an answer into this box: a keyed hash, so that they are asked once; or an empty one, so that the
    number of marks does not tell how many have answered (reflection/blur.py). Goes with the box."""

    __tablename__ = "reflection_mark"
    audited = False
    mark: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("reflection_box.meeting_id", ondelete="CASCADE"), index=True)
    __table_args__ = {"sqlite_with_rowid": False}  # a rowid would tell the order of answering


class Result(Base):
    """What a meeting's answers on the screen came to, for its facilitator: a band for each question, no number."""

    __tablename__ = "reflection_result"
    audited = False
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[Question] = mapped_column(choice(Question), primary_key=True)
    band: Mapped[Band] = mapped_column(choice(Band))


class QuarterSum(Base):
    """The office's sums of a quarter that is over and is shown by itself, by question; `meetings` had a result on the screen."""

    __tablename__ = "reflection_quarter"
    audited = False
    begins: Mapped[date] = mapped_column(primary_key=True)
    question: Mapped[Question] = mapped_column(choice(Question), primary_key=True)
    meetings: Mapped[int]
    answers: Mapped[int]
    yes: Mapped[int]


class SealedSum(Base):
    """The sums of a quarter that runs, or is not shown by itself, sealed (reflection/sums.py)."""

    __tablename__ = "reflection_sealed"
    audited = False
    begins: Mapped[date] = mapped_column(primary_key=True)
    sums: Mapped[bytes] = mapped_column(sa.LargeBinary)
