"""Prior agreement on roles (内諾): asked before the meeting, so that nobody is surprised into a yes at the table."""

from __future__ import annotations

from datetime import datetime
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import later
from preparation.sheets import ask_preparing


class PriorAnswer(enum.Enum):
    """How far a role has been agreed on beforehand."""

    ASKED = "asked"
    AGREED = "agreed"
    TO_TALK = "to_talk"
    HARD = "hard"

    @property
    def label(self):
        return {"asked": later("Being asked"), "agreed": later("Agreed beforehand"), "to_talk": later("To be talked over"),
                "hard": later("Difficult")}[self.value]


class RoleCandidate(Base):
    """A role an agency is asked for. `key` is that of the action item it may become: taken over twice, it stands there once."""

    __tablename__ = "role_candidate"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True, default=lambda: f"prior-{uuid.uuid4().hex}")
    what: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[PriorAnswer] = mapped_column(choice(PriorAnswer), default=PriorAnswer.ASKED)
    word: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heard: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    hearing = orm.relationship("Hearing")
    agency = orm.relationship("Agency", lazy="joined", innerjoin=True)

    @classmethod
    def ask(cls, hearing, agency, what: str, by) -> RoleCandidate:
        """Ask an agency whether it could take this on. Raises Refused once the meeting is over."""
        ask_preparing(hearing.meeting)
        candidate = cls(hearing=hearing, agency=agency, what=what, written_by_id=by.id)
        session.add(candidate)
        return candidate

    @classmethod
    def of(cls, hearing) -> list[RoleCandidate]:
        """What agencies are asked for at this table, in the order it was asked."""
        return list(session.scalars(sa.select(cls).where(cls.hearing_id == hearing.id, cls.withdrawn_at.is_(None))
                                    .order_by(cls.agency_id, cls.id)))

    def reply(self, by, answer: PriorAnswer, word: str, heard: bool = False) -> None:
        """Note the agency's answer; `heard` when the office writes down what was said on paper or by telephone."""
        ask_preparing(self.hearing.meeting)
        if (answer, word) != (self.answer, self.word):
            self.answer, self.word, self.heard = answer, word, heard
            self.answered_by_id, self.answered_at = by.id, utcnow()
            live.touch(self.hearing.meeting.topic)

    def withdraw(self) -> None:
        """Ask no longer; what was answered stays in the database. To ask in other words, ask anew."""
        self.withdrawn_at = utcnow()
        live.touch(self.hearing.meeting.topic)
