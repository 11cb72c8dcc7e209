"""The lines of the discussion, written by several people at once; nobody's text is ever overwritten unseen."""

from __future__ import annotations

from datetime import datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused


class EntryKind(enum.Enum):
    """What a line is: facts and opinions are kept apart from the first second."""

    FACT = "fact"
    OPINION = "opinion"
    FORMULATION = "formulation"
    ISSUE = "issue"
    DECISION = "decision"
    TAKEN_BACK = "taken_back"

    @property
    def label(self):
        return {"fact": later("Fact"), "opinion": later("Opinion"), "formulation": later("Formulation"),
                "issue": later("Issue"), "decision": later("Decision"), "taken_back": later("Taken back")}[self.value]


class Entry(Base):
    """One captured line."""

    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)  # made by the writer's browser: sent twice, kept once
    position: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
    text: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(120), default="")
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    number: Mapped[int] = mapped_column(default=1)  # of the revision shown
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    limited: Mapped[bool] = mapped_column(default=False)  # 限定共有: only for those who share in it, never on the wall
    version: Mapped[int] = mapped_column(default=1)
    hearing = orm.relationship("Hearing", back_populates="entries")
    agency = orm.relationship("Agency", lazy="joined")
    written_by = orm.relationship("User", lazy="joined", innerjoin=True)
    revisions: Mapped[list[Revision]] = orm.relationship(back_populates="entry", order_by="Revision.id", lazy="selectin")
    __table_args__ = (sa.Index("ix_entry_hearing_id_position", "hearing_id", "position"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def capture(cls, hearing, by, key: str, kind: EntryKind, text: str, source: str = "", agency=None, *,
                since: datetime | None = None, confidant: bool = True) -> Entry:
        """Write a line down; the same key again gives the line that is there already.

        It is limited (限定共有) from birth when a step shared with some only ran at any moment since it was begun (`since`;
        none: now), however late it arrives, and its writer shares in that. Whoever does not was not there to hear it.
        """
        hearing.ask_capturing()
        found = session.scalar(sa.select(cls).where(cls.key == key))
        if found is not None:
            return found
        # On PostgreSQL two writers run side by side: the second waits here, so that no two lines get one place.
        table = type(hearing)
        session.execute(sa.select(table.id).where(table.id == hearing.id).with_for_update())
        last = session.scalar(sa.select(sa.func.max(cls.position)).where(cls.hearing_id == hearing.id)) or 0
        entry = cls(hearing=hearing, key=key, position=last + 1, kind=kind, text=text, source=source, agency=agency,
                    written_by=by, limited=confidant and hearing.confided(since or utcnow()))
        entry.revisions.append(Revision(number=1, kind=kind, text=text, source=source, written_by=by))
        session.add(entry)
        live.touch(hearing.meeting.topic)
        return entry

    @property
    def rivals(self) -> list[Revision]:
        """What others wrote at the same time and nobody has settled yet."""
        return [each for each in self.revisions if each.rival]

    def limit(self, on: bool) -> None:
        """Keep the line to those who share in it (限定共有), or release it to the whole table."""
        self.hearing.ask_capturing()
        self.limited = on
        live.touch(self.hearing.meeting.topic)

    def rewrite(self, by, read: int, kind: EntryKind, text: str, source: str = "", agency=None, *,
                since: datetime | None = None, confidant: bool = True) -> bool:
        """Change the line as somebody saw it at revision `read`; give whether it stands.

        When somebody else changed it since, both texts stay: theirs as the line, this one beside it, to be settled.
        Words written into it during a step shared with some only make it limited, like a new line (see `capture`).
        """
        self.hearing.ask_capturing()
        self._hold()
        live.touch(self.hearing.meeting.topic)
        self.removed_at = None  # somebody still wrote in it while it was being removed: it stands again, for all to see
        if (text, kind, source) == (self.text, self.kind, self.source) and agency is self.agency:
            return True
        self.limited = self.limited or (confidant and self.hearing.confided(since or utcnow()))
        fresh = read == self.number
        if not fresh and any((each.text, each.written_by_id) == (text, by.id) for each in self.rivals):
            return False  # sent twice
        for each in self.rivals:
            if not fresh and each.written_by_id == by.id:
                each.rival = False  # the same person wrote on: their newest text stands beside the line
        self.revisions.append(Revision(number=max(each.number for each in self.revisions) + 1, kind=kind, text=text,
                                       source=source, written_by=by, rival=not fresh))
        if fresh:
            self._take(self.revisions[-1], agency)
        return fresh

    def settle(self, by, text: str) -> None:
        """Settle rival texts by the text that shall stand; every one of them stays in the history."""
        self.hearing.ask_capturing()
        self._hold()
        for each in self.rivals:
            each.rival = False
        revision = Revision(number=max(each.number for each in self.revisions) + 1, kind=self.kind, text=text,
                            source=self.source, written_by=by)
        self.revisions.append(revision)
        self._take(revision, self.agency)
        live.touch(self.hearing.meeting.topic)

    def remove(self, by, read: int) -> None:
        """Take the line out; it stays in the history. Raises Refused when it was changed since `read`."""
        self.hearing.ask_capturing()
        if read != self.number:
            raise Refused(_("Somebody else has changed this line in the meantime."), _("Read it again before you remove it."))
        self.removed_at = utcnow()
        live.touch(self.hearing.meeting.topic)

    def restore(self) -> None:
        """Bring a removed line back."""
        self.hearing.ask_capturing()
        self.removed_at = None
        live.touch(self.hearing.meeting.topic)

    def _hold(self) -> None:
        # On PostgreSQL two writers run side by side: the second waits here and then reads what the first left.
        session.execute(sa.select(Entry.id).where(Entry.id == self.id).with_for_update())
        session.refresh(self)

    def _take(self, revision: Revision, agency) -> None:
        self.number, self.text, self.kind = revision.number, revision.text, revision.kind
        self.source, self.agency, self.written_by = revision.source, agency, revision.written_by
        self.written_at = utcnow()


class Revision(Base):
    """One text of a line, kept for good; a rival is one that lost the race and waits beside the line."""

    __tablename__ = "entry_revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    number: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
    text: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(120), default="")
    rival: Mapped[bool] = mapped_column(default=False)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    entry: Mapped[Entry] = orm.relationship(back_populates="revisions")
    written_by = orm.relationship("User", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("entry_id", "number"),)

