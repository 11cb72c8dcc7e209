"""A self-check (自己点検) of a 年度: a draft that the office answers, then finished and frozen with what its data said that day."""

from __future__ import annotations

from datetime import datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from selfcheck.facts import Evidence
from selfcheck.survey import CURRENT, Survey, read


class CheckState(enum.Enum):
    DRAFT = "draft"
    FINISHED = "finished"

    @property
    def label(self):
        return {"draft": later("Still being answered"), "finished": later("Frozen as final")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands on paper."""
        return {"draft": "案", "finished": "確定"}[self.value]


class SelfCheck(Base):
    """The answers of the office about one 年度 to one survey."""

    __tablename__ = "self_check"
    id: Mapped[int] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(unique=True)
    survey_key: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[CheckState] = mapped_column(choice(CheckState), default=CheckState.DRAFT)
    evidence: Mapped[dict] = mapped_column(sa.JSON, default=dict)  # by question, as of the day it was finished
    resolve: Mapped[str] = mapped_column(sa.Text, default="")  # what the office means to try
    version: Mapped[int] = mapped_column(default=1)
    parts: Mapped[list[CheckPart]] = orm.relationship(order_by="CheckPart.id", cascade="all, delete-orphan", lazy="selectin", back_populates="check")
    steps: Mapped[list[CheckStep]] = orm.relationship(order_by="CheckStep.id", cascade="all, delete-orphan", lazy="selectin")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def of(cls, year: int) -> SelfCheck | None:
        return session.scalar(sa.select(cls).where(cls.fiscal_year == year))

    @classmethod
    def listed(cls) -> list[SelfCheck]:
        """All of them, the newest first."""
        return list(session.scalars(sa.select(cls).order_by(cls.fiscal_year.desc())))

    @classmethod
    def begin(cls, by, year: int) -> SelfCheck:
        """The self-check of a 年度; the one that is there already when somebody has begun it."""
        there = cls.of(year)
        if there is not None:
            return there
        made = cls(fiscal_year=year, survey_key=CURRENT, state=CheckState.DRAFT, evidence={})
        made.parts = [CheckPart(section=each.key) for each in read(CURRENT).sections]
        made.steps.append(CheckStep(state=CheckState.DRAFT, by=by))
        session.add(made)
        session.flush()
        return made

    @property
    def survey(self) -> Survey:
        return read(self.survey_key)

    @property
    def finished(self) -> bool:
        return self.state == CheckState.FINISHED

    @property
    def answers(self) -> dict[str, CheckAnswer]:
        """By question."""
        return {each.question: each for part in self.parts for each in part.answers}

    def part(self, section: str) -> CheckPart:
        return next(each for each in self.parts if each.section == section)

    @property
    def waiting(self) -> list[CheckPart]:
        """The sections nobody has answered yet."""
        return [each for each in self.parts if each.saved_at is None]

    def kept_evidence(self) -> dict[str, Evidence]:
        """What the data said on the day it was finished, by question."""
        return {key: Evidence.read(each) for key, each in self.evidence.items()}

    def finish(self, by, resolve: str, evidence: dict[str, Evidence]) -> None:
        """Freeze it, with the evidence as it stands. A second time changes nothing. Raises Refused while a section waits."""
        if self.finished:
            return
        if self.waiting:
            raise Refused(_("Some sections have not been answered yet."), _("Answer them first."))
        self.evidence = {key: each.kept for key, each in evidence.items()}
        self.resolve = resolve
        self._step(CheckState.FINISHED, by)

    def reopen(self, by, reason: str) -> None:
        """Make it a draft again, with the reason on record. A second time changes nothing."""
        if self.finished:
            self.evidence = {}
            self._step(CheckState.DRAFT, by, reason)

    def ask_open(self) -> None:
        """Raise Refused when it is finished; until this transaction ends nobody finishes it."""
        state = session.scalar(sa.select(SelfCheck.state).where(SelfCheck.id == self.id).with_for_update())
        if state == CheckState.FINISHED:
            raise Refused(_("This self-check is finished."), _("To change it, reopen it with a reason."))

    def _step(self, state: CheckState, by, words: str = "") -> None:
        self.state = state
        self.steps.append(CheckStep(state=state, by=by, words=words))


class CheckPart(Base):
    """One section of a self-check: several people answer side by side, each their section."""

    __tablename__ = "self_check_part"
    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(sa.ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    section: Mapped[str] = mapped_column(sa.String(20))
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    check: Mapped[SelfCheck] = orm.relationship(back_populates="parts")
    saved_by: Mapped[User | None] = orm.relationship(lazy="joined")
    answers: Mapped[list[CheckAnswer]] = orm.relationship(order_by="CheckAnswer.id", cascade="all, delete-orphan", lazy="selectin")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("check_id", "section"),)

    def answer(self, by, said: dict[str, tuple[list[str], str]]) -> None:
        """Keep what the office answers: by question, the keys it chose and its note. Raises Refused once it is finished."""
        self.check.ask_open()
        there = {each.question: each for each in self.answers}
        for question, (chosen, note) in said.items():
            kept = there.get(question)
            if kept is None:
                self.answers.append(kept := CheckAnswer(question=question))
            kept.chosen, kept.note = list(chosen), note
        self.saved_at, self.saved_by = utcnow(), by


class CheckAnswer(Base):
    """The answer to one question: the keys of the options chosen, and the office's note."""

    __tablename__ = "self_check_answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("self_check_part.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(sa.String(40))
    chosen: Mapped[list] = mapped_column(sa.JSON, default=list)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    __table_args__ = (sa.UniqueConstraint("part_id", "question"),)

    def has(self, option: str) -> bool:
        return option in self.chosen


class CheckStep(Base):
    """A self-check was begun, finished or reopened: who, when, and why."""

    __tablename__ = "self_check_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(sa.ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    state: Mapped[CheckState] = mapped_column(choice(CheckState, name="checkstep_state"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    words: Mapped[str] = mapped_column(sa.Text, default="")
    by: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)


def chosen(check: SelfCheck | None) -> dict[str, set[str]]:
    """What was chosen, by question; nothing for a self-check that is not there."""
    return {key: set(each.chosen) for key, each in check.answers.items()} if check else {}


def before(check: SelfCheck) -> SelfCheck | None:
    """The last finished self-check of an earlier 年度."""
    query = sa.select(SelfCheck).where(SelfCheck.fiscal_year < check.fiscal_year, SelfCheck.state == CheckState.FINISHED)
    return session.scalar(query.order_by(SelfCheck.fiscal_year.desc()).limit(1))
