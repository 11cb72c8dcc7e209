"""The draft of the minutes going round (会議録(案)の回覧): what was sent, to whom, until when, and what they said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from circulation import on_paper, sentences, windows
from circulation.readers import Reader, sat
from circulation.remarks import Remark, hold
from circulation.words import RemarkKind
from core import clock, live
from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from core.office import office
from core.web import Refused
from exports.minutes import Minutes
from meetings import minutes
from meetings.capture import EntryKind
from meetings.models import Meeting
from meetings.record import ask_settled
from meetings.table import Hearing


class Circulation(Base):
    """One round: a copy of the draft, kept word for word, and a day until which those who sat may answer."""

    __tablename__ = "circulation"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(sa.Text, deferred=True)
    hash: Mapped[str] = mapped_column(sa.String(64))
    lines: Mapped[dict] = mapped_column(sa.JSON)  # by place in the draft: the id of the line in the record
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    answer_by: Mapped[date]
    deemed: Mapped[bool]  # as the readers were told when it began
    over_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = orm.relationship(back_populates="circulations")
    opened_by = orm.relationship("User", lazy="joined", innerjoin=True)
    readers: Mapped[list[Reader]] = orm.relationship(back_populates="circulation", order_by="Reader.id", lazy="selectin")
    remarks: Mapped[list[Remark]] = orm.relationship(back_populates="circulation", order_by="Remark.id", lazy="selectin")
    extensions: Mapped[list[Extension]] = orm.relationship(order_by="Extension.id", lazy="selectin")
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def begin(cls, meeting: Meeting, by, answer_by: date) -> Circulation:
        """Send the draft as it stands to everybody who sat (but whoever sends it), with a day until which they may answer.

        Raises Refused while the meeting is not closed, when the minutes are final, while a line has two texts or a
        correction of the round before waits for its answer, and when nobody else sat.
        """
        hold(meeting)
        ask_beginning(meeting)
        readers = [Reader(member=each, told_at=utcnow()) for each in sat(meeting) if each.user_id != by.id]
        if not readers:
            raise Refused(_("Nobody else is noted as having been here."), _("Note who was present, then send the draft round."))
        number = len(meeting.circulations) + 1
        paper = replace(minutes.lay_out(meeting), status=f"案 第{number}回").sealed()
        made = cls(number=number, content=paper.to_json(), hash=paper.content_hash, lines=_lines(meeting), opened_at=utcnow(),
                   opened_by_id=by.id, answer_by=answer_by, deemed=office().deemed, readers=readers)
        meeting.circulations.append(made)
        session.flush()
        live.touch(meeting.topic)
        return made

    @property
    def minutes(self) -> Minutes:
        """The draft as it went round."""
        return Minutes.from_json(self.content)

    @property
    def sentences(self) -> list[sentences.Sentence]:
        """Every sentence of the draft, with the key under which it is remarked on."""
        return sentences.sentences(self.minutes, self.hash)

    @property
    def closed(self) -> bool:
        """Whether it is over for good: the minutes became final since, or a later round began."""
        return self.meeting.circulations[-1] is not self or any(each.finalised_at >= self.opened_at for each in self.meeting.minutes_versions)

    @property
    def clock(self) -> windows.Clock:
        """The day until which answers are asked for."""
        return windows.clock(self.answer_by, clock.today())

    @property
    def state(self) -> windows.State:
        """Where the round stands today."""
        return windows.state(self.answer_by, clock.today(), sum(each.answered for each in self.readers), len(self.readers), self.closed)

    @property
    def waiting(self) -> list[Remark]:
        """The corrections without an answer: while there is one, the minutes do not become final."""
        return [each for each in self.remarks if each.waits]

    @property
    def path(self) -> str:
        """The page on which whoever runs the meeting answers."""
        return f"/circulations/{self.id}/remarks"

    def reader(self, member) -> Reader | None:
        """A person's place among those it went to."""
        return next((each for each in self.readers if member is not None and each.member_id == member.id), None)

    def told(self, hearing: Hearing) -> list[tuple[str, bool]]:
        """What the minutes of a case say of this round: sentences, and whether they are limited."""
        return on_paper.told(self, hearing)

    def dissents(self, hearing: Hearing) -> list[Remark]:
        """What stays in the minutes of a case whatever is answered."""
        return [each for each in self.remarks if each.hearing_id == hearing.id and each.kind == RemarkKind.DISSENT and not each.withdrawn_at]

    def ask_open(self) -> None:
        """Raise Refused when nothing can be said of this draft any more."""
        hold(self.meeting)
        if self.meeting.final:
            raise Refused(_("The minutes are final since."), _("If something is still wrong, ask the coordinator to reopen them."))
        if self.closed:
            raise Refused(_("Another draft goes round since."), _("Read the newer one and answer there."), f"/circulations/{self.meeting.circulations[-1].id}")

    def extend(self, by, until: date, reason: str) -> None:
        """Give more time, for a reason that all readers see."""
        self.ask_open()
        self.extensions.append(Extension(earlier=self.answer_by, until=until, reason=reason, by_id=by.id))
        self.answer_by, self.over_told_at = until, None
        live.touch(self.meeting.topic)


class Extension(Base):
    """More time for a round, and why."""

    __tablename__ = "circulation_extension"
    id: Mapped[int] = mapped_column(primary_key=True)
    circulation_id: Mapped[int] = mapped_column(sa.ForeignKey("circulation.id"), index=True)
    earlier: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)


def ask_beginning(meeting: Meeting) -> None:
    """Raise Refused when no draft of this meeting can go round now."""
    if not meeting.closed:
        raise Refused(_("The draft can go round once the meeting is closed."))
    ask_settled(meeting)


def _lines(meeting: Meeting) -> dict[str, int]:
    """Which line of the record stands at which place of the draft: they are laid out in the record's order."""
    sections = {EntryKind.FACT: "facts", EntryKind.FORMULATION: "formulations", EntryKind.ISSUE: "issues", EntryKind.OPINION: "opinions",
                EntryKind.DECISION: "decisions", EntryKind.TAKEN_BACK: "taken_back"}
    return {f"{turn}.{section}.{count}": entry.id for turn, hearing in enumerate(meeting.hearings, 1) for kind, section in sections.items()
            for count, entry in enumerate(each for each in hearing.entries if each.kind == kind and not each.removed_at)}
