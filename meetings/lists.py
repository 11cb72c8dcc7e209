"""The list of meetings: the coming ones, the past ones, or those in which something was looked for."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from core import search
from core.database import utcnow
from core.finding import Box
from meetings.models import Meeting
from meetings.table import Hearing


class MeetingBox(Box):
    kind = "meeting"


def listed(person, past: bool) -> sa.Select:
    """SELECT of the meetings this person may know of, from last night on or (`past`) backwards from there."""
    limit = utcnow() - timedelta(hours=12)
    if past:
        return person.all("meeting").where(Meeting.starts_at < limit).order_by(Meeting.starts_at.desc())
    else:
        return person.all("meeting").where(Meeting.starts_at >= limit).order_by(Meeting.starts_at)


def searched(person, text: str) -> sa.Select:
    """SELECT of the meetings found by these words; what they are about finds them only for those who may read it."""
    inside = person.all("hearing").where(Hearing.id.in_(search.ids("hearing", text)))
    found = sa.or_(Meeting.id.in_(search.ids("meeting", text)), Meeting.id.in_(inside.with_only_columns(Hearing.meeting_id)))
    return person.all("meeting").where(found).order_by(search.first("meeting", Meeting.id, text), Meeting.starts_at.desc())
