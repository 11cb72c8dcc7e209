"""Who saw, changed or took out which of the records of a request, and when: read from the audit, which nobody can change.

The audit is asked by the subject's index, in portions, and counts within the database: a million rows of other records
cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from accounts.models import User
from cases.models import Case
from core import clock
from core.audit import AuditRow
from core.database import session
from disclosure.reach import rows_of
from disclosure.scope import Scope
from disclosure.sources import OF_TABLE
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing

PORTION = 5000  # names in one question; SQLite takes 32,766
ALIASES = {"action_item": "action", "resource_idea": "idea", "paper_copy": "copy", "minutes_version": "record"}  # what some doors call a record in the audit
OF_ALIAS = {"minutes": "minutes", "meeting": "draft", "action": "roles", "idea": "ideas", "copy": "copy", "copies": "copy", "record": "minutes", "year": "minutes"}
TO_SEE, TO_CHANGE, TO_TAKE = ("saw", "searched"), ("created", "changed", "removed", "disposed"), ("exported",)
GROUPS = {"saw": TO_SEE, "changed": TO_CHANGE, "exported": TO_TAKE}


@dataclass(frozen=True)
class Look:
    """What one person did with the records of one kind: how often, first and last."""

    who: str
    name: str
    act: str
    kind: str
    number: str
    times: int
    first: datetime
    last: datetime


def looks(request, act: str = "", kind: str = "", who: str = "") -> list[Look]:
    """Everybody's looks, the latest first; `act` is saw, changed or exported, `kind` a source's key, `who` a sign-in name."""
    scope = Scope.of(request)
    known, merged = _numbers(scope), {}
    for row in _rows(list(_subjects(scope)), GROUPS.get(act, (*TO_SEE, *TO_CHANGE, *TO_TAKE)), who):
        of, _slash, id = row.subject.partition("/")
        key = row.who, _group(row.act), OF_ALIAS.get(of) or OF_TABLE.get(of, of), known.get(row.subject, "")
        times, first, last = merged.get(key, (0, row.first, row.last))
        merged[key] = times + row.times, min(first, row.first), max(last, row.last)
    names = dict(session.execute(sa.select(User.login, User.name).where(User.login.in_({key[0] for key in merged}))).all())
    found = [Look(who, names.get(who, who), act, kind, number, *counted) for (who, act, kind, number), counted in merged.items()]
    return sorted((each for each in found if kind in ("", each.kind)), key=lambda each: (each.last, each.who, each.kind), reverse=True)


def _subjects(scope: Scope) -> Iterator[str]:
    """Every name under which the audit may hold one of these records."""
    for table, records in rows_of(scope).items():
        if table.startswith("disclosure_"):
            continue  # what the office does about this very request is on its own page
        yield from records
        if table in ALIASES:
            yield from (f"{ALIASES[table]}/{each.partition('/')[2]}" for each in records)
    met = _meetings(scope)
    for each in met:
        yield from (f"meeting/{each.id}", f"minutes/{each.id}", f"copies/{each.id}")
    yield from sorted({f"year/{each.fiscal_year}" for each in met})  # taken out as one zip, with all others of the year


def _rows(subjects: list[str], acts: tuple[str, ...], who: str):
    for begin in range(0, len(subjects), PORTION):
        query = sa.select(AuditRow.who, AuditRow.act, AuditRow.subject, sa.func.count().label("times"), sa.func.min(AuditRow.at).label("first"),
                          sa.func.max(AuditRow.at).label("last")).where(AuditRow.subject.in_(subjects[begin:begin + PORTION]), AuditRow.act.in_(acts))
        query = query.where(AuditRow.who == who) if who else query
        yield from session.execute(query.group_by(AuditRow.who, AuditRow.act, AuditRow.subject))


def _group(act: str) -> str:
    return next(name for name, acts in GROUPS.items() if act in acts)


def _numbers(scope: Scope) -> dict[str, str]:
    """By which number the office knows a record; only of cases and meetings, the rest is told by its kind."""
    numbers = {f"case/{id}": number for id, number in session.execute(sa.select(Case.id, Case.number).where(Case.id.in_(scope.cases)))}
    met = _meetings(scope)
    numbers |= {f"year/{each.fiscal_year}": f"{clock.fiscal_year_name(each.fiscal_year)} 一括" for each in met}
    references = {each.id: each.reference for each in met}
    numbers |= {f"record/{id}": references[meeting_id] for id, meeting_id in session.execute(
        sa.select(MinutesVersion.id, MinutesVersion.meeting_id).where(MinutesVersion.meeting_id.in_(list(references))))}
    return numbers | {f"{name}/{each.id}": each.reference for each in met for name in ("meeting", "minutes", "copies")}


def _meetings(scope: Scope) -> list[Meeting]:
    """The meetings at which these cases were heard."""
    return list(session.scalars(sa.select(Meeting).where(Meeting.id.in_(sa.select(Hearing.meeting_id).where(Hearing.case_id.in_(scope.cases))))).unique())
