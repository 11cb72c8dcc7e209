"""The support plan of a case (支援プラン): a draft the team edits, and versions frozen word for word."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from plans import verdicts
from plans.content import Content
from plans.verdicts import Verdict


class Plan(Base):
    """The plan of a case: the first (初回), or one made after an evaluation (第n回)."""

    __tablename__ = "plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    number: Mapped[int]
    draft: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[date | None] = mapped_column(index=True)  # the next monitoring, while the plan runs
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    begun_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    case = orm.relationship("Case")
    versions: Mapped[list[PlanVersion]] = orm.relationship(back_populates="plan", order_by="PlanVersion.number")
    monitorings = orm.relationship("Monitoring", order_by="Monitoring.id", back_populates="plan")
    evaluations = orm.relationship("Evaluation", order_by="Evaluation.id", back_populates="plan")
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def of(cls, case) -> list[Plan]:
        """All plans of a case, the newest first."""
        return list(session.scalars(sa.select(cls).where(cls.case_id == case.id).order_by(cls.number.desc())))

    @classmethod
    def begin(cls, case, by, content: Content) -> Plan:
        """Begin the first plan of a case, or the next once the one before was evaluated. Raises Refused otherwise."""
        last = next(iter(cls.of(case)), None)
        if last is not None and not last.evaluations:
            raise Refused(_("The plan there is has not been evaluated yet."), _("Change it, or evaluate it first."))
        plan = cls(case=case, number=last.number + 1 if last else 1, draft=content.to_json(), begun_by_id=by.id)
        session.add(plan)
        session.flush()
        return plan

    @property
    def name(self) -> str:
        """第1回プラン, 第2回プラン: as on paper and screen."""
        return verdicts.name(self.number)

    @property
    def content(self) -> Content:
        """The draft as it stands now."""
        return Content.from_json(self.draft)

    @property
    def newest(self) -> PlanVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def changed(self) -> bool:
        """Whether the draft says something that no version has frozen yet."""
        return self.newest is None or self.newest.hash != self.content.hash

    @property
    def evaluated(self):
        """The last evaluation, or None."""
        return self.evaluations[-1] if self.evaluations else None

    def rewrite(self, content: Content) -> None:
        """Change the draft; versions stay as they are. Raises Refused once the plan was evaluated."""
        if self.evaluations:
            raise Refused(_("This plan has been evaluated."), _("Begin the next plan from its page."))
        self.draft = content.to_json()

    def freeze(self, by, change: str = "") -> PlanVersion:
        """The draft as a version: the newest one if nothing was changed since, else the next."""
        if not self.changed:
            return self.newest
        content, number = self.content, len(self.versions) + 1
        made = PlanVersion(plan=self, number=number, content=content.to_json(), hash=content.hash, change=change, frozen_by_id=by.id)
        self.due_on = content.monitoring
        session.add(made)
        session.flush()
        return made

    def put_to(self, hearing, by, change: str = "") -> PlanVersion:
        """Put the plan to a meeting (かける): what is discussed there is frozen. Raises Refused once that meeting is over."""
        meeting = hearing.meeting
        if meeting.closed or meeting.cancelled:
            raise Refused(_("That meeting is over or was called off."), _("Choose a coming meeting, or plan one from the page of the case."))
        made = self.freeze(by, change)
        if not made.tablings or made.tablings[-1].hearing_id != hearing.id:
            made.tablings.append(Tabling(hearing_id=hearing.id, by_id=by.id))
            session.flush()
        return made


class PlanVersion(Base):
    """A plan as it was put to a meeting or settled: frozen, numbered, hashed."""

    __tablename__ = "plan_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(sa.Text, deferred=True)  # long, and read one at a time
    hash: Mapped[str] = mapped_column(sa.String(64))
    change: Mapped[str] = mapped_column(sa.Text, default="")
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    frozen_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    plan: Mapped[Plan] = orm.relationship(back_populates="versions", lazy="joined", innerjoin=True)
    frozen_by = orm.relationship("User", lazy="joined", innerjoin=True)
    tablings: Mapped[list[Tabling]] = orm.relationship(back_populates="version", order_by="Tabling.id", lazy="selectin")
    verdicts: Mapped[list[PlanVerdict]] = orm.relationship(back_populates="version", order_by="PlanVerdict.id", lazy="selectin")
    agreements: Mapped[list[Agreement]] = orm.relationship(back_populates="version", order_by="Agreement.id", lazy="selectin")
    __table_args__ = (sa.UniqueConstraint("plan_id", "number"),)

    @property
    def words(self) -> Content:
        """The plan word for word as it was frozen."""
        return Content.from_json(self.content)

    def agree(self, by, who: str, on: date) -> None:
        """Record that somebody of the household agreed to these words on a day."""
        self.agreements.append(Agreement(who=who, on=on, by_id=by.id))


class Tabling(Base):
    """A version lies before a meeting."""

    __tablename__ = "plan_tabling"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[PlanVersion] = orm.relationship(back_populates="tablings", lazy="joined", innerjoin=True)
    hearing = orm.relationship("Hearing", lazy="joined", innerjoin=True)


class PlanVerdict(Base):
    """What a meeting found of a version (プランの適切性)."""

    __tablename__ = "plan_verdict"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[PlanVersion] = orm.relationship(back_populates="verdicts", lazy="joined", innerjoin=True)
    hearing = orm.relationship("Hearing", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("version_id", "hearing_id"),)

    def beyond(self, own: str) -> str:
        """What somebody's own words say beyond that sentence."""
        return verdicts.beyond(self.verdict, own)

    @property
    def sentence(self) -> str:
        """As the minutes print it."""
        return verdicts.sentence(self.version.plan.number, self.version.number, self.verdict)


class Agreement(Base):
    """Somebody of the household agreed to a version (本人同意), on a day."""

    __tablename__ = "plan_agreement"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)
    who: Mapped[str] = mapped_column(sa.String(40))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[PlanVersion] = orm.relationship(back_populates="agreements")


def before(hearing) -> PlanVersion | None:
    """The version that lies before a hearing: the one put there last."""
    found = session.scalar(sa.select(Tabling).where(Tabling.hearing_id == hearing.id).order_by(Tabling.id.desc()).limit(1))
    return found.version if found else None


def verdict_of(hearing) -> PlanVerdict | None:
    """What a hearing found of the version before it."""
    return session.scalar(sa.select(PlanVerdict).where(PlanVerdict.hearing_id == hearing.id).order_by(PlanVerdict.id.desc()).limit(1))


def find(hearing, by, verdict: Verdict | None, words: str) -> None:
    """Record what a meeting found of the plan before it; None takes back what was said by mistake, before the minutes
    are final. Without a plan before the meeting nothing is recorded."""
    version, said = before(hearing), verdict_of(hearing)
    if said is not None and (verdict is None or version is None or said.version_id != version.id):
        session.delete(said)
        said = None
    if version is None or verdict is None:
        return
    if said is None:
        said = PlanVerdict(version=version, hearing_id=hearing.id)
        session.add(said)
    said.verdict, said.words, said.by_id = verdict, words, by.id
