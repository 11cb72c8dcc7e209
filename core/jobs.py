"""Work that comes round by itself: reminders, digests, looking into a mailbox.

A feature declares what is to be done and how often (`@jobs.every(minutes=60)`); the worker runs it, in whichever process
takes it first. A job runs in one transaction together with the note of when it is due again: what a killed process had
begun never happened, and is begun anew by whoever looks next. Therefore a job may only do what may be done twice (post
under a key, write a state), and nothing outside the database.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import log
from core.database import Base, UtcDateTime, insert_once, session, unit, utcnow

LEASE = timedelta(minutes=5)  # so long a job belongs to the process that took it


class Job(Base):
    """When a job is due again."""

    __tablename__ = "job"
    audited = False
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)


_jobs: dict[str, tuple[timedelta, Callable[[datetime], None]]] = {}


def every(minutes: int):
    """Declare a function of now (an instant, UTC) that is to be run again and again, within a unit of work of its own."""

    def declare(function):
        _jobs[f"{function.__module__}.{function.__name__}"] = timedelta(minutes=minutes), function
        return function

    return declare


def run_due() -> int:
    """Run the jobs that are due, each once over all processes; give how many. A fault in one keeps none of the others."""
    return sum(_run(name, lease) for name in _due() if (lease := _take(name)))


def _due() -> list[str]:
    """What is due or has never run. A day further ahead than the job's period was written by a clock since set back."""
    now = utcnow()
    with unit(read_only=True):
        when = {each.name: each.due_at for each in session.scalars(sa.select(Job))}
    return [name for name, (period, _do) in _jobs.items() if not now < when.get(name, now) <= now + period + LEASE]


def _take(name: str) -> datetime | None:
    """Make the job ours, if nobody was faster; gives until when it is."""
    now = utcnow()
    far = now + _jobs[name][0] + LEASE
    with unit():
        insert_once(Job, name=name, due_at=now)
        mine = session.execute(sa.update(Job).where(Job.name == name, sa.or_(Job.due_at <= now, Job.due_at > far)).values(due_at=now + LEASE))
    return now + LEASE if mine.rowcount else None


def _run(name: str, lease: datetime) -> bool:
    now, (period, function) = utcnow(), _jobs[name]
    try:
        with unit():
            # First, so that the row is locked while we work: another, who took it when our lease ran out, waits here and
            # finds it done.
            mine = session.execute(sa.update(Job).where(Job.name == name, Job.due_at == lease).values(due_at=now + period))
            if mine.rowcount:
                function(now)
        return bool(mine.rowcount)
    except Exception as fault:  # the next look tries again, when the lease is over
        log.fault(fault)
        return False
