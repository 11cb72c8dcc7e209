"""Whom a request is about, as the sources ask for it, and one record that was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from accounts.models import User
from cases.models import TeamMember
from core import clock
from core.database import session

SYSTEM, FILED, SEALED, SENT = "system", "filed", "sealed", "sent"  # where a record is kept
FINAL, DRAFT, KEPT, GONE = "final", "draft", "kept", "gone"  # a version that stands, one that may change, a plain record, one disposed of


@dataclass(frozen=True)
class Scope:
    """The cases, the members of households and the people of the roster that a request names, by their ids."""

    cases: frozenset[int]
    people: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    itself: int = 0  # the request that asks
    keepers: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request) -> Scope:
        """What the subjects of a request come to. A member of a household brings their case along."""
        cases = frozenset(each.case_id for each in request.subjects if each.case_id)
        return cls(cases, frozenset(each.person_id for each in request.subjects if each.person_id),
                   frozenset(each.member_id for each in request.subjects if each.member_id), request.id, _keepers(cases))

    def keeper(self, case_id: int | None) -> str:
        """Who answers for a case's records: its team."""
        return self.keepers.get(case_id, "")


@dataclass(frozen=True)
class Found:
    """One record: which, of when, kept where and by whom. Never what it says."""

    record: str  # as the audit names it: minutes_version/12
    number: str = ""
    on: date | None = None
    place: str = SYSTEM
    standing: str = KEPT
    direct: bool = False
    count: int = 1
    case_id: int | None = None
    meeting_id: int | None = None


def day_of(instant: datetime | date | None) -> date | None:
    """The office's day of an instant."""
    return clock.local(instant).date() if isinstance(instant, datetime) else instant


def _keepers(cases: frozenset[int]) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    rows = session.execute(sa.select(TeamMember.case_id, User.name).join(User, User.id == TeamMember.user_id).where(TeamMember.case_id.in_(cases))
                           .order_by(TeamMember.since))
    for case_id, name in rows:
        names.setdefault(case_id, []).append(name)
    return {case_id: "、".join(each)[:200] for case_id, each in names.items()}
