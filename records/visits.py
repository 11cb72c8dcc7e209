"""Who saw or took out the minutes of a meeting, from the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from accounts.models import User
from core.audit import AuditRow
from core.database import session
from meetings.record import MinutesVersion

SHOWN = 50


@dataclass(frozen=True)
class Visit:
    """One sight or export: when, who (the person's name, or how they signed in), what, and the audit's own word on how."""

    at: datetime
    who: str
    exported: bool
    how: str


def visits(version: MinutesVersion) -> list[Visit]:
    """The last sights and exports of the minutes of this version's meeting, the newest first. For the clerk only."""
    subjects = (f"minutes/{version.meeting_id}", f"meeting/{version.meeting_id}", f"record/{version.id}")
    rows = session.scalars(sa.select(AuditRow).where(
        AuditRow.subject.in_(subjects), sa.or_(AuditRow.act == "exported", sa.and_(AuditRow.act == "saw", AuditRow.subject != subjects[1])))
        .order_by(AuditRow.id.desc()).limit(SHOWN)).all()
    names = dict(session.execute(sa.select(User.login, User.name).where(User.login.in_({each.who for each in rows}))).all())
    return [Visit(each.at, names.get(each.who, each.who), each.act == "exported", each.detail) for each in rows]
