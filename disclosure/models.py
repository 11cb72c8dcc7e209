"""A request for disclosure and what belongs to it. No name stands here: who is meant is a link to the household member."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from disclosure.rules import Term, urgency
from disclosure.terms import Terms
from disclosure.words import Answer, Capacity, Decision, Delivery, PaperKind, State, Verdict


class DisclosureRequest(Base):
    """One request (請求書), from the day it came in until it is carried out or taken back."""

    __tablename__ = "disclosure_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int]
    serial: Mapped[int]
    received_on: Mapped[date]
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity))
    identity_by: Mapped[str] = mapped_column(sa.String(120), default="")  # 本人確認: by which paper, never its number
    authority_by: Mapped[str] = mapped_column(sa.String(120), default="")  # 代理権: 戸籍謄本, 委任状
    wanted: Mapped[str] = mapped_column(sa.Text)
    corrected_days: Mapped[int] = mapped_column(default=0)  # 補正に要した日数
    days: Mapped[int]  # what the office's terms were when it came in: a later change does not move a running deadline
    extension: Mapped[int]
    closed_rule: Mapped[str] = mapped_column(sa.String(10))
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[State] = mapped_column(choice(State), default=State.RECEIVED, index=True)
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(sa.String(80), default="")
    ground: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    delivered_on: Mapped[date | None]
    delivery: Mapped[Delivery | None] = mapped_column(choice(Delivery))
    delivery_note: Mapped[str] = mapped_column(sa.String(200), default="")
    gathered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    opened_by = orm.relationship("User", lazy="joined", innerjoin=True)
    subjects: Mapped[list[Subject]] = orm.relationship(back_populates="request", order_by="Subject.id", cascade="all, delete-orphan")
    items: Mapped[list[Item]] = orm.relationship(back_populates="request", order_by="Item.position, Item.id", cascade="all, delete-orphan")
    steps: Mapped[list[Step]] = orm.relationship(order_by="Step.id", cascade="all, delete-orphan")
    opinions: Mapped[list[Opinion]] = orm.relationship(back_populates="request", order_by="Opinion.id", cascade="all, delete-orphan")
    papers: Mapped[list[IssuedPaper]] = orm.relationship(order_by="IssuedPaper.id", cascade="all, delete-orphan")
    __table_args__ = (sa.UniqueConstraint("fiscal_year", "serial"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def receive(cls, by, received_on: date, capacity: Capacity, wanted: str, identity_by: str = "", authority_by: str = "", corrected_days: int = 0) -> DisclosureRequest:
        """Take a request in under the next number of its 年度; the days run by the office's terms of today."""
        year, term = clock.fiscal_year(received_on), Terms.now()
        serial = (session.scalar(sa.select(sa.func.max(cls.serial)).where(cls.fiscal_year == year)) or 0) + 1
        made = cls(fiscal_year=year, serial=serial, received_on=received_on, capacity=capacity, wanted=wanted, identity_by=identity_by,
                   authority_by=authority_by, corrected_days=corrected_days, days=term.days, extension=term.extension, closed_rule=term.closed,
                   opened_by_id=by.id, state=State.RECEIVED)
        made.steps.append(Step(state=State.RECEIVED, by_id=by.id))
        session.add(made)
        session.flush()
        return made

    @property
    def number(self) -> str:
        """R08-開示-0003: names nobody."""
        return f"{clock.fiscal_year_code(self.fiscal_year)}-{'開示' if self.capacity.own else '公開'}-{self.serial:04d}"

    @property
    def term(self) -> Term:
        return Term(self.days, self.extension, self.closed_rule)

    @property
    def last_day(self) -> date:
        """The last day by law."""
        return self.term.last_day(self.received_on, self.corrected_days, self.extended_on is not None)

    @property
    def decide_by(self) -> date:
        """The day until which the office decides."""
        return self.term.decide_by(self.received_on, self.corrected_days, self.extended_on is not None)

    @property
    def first_term(self) -> date:
        """Until when the time may be extended."""
        return self.term.decide_by(self.received_on, self.corrected_days)

    @property
    def urgency(self) -> str:
        return urgency(self.decide_by, clock.today())

    @property
    def undecided_items(self) -> list[Item]:
        return [each for each in self.items if each.verdict is Verdict.WAITING]

    def go(self, state: State, by, words: str = "") -> None:
        """Stand somewhere else from now on; who and when stays on record."""
        self.state = state
        self.steps.append(Step(state=state, words=words, by_id=by.id))


