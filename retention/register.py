"""Every final record with its class, its term and its state today, in a handful of questions to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from cases import flow
from cases.models import Case
from cases.stages import StageMove
from core import clock
from core.database import session
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing
from records.ledger import tells_ends
from retention import holds
from retention.classes import usual
from retention.models import RetentionChoice
from retention.terms import Class, State, Term, completed, state, term


@dataclass(frozen=True)
class Line:
    """One record of the register: what it is called, under which class it is kept and until when."""

    meeting: Meeting
    number: int  # of its newest final version
    kept: Class
    term: Term | None
    state: State

    @property
    def year(self) -> int | None:
        """The fiscal year in which it ends."""
        return clock.fiscal_year(self.term.ends) if self.term and self.term.ends else None


def lines(person, meeting_id: int | None = None) -> list[Line]:
    """The final records that this person may read, those that end first at the top; or the one of a meeting."""
    asked = person.all("minutes")
    return _lines(asked if meeting_id is None else asked.where(Meeting.id == meeting_id))


def standing(meeting_ids) -> dict[int, Line]:
    """The final records of these meetings as they stand now, by meeting, whoever asks; none for one that is not final."""
    asked = sa.select(Meeting).where(Meeting.id.in_(meeting_ids), Meeting.disposed_at.is_(None))
    return {line.meeting.id: line for line in _lines(asked)}


def _lines(asked: sa.Select) -> list[Line]:
    meetings = session.scalars(asked.options(sa.orm.lazyload("*"), sa.orm.selectinload(Meeting.sitting))).unique().all()
    ids = [each.id for each in meetings]
    final, closings, choices = _final(), _closings(), _choices()
    stopped, today, otherwise = holds.held(ids), clock.today(), usual()
    found = []
    for each in meetings:
        if each.id in final:
            chosen = choices.get(each.id) or choices.get(each.kind)
            kept = Class(chosen.name, chosen.years) if chosen else otherwise
            number, on = final[each.id]
            done = completed(on, closings.get(each.id, []))
            span = term(done, kept.years, chosen.until if chosen else None) if done else None
            found.append(Line(each, number, kept, span, state(span, each.id in stopped, today)))
    return sorted(found, key=lambda line: (line.term is None or line.term.ends is None, line.term and line.term.ends or date.max, line.meeting.id))


@tells_ends
def ends(person) -> dict[int, tuple[date | None, str]]:
    """For the 会議録台帳: by meeting the last day of its term (None while it is not counted, or for ever) and its class."""
    return {each.meeting.id: (each.term.ends if each.term else None, each.kept.name) for each in lines(person)}


def _final() -> dict[int, tuple[int, date]]:
    """Number and day of the version in force, by meeting; reopened minutes have none."""
    rows = session.execute(sa.select(MinutesVersion.meeting_id, MinutesVersion.number, MinutesVersion.finalised_at)
                           .where(MinutesVersion.reopened_at.is_(None)).order_by(MinutesVersion.number))
    return {meeting: (number, clock.local(at).date()) for meeting, number, at in rows}


def _closings() -> dict[int, list[date | None]]:
    """For each meeting the day on which each case it heard was closed, None for one that is not."""
    last = (sa.select(StageMove.case_id, sa.func.max(StageMove.on).label("on"))
            .where(StageMove.to_stage.in_(flow.OVER)).group_by(StageMove.case_id).subquery())
    rows = session.execute(sa.select(Hearing.meeting_id, Case.stage, last.c.on).join(Case, Case.id == Hearing.case_id)
                           .outerjoin(last, last.c.case_id == Case.id))
    found: dict[int, list[date | None]] = {}
    for meeting, stage, on in rows:
        found.setdefault(meeting, []).append(on if stage in flow.OVER else None)
    return found


def _choices() -> dict:
    """The newest choice of each meeting, and of each kind of meeting."""
    newest = sa.select(sa.func.max(RetentionChoice.id)).group_by(RetentionChoice.meeting_id, RetentionChoice.kind)
    rows = session.scalars(sa.select(RetentionChoice).where(RetentionChoice.id.in_(newest)).options(sa.orm.lazyload("*")))
    return {each.meeting_id or each.kind: each for each in rows}
