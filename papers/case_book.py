"""事例集: what the office learnt from a case, told so that nobody knows whose it was.

Kinds, bands, counts and months are computed of the case; the words are written for the book and taken over from nowhere.
An example can be read by the office (掲載可) once every finding of the check is taken out or confirmed with a reason, and a
second coordinator of the case has looked, where there is one.
"""

from __future__ import annotations

from datetime import datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import Role, User
from cases.models import Case
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from papers.case_book_facts import Facts

WORDS = ("title", "overview", "troubles", "flow", "decided", "worked", "remains", "missing")


class ExampleState(enum.Enum):
    DRAFT = "draft"
    READY = "ready"
    WITHDRAWN = "withdrawn"

    @property
    def label(self):
        return {"draft": later("Still being written"), "ready": later("Ready for the book"), "withdrawn": later("Taken out of the book")}[self.value]


class CaseExample(Base):
    """One case as an example. Readers see its words and facts, never which case it was."""

    __tablename__ = "case_example"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id", ondelete="SET NULL"), index=True)  # outlives its case
    fiscal_year: Mapped[int] = mapped_column(index=True)
    state: Mapped[ExampleState] = mapped_column(choice(ExampleState), default=ExampleState.DRAFT)
    widened: Mapped[bool] = mapped_column(default=False)  # wide age bands, and no household type
    facts: Mapped[dict] = mapped_column(sa.JSON)
    title: Mapped[str] = mapped_column(sa.String(80))
    overview: Mapped[str] = mapped_column(sa.Text, default="")
    troubles: Mapped[str] = mapped_column(sa.Text, default="")
    flow: Mapped[str] = mapped_column(sa.Text, default="")
    decided: Mapped[str] = mapped_column(sa.Text, default="")
    worked: Mapped[str] = mapped_column(sa.Text, default="")
    remains: Mapped[str] = mapped_column(sa.Text, default="")
    missing: Mapped[str] = mapped_column(sa.Text, default="")
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    case: Mapped[Case | None] = orm.relationship()
    written_by: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)
    steps: Mapped[list[ExampleStep]] = orm.relationship(order_by="ExampleStep.id", cascade="all, delete-orphan")
    confirmations: Mapped[list[Confirmed]] = orm.relationship(order_by="Confirmed.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def begin(cls, case: Case, by, fiscal_year: int, facts: Facts, widened: bool, **words) -> CaseExample:
        """A new draft about a case."""
        made = cls(case=case, fiscal_year=fiscal_year, state=ExampleState.DRAFT, facts=facts.kept, widened=widened, written_by=by, **words)
        made.steps.append(ExampleStep(state=ExampleState.DRAFT, by=by))
        session.add(made)
        session.flush()
        return made

    def rewrite(self, by, facts: Facts, widened: bool, **words) -> None:
        """Write it anew, with the facts as they stand now. It is a draft again: what was looked at was something else."""
        for name, value in words.items():
            setattr(self, name, value)
        self.facts, self.widened, self.written_by = facts.kept, widened, by
        if self.state != ExampleState.DRAFT:
            self._step(ExampleState.DRAFT, by)

    def confirm(self, key: str, reason: str, by) -> None:
        """Say why the words of a finding may stay. A second time changes nothing."""
        if key not in self.confirmed:
            self.confirmations.append(Confirmed(key=key, reason=reason, by=by))

    def make_ready(self, by, open_findings: int, note: str = "") -> None:
        """Let the office read it. Raises Refused while findings are open, for its own writer where somebody else could look,
        and for a writer alone who says nothing about it."""
        if self.state == ExampleState.READY:
            return
        if open_findings:
            raise Refused(_("There are findings that nobody has taken out or confirmed."), _("Go through them one by one."))
        if by.id == self.written_by_id and self.others:
            raise Refused(_("A second coordinator of this case looks at it first."), _("Ask: %(names)s.", names="、".join(each.name for each in self.others)))
        if by.id == self.written_by_id and not note:
            raise Refused(_("Nobody else is on the team of this case: write how you made sure."))
        self._step(ExampleState.READY, by, note)

    def withdraw(self, by, reason: str) -> None:
        """Take it out of the book; it stays on record. A second time changes nothing."""
        if self.state != ExampleState.WITHDRAWN:
            self._step(ExampleState.WITHDRAWN, by, reason)

    @property
    def others(self) -> list[User]:
        """Who else on the team of the case could look at it."""
        return [each.user for each in self.case.team if each.user_id != self.written_by_id and each.user.active and Role.COORDINATOR in each.user.roles]

    @property
    def told(self) -> Facts:
        return Facts.read(self.facts)

    @property
    def texts(self) -> dict[str, str]:
        """The words by field."""
        return {name: getattr(self, name) for name in WORDS}

    @property
    def confirmed(self) -> dict[str, Confirmed]:
        return {each.key: each for each in self.confirmations}

    def _step(self, state: ExampleState, by, note: str = "") -> None:
        self.state = state
        self.steps.append(ExampleStep(state=state, by=by, note=note))


class ExampleStep(Base):
    """An example became a draft, ready or withdrawn: who, when, and what they said."""

    __tablename__ = "case_example_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    example_id: Mapped[int] = mapped_column(sa.ForeignKey("case_example.id", ondelete="CASCADE"), index=True)
    state: Mapped[ExampleState] = mapped_column(choice(ExampleState, name="examplestep_state"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    note: Mapped[str] = mapped_column(sa.String(400), default="")
    by: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)


class Confirmed(Base):
    """Somebody looked at a finding and said why its words may stay. It holds for the line as it stood."""

    __tablename__ = "case_example_confirmation"
    id: Mapped[int] = mapped_column(primary_key=True)
    example_id: Mapped[int] = mapped_column(sa.ForeignKey("case_example.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[str] = mapped_column(sa.String(200))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("example_id", "key"),)
