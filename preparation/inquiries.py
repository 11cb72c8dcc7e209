"""Written inquiries (書面照会): an agency that is asked in writing only, its answer, and how the answer came.

An inquiry tells something of a case, so it rests on the same ground as the meeting: the Act for a 支援会議, each
person's consent for a 重層的支援会議; consent is asked again when it is sent, read, answered and printed.
"""

from __future__ import annotations

from datetime import date, datetime
import enum
from pathlib import Path
import tomllib
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from meetings.ground import ask_consent
from meetings.table import Attendance, Level
from preparation.sheets import ask_preparing


class InquiryState(enum.Enum):
    OPEN = "open"
    ANSWERED = "answered"
    CANNOT = "cannot"

    @property
    def label(self):
        return {"open": later("No answer so far"), "answered": later("Has answered"), "cannot": later("Cannot answer")}[self.value]


class AnswerMethod(enum.Enum):
    """How an answer reached the office."""

    SCREEN = "screen"
    PAPER = "paper"
    PHONE = "phone"

    @property
    def label(self):
        return {"screen": later("On this page"), "paper": later("On a sheet of paper"), "phone": later("By telephone")}[self.value]

    @property
    def law_name(self) -> str:
        return {"screen": "画面", "paper": "書面", "phone": "電話聞き取り"}[self.value]


class Inquiry(Base):
    """What one agency is asked in writing about one case of one meeting; a draft until it is sent."""

    __tablename__ = "inquiry"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    due_on: Mapped[date]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    state: Mapped[InquiryState] = mapped_column(choice(InquiryState), default=InquiryState.OPEN)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    how: Mapped[AnswerMethod | None] = mapped_column(choice(AnswerMethod))
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    hearing = orm.relationship("Hearing")
    agency = orm.relationship("Agency", lazy="joined", innerjoin=True)
    answered_by = orm.relationship("User", foreign_keys=[answered_by_id], lazy="joined")
    questions: Mapped[list[InquiryQuestion]] = orm.relationship(
        back_populates="inquiry", order_by="InquiryQuestion.position", cascade="all, delete-orphan", lazy="selectin")
    __table_args__ = (sa.UniqueConstraint("hearing_id", "agency_id"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def draft(cls, hearing, agency, by, questions: list[str], due_on: date) -> Inquiry:
        """Draft the questions to an agency. Raises Refused when the meeting is over or its ground is missing."""
        ask_preparing(hearing.meeting)
        ask_ground(hearing)
        inquiry = cls(hearing=hearing, agency=agency, due_on=due_on, written_by_id=by.id, questions=_numbered(questions))
        session.add(inquiry)
        return inquiry

    @property
    def sent(self) -> bool:
        return self.sent_at is not None

    @property
    def late(self) -> bool:
        return self.sent and self.state == InquiryState.OPEN and self.due_on < clock.today()

    def rewrite(self, questions: list[str], due_on: date) -> None:
        """Change a draft. Raises Refused once it is sent: an answer belongs to the words that were asked."""
        if self.sent:
            raise Refused(_("This inquiry has been sent; its questions do not change any more."),
                          _("Take it back first, if nobody has answered yet."))
        self.questions, self.due_on = _numbered(questions), due_on

    def send(self, by) -> None:
        """Lay the questions before the agency; a second time changes nothing."""
        ask_preparing(self.hearing.meeting)
        ask_ground(self.hearing)
        if not self.sent:
            self.sent_at, self.sent_by_id = utcnow(), by.id

    def take_back(self) -> None:
        """Make it a draft again. Raises Refused when it has been answered."""
        if self.state != InquiryState.OPEN:
            raise Refused(_("This inquiry has been answered."), _("Its questions and answers stay together."))
        self.sent_at = self.sent_by_id = None

    def answer(self, by, state: InquiryState, answers: list[str], reason: str, how: AnswerMethod, on: date) -> None:
        """Note the answers, one for each question, or why there is none. The agency's seats count as answered in writing."""
        ask_preparing(self.hearing.meeting)
        ask_ground(self.hearing)
        for question, text in zip(self.questions, answers, strict=True):
            question.answer = text
        self.state, self.reason, self.how = state, reason, how
        self.answered_on, self.answered_by_id, self.answered_at = on, by.id, utcnow()
        for seat in self.hearing.seats:
            if seat.member.agency_id == self.agency_id and seat.level == Level.INQUIRY and not seat.attendance.here:
                seat.attendance = Attendance.WRITTEN if state == InquiryState.ANSWERED else Attendance.UNKNOWN
        live.touch(self.hearing.meeting.topic)


class InquiryQuestion(Base):
    """One question and its answer. `key` is the key of the answer's line in the record."""

    __tablename__ = "inquiry_question"
    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(sa.ForeignKey("inquiry.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True, default=lambda: f"reply-{uuid.uuid4().hex}")
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    inquiry: Mapped[Inquiry] = orm.relationship(back_populates="questions")


def ask_ground(hearing) -> None:
    """Raise Refused when nothing of this case may be told today: a 重層的支援会議 without valid consent."""
    ask_consent(hearing.meeting.kind, hearing.case, clock.today())


def asked_in_writing(hearing) -> list:
    """The agencies that sit for a written answer only, each once."""
    return list({seat.member.agency_id: seat.member.agency for seat in hearing.seats if seat.level == Level.INQUIRY}.values())


def usual_questions() -> list[str]:
    """The questions an inquiry begins with (questions.toml), to be changed for each."""
    shipped = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))
    return shipped["questions"]


def _numbered(questions: list[str]) -> list[InquiryQuestion]:
    return [InquiryQuestion(position=position, text=text) for position, text in enumerate(questions, 1)]
