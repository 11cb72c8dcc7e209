"""A case and its household. Nobody is named here: a case number, a working label, 「Aさん」."""

from __future__ import annotations

from datetime import date, datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from cases import stages
from cases.consent import ConsentState, Information, Method, holds, missing, named_by_all
from cases.flow import Stage
from cases.household import Conflict, FamilyRelation, Tie
from cases.stages import Closure, StageMove
from core import clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import later


class HouseholdType(enum.Enum):
    """The office's first word for a household."""

    E8050 = "8050"
    YOUNG_CARER = "young_carer"
    WITHDRAWN = "withdrawn"
    DOUBLE_CARE = "double_care"
    POVERTY = "poverty"
    HOARDING = "hoarding"
    OTHER = "other"

    @property
    def label(self):
        return {"8050": later("8050 household"), "young_carer": later("Young carer"),
                "withdrawn": later("Social withdrawal"), "double_care": later("Double care"),
                "poverty": later("Poverty"), "hoarding": later("Hoarding"), "other": later("Other")}[self.value]


class Case(Base):
    """A household under support (案件)."""

    __tablename__ = "case"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    fiscal_year: Mapped[int]
    serial: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(80))
    household_type: Mapped[HouseholdType] = mapped_column(choice(HouseholdType))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.INTAKE)
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    own_words: Mapped[str] = mapped_column(sa.Text, default="")
    strengths: Mapped[str] = mapped_column(sa.Text, default="")
    opened_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    people: Mapped[list[HouseholdPerson]] = orm.relationship(
        back_populates="case", order_by="HouseholdPerson.position", cascade="all, delete-orphan", lazy="selectin")
    needs: Mapped[list[Need]] = orm.relationship(order_by="Need.position", cascade="all, delete-orphan")
    team: Mapped[list[TeamMember]] = orm.relationship(cascade="all, delete-orphan", order_by="TeamMember.since")
    moves: Mapped[list[StageMove]] = orm.relationship(order_by="StageMove.id", cascade="all, delete-orphan")
    closures: Mapped[list[Closure]] = orm.relationship(back_populates="case", order_by="Closure.id", cascade="all, delete-orphan")
    hearings = orm.relationship("Hearing", back_populates="case")
    relations: Mapped[list[FamilyRelation]] = orm.relationship(order_by="FamilyRelation.id", cascade="all, delete-orphan")
    ties: Mapped[list[Tie]] = orm.relationship(order_by="Tie.position", cascade="all, delete-orphan")
    conflicts: Mapped[list[Conflict]] = orm.relationship(order_by="Conflict.id", cascade="all, delete-orphan")
    referrals = orm.relationship("Referral", back_populates="case", order_by="Referral.id")
    __table_args__ = (sa.UniqueConstraint("fiscal_year", "serial"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def open(cls, by, label: str, household_type: HouseholdType, opened_on: date, **more) -> Case:
        """Open a case under the next number of its 年度 (R08-0007); who opens it is its first team member."""
        year = clock.fiscal_year(opened_on)
        serial = (session.scalar(sa.select(sa.func.max(cls.serial)).where(cls.fiscal_year == year)) or 0) + 1
        case = cls(number=f"{clock.fiscal_year_code(year)}-{serial:04d}", fiscal_year=year, serial=serial, label=label,
                   household_type=household_type, opened_on=opened_on, opened_by_id=by.id, **more)
        case.stage = case.stage or Stage.INTAKE
        case.team.append(TeamMember(user_id=by.id))
        stages.begin(case, by, opened_on)
        session.add(case)
        return case

    def without_consent(self, on: date) -> list[HouseholdPerson]:
        """The household members whose consent is missing on a day."""
        return missing(self.people, on)

    def consented(self, on: date) -> bool:
        """Whether everybody whose information is shared has a consent that holds on that day."""
        return any(each.shared for each in self.people) and not self.without_consent(on)

    def consent_scope(self, on: date) -> set[int] | None:
        """Ids of the agencies that everybody's valid consent names; None when a consent names none (words only)."""
        return named_by_all(each.consent.agency_ids for each in self.people if each.shared and each.consents_on(on))

    def move(self, by, to: Stage, on: date | None = None, reason: str = "", agreed: dict | None = None) -> StageMove:
        """Move to another stage, for a reason where the flow asks for one (see `cases.stages.move`)."""
        return stages.move(self, by, to, on, reason, agreed)

    @property
    def standing_at(self) -> Stage:
        """The stage on the way; for a suspended case, the one it was suspended from."""
        last = self.moves[-1] if self.moves else None
        return last.from_stage if self.stage == Stage.SUSPENDED and last and last.from_stage else self.stage

    @property
    def closure(self) -> Closure | None:
        """What was agreed at the last closure."""
        return self.closures[-1] if self.closures else None

    def join_team(self, user) -> None:
        """Let a coordinator see and run this case."""
        if not self.has_on_team(user):
            self.team.append(TeamMember(user_id=user.id))

    def has_on_team(self, user) -> bool:
        """Whether this coordinator runs this case."""
        return user.id in [each.user_id for each in self.team]


class TeamMember(Base):
    """A coordinator who runs this case."""

    __tablename__ = "case_team"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    user = orm.relationship("User", lazy="joined", innerjoin=True)


class HouseholdPerson(Base):
    """A member of the household: a data subject of their own."""

    __tablename__ = "household_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(40))
    relation: Mapped[str] = mapped_column(sa.String(40), default="")
    age: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    shared: Mapped[bool] = mapped_column(default=True)
    apart: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # 別居: belongs to the household, lives elsewhere
    case: Mapped[Case] = orm.relationship(back_populates="people")
    consents: Mapped[list[Consent]] = orm.relationship(back_populates="person", order_by="Consent.id", lazy="selectin")

    @property
    def consent(self) -> Consent | None:
        """What stands now: the last thing recorded."""
        return self.consents[-1] if self.consents else None

    def consents_on(self, day: date) -> bool:
        """Whether this person's consent holds on a day."""
        now = self.consent
        return now is not None and holds(now.state, now.on, now.expires_on, day)

    def record_consent(self, by, state: ConsentState, on: date, **more) -> Consent:
        """Record what the person said. Earlier records stay: who consented when is never overwritten."""
        consent = Consent(person=self, state=state, on=on, recorded_by_id=by.id, **more)
        session.add(consent)
        return consent


consent_agency = sa.Table(
    "consent_agency", Base.metadata,
    sa.Column("consent_id", sa.ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("agency_id", sa.ForeignKey("agency.id"), primary_key=True, index=True),
)


class Consent(Base):
    """One thing a data subject said about sharing, kept for good."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("household_person.id"), index=True)
    state: Mapped[ConsentState] = mapped_column(choice(ConsentState))
    on: Mapped[date]
    method: Mapped[Method | None] = mapped_column(choice(Method))
    scope: Mapped[str] = mapped_column(sa.Text, default="")  # in words, beside the agencies ticked
    about: Mapped[str] = mapped_column(sa.String(200), default="", server_default=sa.text("''"))  # values of Information, a space between them
    witness: Mapped[str] = mapped_column(sa.String(80), default="")
    expires_on: Mapped[date | None] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    person: Mapped[HouseholdPerson] = orm.relationship(back_populates="consents")
    agencies = orm.relationship("Agency", secondary=consent_agency, order_by="Agency.name", lazy="selectin")
    recorded_by = orm.relationship("User")

    @property
    def agency_ids(self) -> set[int]:
        """Which agencies of the roster were named."""
        return {each.id for each in self.agencies}

    @property
    def information(self) -> list[Information]:
        """Which kinds of information were named."""
        return [Information(each) for each in self.about.split()]

    @property
    def on_paper(self) -> str:
        """The whole scope as it stands in minutes: agencies, information, words; always Japanese."""
        ticked = [each.name for each in self.agencies], [each.law_name for each in self.information]
        return "／".join(filter(None, [*("・".join(names) for names in ticked), self.scope]))


class Need(Base):
    """A need of the household in one domain."""

    __tablename__ = "need"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    domain_code: Mapped[str] = mapped_column(sa.ForeignKey("domain.code"))
    text: Mapped[str] = mapped_column(sa.Text)
    domain = orm.relationship("Domain", lazy="joined", innerjoin=True)
