"""Role assignments (役割分担) and their confirmation. A role that its holder has not confirmed is not a role."""

from __future__ import annotations

from datetime import date, datetime
import enum
import hashlib

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused


class Rank(enum.Enum):
    """One task may be held by several: the main one, a supporting one, one who helps."""

    MAIN = "main"
    SUB = "sub"
    SUPPORT = "support"

    @property
    def label(self):
        return {"main": later("Main"), "sub": later("Deputy"), "support": later("Supporting")}[self.value]

    @property
    def law_name(self) -> str:
        return {"main": "主", "sub": "副", "support": "協力"}[self.value]


class Answer(enum.Enum):
    """Nobody is made to say yes: four answers, all of them respectable."""

    TAKE = "take"
    CONDITION = "condition"
    BRING_BACK = "bring_back"
    HARD = "hard"

    @property
    def label(self):
        return {"take": later("I take it on"), "condition": later("On a condition"), "bring_back": later("I take it back to my agency"),
                "hard": later("It is difficult")}[self.value]

    @property
    def law_name(self) -> str:
        return {"take": "引き受ける", "condition": "条件付き", "bring_back": "持ち帰り", "hard": "難しい"}[self.value]


class ActionItem(Base):
    """What, who, by when. Without a taker it is 未割当, never silently the organiser's."""

    __tablename__ = "action_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    what: Mapped[str] = mapped_column(sa.Text)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    due_on: Mapped[date | None]
    rank: Mapped[Rank] = mapped_column(choice(Rank), default=Rank.MAIN)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry.id"))  # the line it was made of
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    hearing = orm.relationship("Hearing", back_populates="actions")
    agency = orm.relationship("Agency", lazy="joined")
    member = orm.relationship("Member", lazy="joined")
    confirmations: Mapped[list[Confirmation]] = orm.relationship(back_populates="action", order_by="Confirmation.id",
                                                                 lazy="selectin")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def assign(cls, hearing, by, key: str, what: str, agency=None, member=None, due_on=None, rank=Rank.MAIN) -> ActionItem:
        """Put a role on the table; the same key again gives the one that is there already."""
        hearing.ask_capturing()
        found = session.scalar(sa.select(cls).where(cls.key == key))
        if found is not None:
            return found
        action = cls(hearing=hearing, key=key, what=what, agency=agency or (member.agency if member else None),
                     member=member, due_on=due_on, rank=rank, written_by_id=by.id)
        session.add(action)
        live.touch(hearing.meeting.topic)
        return action

    def rewrite(self, what: str, agency, member, due_on, rank) -> None:
        """Change the role. A confirmation given to other words no longer counts, so its holder is asked again."""
        self.hearing.ask_capturing()
        self.what, self.due_on, self.rank = what, due_on, rank
        self.agency, self.member = agency or (member.agency if member else None), member
        live.touch(self.hearing.meeting.topic)

    def remove(self) -> None:
        """Take the role off the table; it stays in the database."""
        self.hearing.ask_capturing()
        self.removed_at = utcnow()
        live.touch(self.hearing.meeting.topic)

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of what a confirmation is bound to: what, who, by when, main or supporting."""
        parts = [self.what, self.agency_id, self.member_id, self.due_on.isoformat() if self.due_on else None, self.rank.value]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @property
    def confirmation(self) -> Confirmation | None:
        """The last answer, if it was given to the words that stand now."""
        last = self.confirmations[-1] if self.confirmations else None
        return last if last and last.fingerprint == self.fingerprint else None

    @property
    def outdated(self) -> Confirmation | None:
        """The last answer, when the words have changed since."""
        last = self.confirmations[-1] if self.confirmations else None
        return last if last and last.fingerprint != self.fingerprint else None

    @property
    def who(self) -> str:
        """機関名 氏名; empty for a role nobody has."""
        if self.member:
            return self.member.full
        else:
            return self.agency.name if self.agency else ""

    def confirm(self, by, answer: Answer, word: str = "", read: str = "") -> Confirmation:
        """Answer for one's own role. `read` is the fingerprint of the words the person saw.

        Raises Refused when the words changed in the meantime, or the minutes are final.
        """
        if self.hearing.meeting.final:
            raise Refused(_("The minutes are final; answers are no longer changed here."),
                          _("Tell the facilitator, who can reopen them."))
        if read and read != self.fingerprint:
            raise Refused(_("This role was changed after you opened the page."), _("Read it again, then answer."))
        now = self.confirmation
        if now and (now.answer, now.word) == (answer, word):
            return now  # a double click
        made = Confirmation(action=self, answer=answer, word=word, by_id=by.id, fingerprint=self.fingerprint)
        session.add(made)
        live.touch(self.hearing.meeting.topic)
        return made


class Confirmation(Base):
    """One answer to one wording of a role, kept for good."""

    __tablename__ = "confirmation"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    word: Mapped[str] = mapped_column(sa.Text, default="")
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    action: Mapped[ActionItem] = orm.relationship(back_populates="confirmations")

    @property
    def heard(self) -> bool:
        """Whether somebody else wrote down what the holder said on paper or by telephone."""
        member = self.action.member
        return member is not None and member.user_id != self.by_id
    by = orm.relationship("User", lazy="joined", innerjoin=True)

