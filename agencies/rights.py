"""Whose import it is: a table that somebody sent is seen by that person alone, until it is done or forgotten.

The roster itself is one list for the whole office: its doors ask for a coordinator or the administrator.
"""

from __future__ import annotations

import sqlalchemy as sa

from agencies.imports import RosterImport
from core.access import finder
from core.database import UtcDateTime, utcnow


@finder("roster_import")
def _import(person):
    now = sa.bindparam("now", type_=UtcDateTime, callable_=utcnow, unique=True)  # asked whenever the SELECT is, which is kept
    return sa.select(RosterImport).where(RosterImport.user_id == person.id, RosterImport.done_at.is_(None), RosterImport.expires_at > now)
