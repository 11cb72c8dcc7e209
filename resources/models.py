"""A resource idea: the need, what is wished for, the support it would enable, and who takes the first step."""

from __future__ import annotations

from datetime import date, datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from community.kinds import ResourceKind
from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.once import key_of
from core.web import Refused


class IdeaState(enum.Enum):
    IDEA = "idea"
    STUDY = "study"
    TRIAL = "trial"
    REAL = "real"
    DROPPED = "dropped"

    @property
    def label(self):
        return {"idea": later("Idea"), "study": later("Under study"), "trial": later("On trial"), "real": later("Made real"),
                "dropped": later("Set aside")}[self.value]


class ResourceIdea(Base):
    """One idea, as it was said at the table."""

    __tablename__ = "resource_idea"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    need: Mapped[str] = mapped_column(sa.Text)
    wished: Mapped[str] = mapped_column(sa.Text)
    enables: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[ResourceKind | None] = mapped_column(choice(ResourceKind))
    nearest: Mapped[str] = mapped_column(sa.Text, default="")
    first_step: Mapped[str] = mapped_column(sa.Text, default="")
    forum: Mapped[str] = mapped_column(sa.String(120), default="")
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    owner_member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    due_on: Mapped[date | None]
    state: Mapped[IdeaState] = mapped_column(choice(IdeaState), default=IdeaState.IDEA)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry.id"))  # the line it was made of
    suggested_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))  # whose idea it was, if it is not whoever wrote it down
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    hearing = orm.relationship("Hearing", back_populates="ideas")
    owner = orm.relationship("Agency", lazy="joined")
    owner_member = orm.relationship("Member", foreign_keys=owner_member_id, lazy="selectin")
    suggested_by = orm.relationship("Member", foreign_keys=suggested_by_id, lazy="joined")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def suggest(cls, hearing, by, key: str, **words) -> ResourceIdea:
        """Put an idea on the table; the same words again under the same key give the one that is there already."""
        hearing.ask_capturing()
        hearing.hold()
        own = key_of(key, hearing, by, sorted(words.items()))
        found = session.scalar(sa.select(cls).where(cls.key == own))
        if found is not None:
            return found
        idea = cls(hearing=hearing, key=own, written_by_id=by.id, **words)
        session.add(idea)
        live.touch(hearing.meeting.topic)
        return idea

    def rewrite(self, **words) -> None:
        """Change what stands on the table."""
        self.hearing.ask_capturing()
        for name, value in words.items():
            setattr(self, name, value)
        live.touch(self.hearing.meeting.topic)

    def remove(self, read: str = "") -> None:
        """Take the idea off the table; it stays in the database. `read` is the version somebody saw: Refused when it is another one now."""
        self.hearing.ask_capturing()
        if read and read != str(self.version):
            raise Refused(_("Somebody changed this after you opened the page."), _("Read it again, then decide."))
        self.removed_at = utcnow()
        live.touch(self.hearing.meeting.topic)

    @property
    def in_charge(self) -> str:
        """機関名 氏名 of who takes the first step; empty when that is open."""
        if self.owner_member:
            return self.owner_member.full
        else:
            return self.owner.name if self.owner else ""
