"""Watching a plan and judging it at its end (モニタリング、評価): records that stay."""

from __future__ import annotations

from datetime import date, datetime
import json

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from plans.models import Plan, PlanVersion
from plans.verdicts import Conclusion, Result


class Monitoring(Base):
    """A look at how the plan goes, and the day of the next one."""

    __tablename__ = "plan_monitoring"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"), index=True)
    on: Mapped[date]
    words: Mapped[str] = mapped_column(sa.Text)
    next_on: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    plan: Mapped[Plan] = orm.relationship(back_populates="monitorings")
    by = orm.relationship("User", lazy="joined", innerjoin=True)


class Evaluation(Base):
    """What became of a version's goals, what is left, and what follows."""

    __tablename__ = "plan_evaluation"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)
    on: Mapped[date]
    results: Mapped[str] = mapped_column(sa.Text)  # goals with their results, as they were when judged
    changes: Mapped[str] = mapped_column(sa.Text, default="")
    own_view: Mapped[str] = mapped_column(sa.Text, default="")
    remaining: Mapped[str] = mapped_column(sa.Text, default="")
    missing: Mapped[str] = mapped_column(sa.Text, default="")
    conclusion: Mapped[Conclusion] = mapped_column(choice(Conclusion))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    plan: Mapped[Plan] = orm.relationship(back_populates="evaluations")
    version: Mapped[PlanVersion] = orm.relationship(lazy="joined", innerjoin=True)
    by = orm.relationship("User", lazy="joined", innerjoin=True)

    @property
    def judged(self) -> list[tuple[str, Result, str]]:
        """(goal, result, words) of each goal, in the plan's order."""
        return [(each["goal"], Result(each["result"]), each["word"]) for each in json.loads(self.results)]


def monitor(plan: Plan, by, on: date, words: str, next_on: date | None) -> Monitoring:
    """Note how the plan goes; the next day to look replaces the one before."""
    _ask_running(plan)
    made = Monitoring(plan=plan, on=on, words=words, next_on=next_on, by_id=by.id)
    plan.due_on = next_on
    session.add(made)
    return made


def evaluate(plan: Plan, by, on: date, results: list[tuple[Result, str]], conclusion: Conclusion, **words) -> Evaluation:
    """Judge the newest version, goal by goal. Raises Refused for a plan without a version or evaluated already."""
    _ask_running(plan)
    judged = [dict(goal=goal.text, result=result.value, word=word) for goal, (result, word) in zip(plan.newest.words.goals, results)]
    made = Evaluation(plan=plan, version=plan.newest, on=on, results=json.dumps(judged, ensure_ascii=False), conclusion=conclusion,
                      by_id=by.id, **words)
    plan.due_on = None
    session.add(made)
    session.flush()
    return made


def _ask_running(plan: Plan) -> None:
    if plan.newest is None:
        raise Refused(_("This plan has no version yet."), _("Put it to a meeting, or settle it, first."))
    if plan.evaluations:
        raise Refused(_("This plan has been evaluated."), _("Begin the next plan from its page."))
