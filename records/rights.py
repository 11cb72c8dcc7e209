"""Who may see which final version: whoever may read the minutes of its meeting (meetings/rights.py decides), versions from before included."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from accounts.models import Role
from core.access import finder, visible
from meetings.models import Meeting
from meetings.record import MinutesPart, MinutesVersion
from meetings.table import Hearing


@finder("record")
def _record(person):
    return sa.select(MinutesVersion).where(MinutesVersion.meeting_id.in_(_readable(person)))


@finder("minutes_part")
def _part(person):
    """The parts of versions in which words may be found for this person. (They may see the version: ask that first.)"""
    seen, shared = (visible(person, "hearing", to).with_only_columns(Hearing.id) for to in ("see", "share"))
    open_to_them = sa.or_(MinutesPart.hearing_id.is_(None), sa.and_(MinutesPart.limited.is_(False), MinutesPart.hearing_id.in_(seen)),
                          MinutesPart.hearing_id.in_(shared))
    if Role.CLERK in person.roles:  # who reads the whole of what is final now
        now = orm.aliased(MinutesVersion)
        final = sa.exists().where(now.meeting_id == MinutesVersion.meeting_id, now.reopened_at.is_(None))
        open_to_them = sa.or_(open_to_them, sa.exists().where(MinutesVersion.id == MinutesPart.version_id, final))
    return sa.select(MinutesPart).where(open_to_them)


def _readable(person):
    return visible(person, "minutes").with_only_columns(Meeting.id)
