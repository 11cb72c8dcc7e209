"""The moves of a case from stage to stage, and the light accompaniment after its end: records that stay."""

from __future__ import annotations

from datetime import date, datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from cases import flow
from cases.flow import Stage
from core import clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused


class StageMove(Base):
    """A case moved from one stage to another (or began): who, when, on which day, and why."""

    __tablename__ = "stage_move"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    from_stage: Mapped[Stage | None] = mapped_column(choice(Stage, name="from_stage"))
    to_stage: Mapped[Stage] = mapped_column(choice(Stage, name="to_stage"))
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by = orm.relationship("User", lazy="joined", innerjoin=True)

    @property
    def kind(self) -> flow.Move | None:
        """What kind of step this was; None for the first, with which the case was opened."""
        return flow.kind(self.from_stage, self.to_stage) if self.from_stage else None


class Closure(Base):
    """What was agreed when coordination ended (終結): the agency that keeps the thread, and when to start again."""

    __tablename__ = "closure"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    lead_agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    roles: Mapped[str] = mapped_column(sa.Text, default="")
    outlook: Mapped[str] = mapped_column(sa.Text, default="")
    watchers: Mapped[str] = mapped_column(sa.Text, default="")
    signs: Mapped[str] = mapped_column(sa.Text, default="")
    lead_agency = orm.relationship("Agency", lazy="joined", innerjoin=True)
    case = orm.relationship("Case", back_populates="closures")
    checks: Mapped[list[Check]] = orm.relationship(back_populates="closure", order_by="Check.due_on, Check.id", lazy="selectin",
                                                   cascade="all, delete-orphan")

    def check_on(self, days) -> None:
        """Look again on exactly these coming days; what has been noted stays."""
        self.checks = [each for each in self.checks if each.seen_on or each.due_on in days]
        known = {each.due_on for each in self.checks if not each.seen_on}
        self.checks += [Check(due_on=day) for day in sorted(set(days) - known)]

    @property
    def waiting(self) -> list[Check]:
        """The checks that nobody has noted yet."""
        return [each for each in self.checks if each.seen_on is None]


class Finding(enum.Enum):
    """What a light check found."""

    CALM = "calm"
    CONCERN = "concern"
    SIGN = "sign"

    @property
    def label(self):
        return {"calm": later("As before"), "concern": later("Something to keep an eye on"),
                "sign": later("A sign to start again")}[self.value]


class Check(Base):
    """A light look at a household after closure (終結後の伴走): planned for a day, then noted."""

    __tablename__ = "aftercare_check"
    id: Mapped[int] = mapped_column(primary_key=True)
    closure_id: Mapped[int] = mapped_column(sa.ForeignKey("closure.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    seen_on: Mapped[date | None]
    finding: Mapped[Finding | None] = mapped_column(choice(Finding))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closure: Mapped[Closure] = orm.relationship(back_populates="checks", lazy="joined", innerjoin=True)
    by = orm.relationship("User", lazy="joined")

    def note(self, by, on: date, finding: Finding, words: str) -> None:
        """Write down what was found. Raises Refused when somebody has done so already."""
        if self.seen_on is not None:
            raise Refused(_("This check has been noted already."), _("Open the page of the accompaniment again."))
        self.seen_on, self.finding, self.words, self.by_id, self.at = on, finding, words, by.id, utcnow()


def begin(case, by, on: date) -> None:
    """The first move: the case was opened, at the stage it has."""
    case.moves.append(StageMove(from_stage=None, to_stage=case.stage, on=on, by_id=by.id))


def move(case, by, to: Stage, on: date | None = None, reason: str = "", agreed: dict | None = None) -> StageMove:
    """Move a case to another stage; `agreed` are the words of its closure (lead_agency, roles, outlook, watchers,
    signs, checks), for 終結 and 終結後の伴走.

    Raises Refused for a move that cannot be made from here, lacks what it needs, or lies before the last one.
    """
    on = on or clock.today()
    _ask(case, to, on, {flow.Need.REASON: reason, **_said(agreed or {})})
    if agreed is not None and to in flow.OVER:
        _agree(case, to, agreed)
    made = StageMove(from_stage=case.stage, to_stage=to, on=on, reason=reason, by_id=by.id)
    case.moves.append(made)
    case.stage = to
    session.flush()
    return made


def _ask(case, to: Stage, on: date, said: dict) -> None:
    if to not in flow.possible(case.stage):
        raise Refused(_("This case cannot go there from where it stands."), _("Open its page again: somebody may have moved it."))
    if any(not said.get(need) for need in flow.needs(case.stage, to)):
        raise Refused(_("This move lacks something that must be said."), _("Fill in what the page of the move asks for."))
    if case.moves and on < case.moves[-1].on:
        raise Refused(_("The last move was on a later day."), _("Open its page again: somebody may have moved it."))


def _said(agreed: dict) -> dict:
    return {flow.Need.LEAD: agreed.get("lead_agency"), flow.Need.ROLES: agreed.get("roles"), flow.Need.OUTLOOK: agreed.get("outlook"),
            flow.Need.SIGNS: agreed.get("signs"), flow.Need.CHECK: agreed.get("checks")}


def _agree(case, to: Stage, agreed: dict) -> None:
    words = {name: value for name, value in agreed.items() if name != "checks"}
    if to == Stage.CLOSED or not case.closures:
        case.closures.append(Closure(**words))
    else:  # accompaniment goes by what was agreed at the closure, seen through once more
        for name, value in words.items():
            setattr(case.closures[-1], name, value)
    case.closures[-1].check_on(agreed.get("checks", []))
