"""Which edition of the ground rules a meeting goes by: the one in force on its day, until it opens."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from core import clock, live
from core.database import session
from ground_rules.models import Acknowledgement, Edition
from meetings.models import Meeting


def earliest() -> date:
    """The first day on which the next edition can begin."""
    return max(clock.today(), Edition.newest().effective_on)


def proposed() -> date:
    """The day that is proposed: the day after the next meeting people are called to already, who have read the rules as they
    are; without any, the first possible one."""
    called = sa.select(Meeting.starts_at).where(*_ahead(clock.today()), Meeting.invited_at.is_not(None)).order_by(Meeting.starts_at).limit(1)
    next_ = session.scalar(called)
    return max(earliest(), clock.local(next_).date() + timedelta(days=1)) if next_ else earliest()


def planned() -> list[tuple[int, datetime, int]]:
    """(meeting, when, its edition) of every meeting that lies ahead, in their order."""
    rows = sa.select(Meeting.id, Meeting.starts_at, Meeting.edition_id).where(*_ahead(clock.today())).order_by(Meeting.starts_at, Meeting.id)
    return [tuple(each) for each in session.execute(rows)]


def hold(on: date) -> None:
    """Before an edition in force from a day is published: let nobody plan, move or open a meeting past it (Edition.planned_for).
    The meetings are held first, as whoever moves one holds it before asking for its edition: so neither waits for the other."""
    session.execute(sa.select(Meeting.id).where(*_ahead(on)).order_by(Meeting.id).with_for_update(key_share=True))
    Edition.hold()


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
