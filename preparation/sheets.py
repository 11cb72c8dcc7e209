"""Preparation sheets (準備シート): what each agency at the table brings, written before the meeting.

A draft is seen by the agency's own people only. Once handed in it lies before everybody who sits at that table.
Facts stand line by line, each with its source, apart from the agency's view: they enter the record as they are.
"""

from __future__ import annotations

from datetime import date, datetime
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, live
from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from core.web import Refused
from preparation import sheets_due

PARTS = ("view", "doing", "can", "hard", "condition", "asks", "decide")


class Sheet(Base):
    """One agency's sheet for one case of one meeting."""

    __tablename__ = "sheet"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    view: Mapped[str] = mapped_column(sa.Text, default="")
    doing: Mapped[str] = mapped_column(sa.Text, default="")
    can: Mapped[str] = mapped_column(sa.Text, default="")
    hard: Mapped[str] = mapped_column(sa.Text, default="")
    condition: Mapped[str] = mapped_column(sa.Text, default="")
    asks: Mapped[str] = mapped_column(sa.Text, default="")
    decide: Mapped[str] = mapped_column(sa.Text, default="")
    heard: Mapped[bool] = mapped_column(default=False)  # typed in by the office, from paper or the telephone
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_in_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    hearing = orm.relationship("Hearing")
    agency = orm.relationship("Agency", lazy="joined", innerjoin=True)
    written_by = orm.relationship("User", foreign_keys=[written_by_id], lazy="joined", innerjoin=True)
    facts: Mapped[list[SheetFact]] = orm.relationship(back_populates="sheet", order_by="SheetFact.position, SheetFact.id",
                                                      cascade="all, delete-orphan", lazy="selectin")
    __table_args__ = (sa.UniqueConstraint("hearing_id", "agency_id"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def begin(cls, hearing, agency, by) -> Sheet:
        """An empty sheet of an agency, to be written at once."""
        sheet = cls(hearing=hearing, agency=agency, written_by_id=by.id)
        session.add(sheet)
        return sheet

    @property
    def handed_in(self) -> bool:
        return self.handed_in_at is not None

    def write(self, by, words: dict, facts: list[tuple], heard: bool = False) -> None:
        """Put down what the agency says. `facts` are (id or None, text, source); an empty text takes that fact out.

        Facts that are not named stay: somebody else of the agency may have added them meanwhile.
        Raises Refused once the meeting is over or called off.
        """
        ask_preparing(self.hearing.meeting)
        for name in PARTS:
            setattr(self, name, words[name])
        known = {each.id: each for each in self.facts}
        for position, (id, text, source) in enumerate(facts, 1):
            self._fact(known.get(id), position, text, source)
        self.heard, self.written_by_id, self.written_at = heard, by.id, utcnow()
        live.touch(self.hearing.meeting.topic)

    def hand_in(self, by) -> None:
        """Lay the sheet before the table; a second time changes nothing."""
        if not self.handed_in:
            self.handed_in_at, self.handed_in_by_id = utcnow(), by.id

    def _fact(self, fact: SheetFact | None, position: int, text: str, source: str) -> None:
        if text and fact is None:
            self.facts.append(SheetFact(position=position, text=text, source=source))
        elif text:
            fact.position, fact.text, fact.source = position, text, source
        elif fact is not None:
            self.facts.remove(fact)


class SheetFact(Base):
    """One fact with its source. `key` is the key of its line in the record: taken in twice, it stands there once."""

    __tablename__ = "sheet_fact"
    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(sa.ForeignKey("sheet.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True, default=lambda: f"sheet-{uuid.uuid4().hex}")
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(120))
    sheet: Mapped[Sheet] = orm.relationship(back_populates="facts")


class SheetDeadline(Base):
    """The day a meeting's sheets and written answers are asked for, where the office has set one of its own."""

    __tablename__ = "sheet_deadline"
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    due_on: Mapped[date]
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    @classmethod
    def of(cls, meeting) -> date:
        """The day sheets are asked for: the one that was set, else three working days before the meeting."""
        found = session.get(cls, meeting.id)
        return found.due_on if found else sheets_due.due(clock.local(meeting.starts_at).date())

    @classmethod
    def set(cls, meeting, due_on: date, by) -> None:
        """Ask for the sheets by this day."""
        found = session.get(cls, meeting.id)
        if found is None:
            session.add(cls(meeting_id=meeting.id, due_on=due_on, set_by_id=by.id))
        else:
            found.due_on, found.set_by_id, found.set_at = due_on, by.id, utcnow()


def ask_preparing(meeting) -> None:
    """Raise Refused when nothing is prepared for this meeting any more."""
    if meeting.closed or meeting.cancelled:
        raise Refused(_("This meeting is over or was called off; nothing is prepared for it any more."),
                      _("What is still missing can be written into the record by the facilitator."))


def asked(hearing) -> list:
    """The agencies that are asked for a sheet: those who sit, each once; not those asked in writing only."""
    return list({seat.member.agency_id: seat.member.agency for seat in hearing.seats if seat.level.value != "inquiry"}.values())
