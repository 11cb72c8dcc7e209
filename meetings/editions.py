"""Which edition of the ground rules a meeting goes by: the one in force on its day, until it opens."""

from __future__ import annotations

from datetime import date, time

import sqlalchemy as sa

from core import clock, live
from core.database import session
from ground_rules.models import Acknowledgement, Edition
from meetings.models import Meeting


def earliest() -> date:
    """The first day on which the next edition can begin."""
    return max(clock.today(), Edition.newest().effective_on)


def follow(edition: Edition) -> list[Meeting]:
    """Let the meetings that lie ahead, from its day on, go by an edition; give those that do so now. What people acknowledged
    for them before stays on record, for the edition they read."""
    moved = list(session.scalars(sa.select(Meeting).where(*_ahead(edition.effective_on))))
    for meeting in moved:
        meeting.edition = edition
        live.touch(meeting.topic)
    return moved


def ahead(on: date) -> int:
    """How many planned meetings an edition in force from a day is for."""
    return session.scalar(sa.select(sa.func.count()).select_from(Meeting).where(*_ahead(on)))


def asked_again(on: date) -> int:
    """How many people have acknowledged the rules for these meetings already, and would read the new ones."""
    read = sa.select(sa.func.count(Acknowledgement.member_id.distinct())).join(Meeting, Meeting.id == Acknowledgement.meeting_id)
    return session.scalar(read.where(Acknowledgement.edition_id == Meeting.edition_id, *_ahead(on)))


def _ahead(on: date) -> tuple:
    return (Meeting.starts_at >= clock.instant(on, time(0)), Meeting.opened_at.is_(None), Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None))
