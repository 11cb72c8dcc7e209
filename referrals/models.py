"""A referral (つなぎ): one sheet an agency puts forward, the office's answer, and all that was said in between.

Whose turn it is stands in two instants: since when the office, and since when the referrer, has something to answer.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import Case, HouseholdPerson, HouseholdType, Need
from core import clock, languages
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from core.workdays import add_working_days, working_days_between
from referrals.words import Act, Agreement, State, Urgency

AGAIN = (State.RETURNED, State.ADVISED)  # from where the agency may send it once more


class Referral(Base):
    """A household put forward to the office. Nobody is named in it: a working label stands for the household."""

    __tablename__ = "referral"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    fiscal_year: Mapped[int]
    serial: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(80))
    household_type: Mapped[HouseholdType] = mapped_column(choice(HouseholdType))
    worry: Mapped[str] = mapped_column(sa.Text)
    own_words: Mapped[str] = mapped_column(sa.Text, default="")
    done: Mapped[str] = mapped_column(sa.Text, default="")
    ask: Mapped[str] = mapped_column(sa.Text)
    agreement: Mapped[Agreement] = mapped_column(choice(Agreement))
    agreement_reason: Mapped[str] = mapped_column(sa.Text, default="")
    urgency: Mapped[Urgency] = mapped_column(choice(Urgency), default=Urgency.NORMAL)
    shown_to_agency: Mapped[bool] = mapped_column(default=False)
    referred_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    state: Mapped[State] = mapped_column(choice(State), default=State.OPEN, index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    office_turn_since: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    referrer_turn_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handler_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    people: Mapped[list[ReferralPerson]] = orm.relationship(order_by="ReferralPerson.position", cascade="all, delete-orphan")
    needs: Mapped[list[ReferralNeed]] = orm.relationship(order_by="ReferralNeed.position", cascade="all, delete-orphan")
    ticks: Mapped[list[ReferralTick]] = orm.relationship(order_by="ReferralTick.position", cascade="all, delete-orphan")
    steps: Mapped[list[ReferralStep]] = orm.relationship(back_populates="referral", order_by="ReferralStep.id")
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    agency = orm.relationship("Agency", lazy="joined", innerjoin=True)
    handler = orm.relationship("User", foreign_keys=[handler_id], lazy="joined")
    case: Mapped[Case | None] = orm.relationship(back_populates="referrals")
    __table_args__ = (sa.UniqueConstraint("fiscal_year", "serial"),)
    __mapper_args__ = {"version_id_col": version}

    # -- the referrer's side ---------------------------------------------------------------------------------------

    @classmethod
    def put_forward(cls, by, sheet: dict) -> Referral:
        """Send a sheet to the office under the next number of its 年度 (R08-つ-0001). `by` needs a place on the roster."""
        year = clock.fiscal_year(clock.today())
        serial = (session.scalar(sa.select(sa.func.max(cls.serial)).where(cls.fiscal_year == year)) or 0) + 1
        referral = cls(number=cls.numbered(year, serial), fiscal_year=year, serial=serial,
                       referred_by_id=by.id, member_id=by.member.id, agency_id=by.member.agency_id)
        referral.write(sheet)
        session.add(referral)
        referral._send(Act.SENT, by)
        return referral

    @staticmethod
    def numbered(year: int, serial: int) -> str:
        """R08-つ-0001: cannot be taken for the number of a case."""
        return f"{clock.fiscal_year_code(year)}-つ-{serial:04d}"

    def send_again(self, by, sheet: dict) -> ReferralStep:
        """Send the sheet once more, after the office returned it or gave advice: a new round in the same thread."""
        self._ask_state(*AGAIN)
        self.write(sheet)
        return self._send(Act.SENT_AGAIN, by)

    def withdraw(self, by) -> ReferralStep:
        """Take back what the office has not accepted; from here on only its referrer sees it."""
        self._ask_state(State.OPEN, State.RETURNED)
        self.state, self.office_turn_since, self.referrer_turn_since = State.WITHDRAWN, None, None
        return self._note(Act.WITHDRAWN, by)

    def write(self, sheet: dict) -> None:
        """Put what the sheet says in place of what stood there."""
        for name, value in sheet.items():
            setattr(self, name, value)

    # -- the office's side -----------------------------------------------------------------------------------------

    def take(self, by) -> ReferralStep:
        """Say that one handles it; a colleague may take over."""
        self._ask_state(State.OPEN)
        self.handler_id = by.id
        return self._note(Act.TAKEN, by)

    def accept(self, by, words: str = "", case: Case | None = None) -> ReferralStep:
        """Take the household on: in a case of the coordinator's team, or in a new one filled from the sheet."""
        self._ask_state(State.OPEN)
        self.case = case or self._open_case(by)
        return self._answer(State.ACCEPTED, Act.ACCEPTED, by, words)

    def advise(self, by, words: str) -> ReferralStep:
        """Answer with advice; the household stays with the agency."""
        self._ask_state(State.OPEN)
        return self._answer(State.ADVISED, Act.ADVISED, by, words)

    def send_back(self, by, words: str) -> ReferralStep:
        """Return the sheet with what is missing; the agency may send it again."""
        self._ask_state(State.OPEN)
        return self._answer(State.RETURNED, Act.RETURNED, by, words)

    # -- both ------------------------------------------------------------------------------------------------------

    def say(self, by, words: str) -> ReferralStep:
        """Ask or answer something; then it is the other side's turn."""
        if by.id == self.referred_by_id:
            self.office_turn_since, self.referrer_turn_since = self.office_turn_since or utcnow(), None
        else:
            self.handler_id = self.handler_id or by.id
            self.office_turn_since, self.referrer_turn_since = None, utcnow()
        self.version += 1  # whoever is writing an answer sees this first
        return self._note(Act.SAID, by, words)

    def acknowledge(self, by) -> ReferralStep:
        """Note what the other side wrote last, where nothing more is to be said."""
        if by.id == self.referred_by_id:
            self.referrer_turn_since = None
        elif self.state != State.OPEN:  # an open referral is owed an answer
            self.office_turn_since = None
        return self._note(Act.READ, by)

    @property
    def open(self) -> bool:
        return self.state == State.OPEN

    @property
    def returnable(self) -> bool:
        """Whether its referrer may send it again."""
        return self.state in AGAIN

    def waited(self, on: date) -> int:
        """Working days since it came in."""
        return working_days_between(clock.local(self.sent_at).date(), on)

    def late(self, on: date, limit: int) -> bool:
        """Whether the office has owed a word for more than `limit` working days."""
        since = self.office_turn_since
        return since is not None and working_days_between(clock.local(since).date(), on) > limit

    def due_on(self, limit: int) -> date:
        """The day by which the office means to answer."""
        return add_working_days(clock.local(self.sent_at).date(), limit)

    def _send(self, act: Act, by) -> ReferralStep:
        self.state, self.sent_at = State.OPEN, utcnow()
        self.office_turn_since, self.referrer_turn_since = self.sent_at, None
        return self._note(act, by)

    def _answer(self, state: State, act: Act, by, words: str) -> ReferralStep:
        self.state, self.handler_id = state, by.id
        self.office_turn_since, self.referrer_turn_since = None, utcnow()
        return self._note(act, by, words)

    def _open_case(self, by) -> Case:
        case = Case.open(by, self.label, self.household_type, clock.today(), summary=self._outline(), own_words=self.own_words)
        case.people += [HouseholdPerson(position=each.position, label=each.label, relation=each.relation, age=each.age)
                        for each in self.people]
        case.needs += [Need(position=each.position, domain_code=each.domain_code, text=each.text) for each in self.needs]
        return case

    def _outline(self) -> str:
        """The sheet's words as the outline of a new case."""
        parts = [("気になっていること", self.worry), ("これまでの関わり", self.done), ("お願いしたいこと", self.ask)]
        return "\n\n".join(f"【{head}】\n{words}" for head, words in parts if words) + f"\n\n(つなぎ {self.number} {self.agency.name})"

    def _note(self, act: Act, by, words: str = "") -> ReferralStep:
        step = ReferralStep(act=act, words=words, by_id=by.id)
        self.steps.append(step)
        return step

    def _ask_state(self, *states: State) -> None:
        if self.state not in states:
            raise Refused(_("This referral stands at “%(state)s” now.", state=self.state.label),
                          _("Look at it once more: somebody may have been faster."))


