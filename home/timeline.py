"""Everything that happened to a case (経過), as far as a person may see it: the newest first, a page at a time.

The keys of all events are read first (a row of numbers and days for each kind), put in order, and only the records of
one page are fetched, each kind at once: however long a case lasts, its page asks the database equally often.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
import enum

import sqlalchemy as sa

from actions.models import ActionItem
from cases.models import Case, Consent, HouseholdPerson
from cases.stages import Check, Closure, StageMove
from core import clock
from core.database import session
from core.languages import later
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Hearing
from plans.evaluation import Evaluation, Monitoring
from plans.models import Plan, PlanVerdict, PlanVersion

PAGE = 30
NO_DAY = sa.cast(sa.null(), sa.Date)  # the day is that of the instant


class Kind(enum.Enum):
    """What the page may be narrowed to."""

    STAGE = "stage"
    CONSENT = "consent"
    MEETING = "meeting"
    DECISION = "decision"
    ROLE = "role"
    PLAN = "plan"

    @property
    def label(self):
        return {"stage": later("Stage"), "consent": later("Consent"), "meeting": later("Meetings"), "decision": later("Decisions"),
                "role": later("Roles"), "plan": later("Support plan")}[self.value]


@dataclass(frozen=True)
class Event:
    """One thing that happened: what (the name of its template), on which day, and the record that tells it."""

    what: str
    on: date
    record: object


def of(person, case: Case, kind: Kind | None, page: int) -> tuple[list[Event], bool]:
    """One page of a case's events that this person may see, and whether there are older ones."""
    sources = _sources(person, case)
    keys = sorted(_keys({name: query for name, (_model, query, of_kind) in sources.items() if kind in (None, of_kind)}), reverse=True)
    shown = keys[(page - 1) * PAGE:page * PAGE]
    records = {name: _fetched(sources[name][0], [id for _on, _at, what, id in shown if what == name]) for name in {key[2] for key in shown}}
    return [Event(what, on, records[what][id]) for on, _at, what, id in shown], len(keys) > page * PAGE


def _sources(person, case: Case) -> dict:
    """name: (model, SELECT of its ids with day and instant, kind). What was said at a table is for those who may see that table."""
    heard = person.all("hearing").where(Hearing.case_id == case.id).with_only_columns(Hearing.id)
    over = sa.select(Hearing.id).join(Meeting).where(Hearing.id.in_(heard), Meeting.closed_at.is_not(None))
    plans = sa.select(Plan.id).where(Plan.case_id == case.id)
    return {
        "move": (StageMove, sa.select(StageMove.id, StageMove.on, StageMove.at).where(StageMove.case_id == case.id), Kind.STAGE),
        "check": (Check, sa.select(Check.id, Check.seen_on, Check.at).join(Closure).where(
            Closure.case_id == case.id, Check.seen_on.is_not(None)), Kind.STAGE),
        "consent": (Consent, sa.select(Consent.id, Consent.on, Consent.recorded_at).join(HouseholdPerson).where(
            HouseholdPerson.case_id == case.id), Kind.CONSENT),
        "meeting": (Hearing, sa.select(Hearing.id, NO_DAY, Meeting.starts_at).join(Meeting).where(Hearing.id.in_(heard)), Kind.MEETING),
        "decision": (Entry, person.all("entry").where(
            Entry.hearing_id.in_(over), Entry.kind == EntryKind.DECISION, Entry.removed_at.is_(None)).with_only_columns(
            Entry.id, NO_DAY, Entry.written_at), Kind.DECISION),
        "role": (ActionItem, sa.select(ActionItem.id, NO_DAY, ActionItem.written_at).where(
            ActionItem.hearing_id.in_(over), ActionItem.removed_at.is_(None)), Kind.ROLE),
        "version": (PlanVersion, sa.select(PlanVersion.id, NO_DAY, PlanVersion.frozen_at).where(PlanVersion.plan_id.in_(plans)), Kind.PLAN),
        "verdict": (PlanVerdict, sa.select(PlanVerdict.id, NO_DAY, PlanVerdict.at).where(PlanVerdict.hearing_id.in_(over)), Kind.PLAN),
        "monitoring": (Monitoring, sa.select(Monitoring.id, Monitoring.on, Monitoring.at).where(Monitoring.plan_id.in_(plans)), Kind.PLAN),
        "evaluation": (Evaluation, sa.select(Evaluation.id, Evaluation.on, Evaluation.at).where(Evaluation.plan_id.in_(plans)), Kind.PLAN),
    }


def _keys(queries: dict) -> list[tuple[date, datetime, str, int]]:
    """(day, instant, name, id) of every event, asked for at once."""
    named = [query.add_columns(sa.literal(name)) for name, query in queries.items()]
    return [(on or clock.local(at).date(), at, name, id) for id, on, at, name in session.execute(sa.union_all(*named))]


def _fetched(model, ids: list[int]) -> dict:
    return {each.id: each for each in session.scalars(sa.select(model).where(model.id.in_(ids))).unique()}