class Subject(Base):
    """Who (or which case) a request is about: a member of a household, somebody of the roster, or a case by its number."""

    __tablename__ = "disclosure_subject"
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure_request.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("household_person.id", ondelete="SET NULL"), index=True)
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id", ondelete="SET NULL"), index=True)
    label: Mapped[str] = mapped_column(sa.String(120))  # R08-0001 Aさん: as the office calls them among itself
    linked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    request: Mapped[DisclosureRequest] = orm.relationship(back_populates="subjects")
    person = orm.relationship("HouseholdPerson")
    member = orm.relationship("Member")
    case = orm.relationship("Case")


class Item(Base):
    """One record that exists about the subject: its kind, number and day, never what it says."""

    __tablename__ = "disclosure_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure_request.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(40))
    record: Mapped[str] = mapped_column(sa.String(80))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id", ondelete="SET NULL"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    number: Mapped[str] = mapped_column(sa.String(80), default="")
    dated_on: Mapped[date | None]
    count: Mapped[int] = mapped_column(default=1)
    place: Mapped[str] = mapped_column(sa.String(40))
    standing: Mapped[str] = mapped_column(sa.String(20))  # final, draft, kept, gone
    direct: Mapped[bool]  # it is about the person themselves; else it concerns them through the household
    keeper: Mapped[str] = mapped_column(sa.String(200), default="")
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict), default=Verdict.WAITING)
    ground: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.String(400), default="")
    judged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    request: Mapped[DisclosureRequest] = orm.relationship(back_populates="items")
    judged_by = orm.relationship("User")
    __table_args__ = (sa.UniqueConstraint("request_id", "kind", "record"),)

    def judge(self, by, verdict: Verdict, ground: str, note: str) -> None:
        """Say what is proposed for this record."""
        self.verdict, self.ground, self.note = verdict, ground, note
        self.judged_by_id, self.judged_at = by.id, utcnow()


class Step(Base):
    """When a request came to stand where, and by whom."""

    __tablename__ = "disclosure_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure_request.id", ondelete="CASCADE"), index=True)
    state: Mapped[State] = mapped_column(choice(State))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by = orm.relationship("User", lazy="joined", innerjoin=True)


class Opinion(Base):
    """A third party (第三者) who is asked before what concerns them is handed out (個人情報保護法第86条)."""

    __tablename__ = "disclosure_opinion"
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure_request.id", ondelete="CASCADE"), index=True)
    party: Mapped[str] = mapped_column(sa.String(80))
    asked_on: Mapped[date]
    answer_by: Mapped[date | None]
    answer: Mapped[Answer] = mapped_column(choice(Answer), default=Answer.NONE)
    answered_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    request: Mapped[DisclosureRequest] = orm.relationship(back_populates="opinions")


class IssuedPaper(Base):
    """A paper as it went out: kept word for word, under its hash."""

    __tablename__ = "disclosure_paper"
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure_request.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PaperKind] = mapped_column(choice(PaperKind))
    content: Mapped[str] = mapped_column(sa.Text, deferred=True)
    hash: Mapped[str] = mapped_column(sa.String(64))
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    request: Mapped[DisclosureRequest] = orm.relationship(viewonly=True)
    made_by = orm.relationship("User", lazy="joined", innerjoin=True)