class ReferralPerson(Base):
    """A member of the household, as far as the agency knows."""

    __tablename__ = "referral_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(40))
    relation: Mapped[str] = mapped_column(sa.String(40), default="")
    age: Mapped[int | None]


class ReferralNeed(Base):
    """What the household needs in one domain."""

    __tablename__ = "referral_need"
    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    domain_code: Mapped[str] = mapped_column(sa.ForeignKey("domain.code"))
    text: Mapped[str] = mapped_column(sa.Text)
    domain = orm.relationship("Domain", lazy="joined", innerjoin=True)


class ReferralTick(Base):
    """One of the office's examples that applies, in the words that stood on the sheet."""

    __tablename__ = "referral_tick"
    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("criterion.id"))
    ja: Mapped[str] = mapped_column(sa.String(120))
    en: Mapped[str] = mapped_column(sa.String(120), default="")

    @property
    def label(self) -> str:
        return self.en if languages.language() == "en" and self.en else self.ja


class ReferralStep(Base):
    """One thing somebody did or said, kept for good."""

    __tablename__ = "referral_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id"), index=True)
    act: Mapped[Act] = mapped_column(choice(Act))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    referral: Mapped[Referral] = orm.relationship(back_populates="steps")
    by = orm.relationship("User", lazy="joined", innerjoin=True)

    @property
    def from_referrer(self) -> bool:
        return self.by_id == self.referral.referred_by_id
