"""The rows behind a figure, as far as somebody may open them: a day, a number, and the way to the record. No word of a case stands here (a proposal
of the register is told in words that are nobody's case)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from actions.models import ActionItem
from agencies.models import Agency
from cases.models import Case
from core import clock
from core.database import session
from meetings.models import Meeting
from meetings.table import Hearing
from referrals.models import Referral
from reports.figure import Breakdown, Figure
from reports.small import Told, beside
from reports.span import Span
from resources.register import Proposal

PAGE = 50
LONGEST = 60  # letters of a proposal in a list


@dataclass(frozen=True)
class Kind:
    """A kind of record: the finder that says who may open it, how it is called, and its page."""

    model: type
    record: str
    called: Callable[[list[int]], dict[int, str]]
    door: str
    argument: str


@dataclass(frozen=True)
class Row:
    """One record behind a figure on a day; `units` of what is counted hang on it, with the sum of their values if they have any."""

    on: date
    id: int
    name: str
    units: int
    value: float | None


@dataclass(frozen=True)
class Behind:
    """A page of rows. `others`: how many units stand behind the figure that this person may not open."""

    rows: list[Row]
    more: bool
    seen: int
    others: Told


def open_to(person, kind: str) -> sa.Select:
    """Ids of the records of a kind that this person may open from a figure (reports/rights.py)."""
    return person.all(KINDS[kind].record).with_only_columns(KINDS[kind].model.id)


def rows(person, figure: Figure, span: Span, page: int, breakdown: Breakdown | None = None, part: str | None = None) -> Behind:
    """Page `page` of the rows of a figure in a span; of one part of it, if a breakdown is named."""
    facts = (breakdown or figure).facts(span).subquery()
    chosen = [] if breakdown is None else [sa.cast(facts.c.part, sa.String) == part if part is not None else facts.c.part.is_(None)]
    mine = facts.c.row.in_(open_to(person, figure.opens))
    counts = sa.select(sa.func.count(sa.distinct(facts.c.unit)), sa.func.count(sa.distinct(sa.case((mine, facts.c.unit)))))
    count, seen = session.execute(counts.where(*chosen)).one()
    value = sa.func.sum(facts.c.value) if "value" in facts.c else sa.null()
    query = (sa.select(facts.c.at, facts.c.row, sa.func.count(sa.distinct(facts.c.unit)), value).where(*chosen, mine)
             .group_by(facts.c.at, facts.c.row).order_by(facts.c.at, facts.c.row).limit(PAGE + 1).offset((page - 1) * PAGE))
    found = session.execute(query).all()
    names = KINDS[figure.opens].called([row for _at, row, *_rest in found])
    made = [Row(_day(at), row, names.get(row, ""), units, value) for at, row, units, value in found[:PAGE]]
    hushed = breakdown is not None and breakdown.households
    others = beside(count, seen, session.execute(counts).one()) if hushed else Told(count - seen)
    return Behind(made, len(found) > PAGE, seen, others)


def _day(at) -> date:
    return clock.local(at).date() if isinstance(at, datetime) else at


def _cases(ids: list[int]) -> dict[int, str]:
    return {id: f"{number} {label}" for id, number, label in session.execute(sa.select(Case.id, Case.number, Case.label).where(Case.id.in_(ids)))}


def _referrals(ids: list[int]) -> dict[int, str]:
    query = sa.select(Referral.id, Referral.number, Agency.name).join(Agency, Agency.id == Referral.agency_id).where(Referral.id.in_(ids))
    return {id: f"{number} {agency}" for id, number, agency in session.execute(query)}


def _meetings(ids: list[int]) -> dict[int, str]:
    return {each.id: f"{each.reference} {each.name}" for each in session.scalars(sa.select(Meeting).where(Meeting.id.in_(ids)))}


def _roles(ids: list[int]) -> dict[int, str]:
    query = (sa.select(ActionItem.id, Case.number, Meeting.name, Agency.name).join(Hearing, Hearing.id == ActionItem.hearing_id)
             .join(Meeting, Meeting.id == Hearing.meeting_id).outerjoin(Case, Case.id == Hearing.case_id)
             .outerjoin(Agency, Agency.id == ActionItem.agency_id).where(ActionItem.id.in_(ids)))
    return {id: " ".join(filter(None, (number or meeting, agency))) for id, number, meeting, agency in session.execute(query)}


def _proposals(ids: list[int]) -> dict[int, str]:
    return {id: _clip(wished) for id, wished in session.execute(sa.select(Proposal.id, Proposal.wished).where(Proposal.id.in_(ids)))}


def _clip(text: str) -> str:
    """The beginning of a proposal, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


KINDS = {
    "case": Kind(Case, "case", _cases, "cases.show", "case_id"),
    "referral": Kind(Referral, "referral", _referrals, "referrals.show", "referral_id"),
    "meeting": Kind(Meeting, "minutes", _meetings, "minutes.show", "meeting_id"),
    "action": Kind(ActionItem, "action", _roles, "actions.show", "action_id"),
    "proposal": Kind(Proposal, "proposal", _proposals, "register.show", "proposal_id"),
}
