"""The figures of open and overdue roles, read in one query: whose agency, which days. Persons are not in it at all."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa

from actions import standing
from actions.models import ActionItem
from actions.progress import ProgressStep
from agencies.models import Agency
from core import clock
from core.database import session
from followup import weeks


class Share(NamedTuple):
    """What lies with one agency; without a name, what nobody has."""

    name: str
    open: int
    overdue: int


class Figures(NamedTuple):
    weeks: list[weeks.Week]
    shares: list[Share]

    @property
    def most(self) -> int:
        """The longest bar of the weeks."""
        return max((each.open for each in self.weeks), default=0)

    @property
    def largest(self) -> int:
        """The longest bar of the agencies."""
        return max((each.open for each in self.shares), default=0)


def of(person) -> Figures:
    """The figures this person may see: of the cases they run, else of their own agency."""
    today, lives = clock.today(), _lives(person)
    counted = weeks.by_agency(lives, today)
    return Figures(weeks.by_week(lives, today), [Share(name, *counted[id]) for id, name in _roster(counted)])


def _lives(person) -> list[weeks.Life]:
    begins = weeks.ends(clock.today())[0][0]
    rows = session.execute(_history(person, clock.instant(begins, datetime.min.time())))
    return [_life(list(steps)) for _id, steps in groupby(rows, lambda row: row.id)]


def _history(person, since: datetime):
    """Each role that was open at some time since then, once for each report on it."""
    last = sa.select(sa.func.max(ProgressStep.at)).where(ProgressStep.action_id == ActionItem.id).correlate(ActionItem).scalar_subquery()
    lately = sa.or_(standing.running(), last >= since), sa.or_(ActionItem.removed_at.is_(None), ActionItem.removed_at >= since)
    holder = sa.case((standing.seeking(), None), else_=ActionItem.agency_id).label("agency_id")
    return (person.all("action", "count").where(standing.after_meeting(), *lately)
            .outerjoin(ProgressStep, ProgressStep.action_id == ActionItem.id).order_by(ActionItem.id, ProgressStep.id)
            .with_only_columns(ActionItem.id, holder, ActionItem.written_at, ActionItem.due_on, ActionItem.removed_at,
                               ProgressStep.state, ProgressStep.at))


def _life(rows: list) -> weeks.Life:
    role = rows[0]
    return weeks.Life(role.agency_id, _day(role.written_at), role.due_on, _day(role.removed_at),
                      tuple((_day(each.at), each.state.over) for each in rows if each.state))


def _day(at: datetime | None):
    return clock.local(at).date() if at else None


def _roster(counted: dict) -> list[tuple[int | None, str]]:
    """The agencies counted, as they stand on the roster; whatever nobody has comes last."""
    named = sa.select(Agency.id, Agency.name).where(Agency.id.in_([each for each in counted if each])).order_by(Agency.coordinating.desc(), Agency.name)
    return [*session.execute(named).all(), *([(None, "")] if None in counted else [])]
