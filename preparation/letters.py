"""Official letters (公文書) to agency heads: the convening notice and the request for information, as they were made.

A letter is kept word for word, like final minutes: a plan that changes later does not change a letter that went out.
"""

from __future__ import annotations

from datetime import date, datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import later
from exports.letters import Letter


class LetterKind(enum.Enum):
    """開催通知, or 情報提供依頼 under the Act (or the person's consent)."""

    NOTICE = "notice"
    REQUEST = "request"

    @property
    def label(self):
        return {"notice": later("Convening notice"), "request": later("Request for information")}[self.value]

    @property
    def law_name(self) -> str:
        return {"notice": "開催通知", "request": "情報提供依頼"}[self.value]


class PaperLetter(Base):
    """One letter to the head of one agency, kept as it was made."""

    __tablename__ = "paper_letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    kind: Mapped[LetterKind] = mapped_column(choice(LetterKind))
    number: Mapped[str] = mapped_column(sa.String(40), default="")
    dated_on: Mapped[date]
    batch: Mapped[str] = mapped_column(sa.String(40))  # made by one press: they go out as one file with a page each
    sequence: Mapped[int]  # of the meeting's plan, so that a letter to an earlier plan is known as such
    content: Mapped[str] = mapped_column(sa.Text, deferred=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    hearing = orm.relationship("Hearing")
    agency = orm.relationship("Agency", lazy="joined", innerjoin=True)

    @classmethod
    def make(cls, hearing, agency, by, kind: LetterKind, letter: Letter, number: str, dated_on: date, batch: str) -> PaperLetter:
        """Keep a letter to an agency's head as it goes out."""
        made = cls(hearing=hearing, agency=agency, kind=kind, number=number, dated_on=dated_on, batch=batch,
                   sequence=hearing.meeting.sequence, content=letter.to_json(), made_by_id=by.id)
        session.add(made)
        return made

    @classmethod
    def of(cls, hearing) -> list[PaperLetter]:
        """The letters made for this table, newest first."""
        return list(session.scalars(sa.select(cls).where(cls.hearing_id == hearing.id).order_by(cls.id.desc())))

    @property
    def outdated(self) -> bool:
        """Whether the meeting was moved after this letter was made."""
        return self.sequence != self.hearing.meeting.sequence

    @property
    def letter(self) -> Letter:
        return Letter.from_json(self.content)
