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
from core.database import Base, UtcDateTime, session, unit, utcnow

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
    return sum(_run(name, *declared) for name, declared in _jobs.items() if _take(name))


def _take(name: str) -> bool:
    """Make the job ours for a while, if it is due."""
    now = utcnow()
    with unit():
        if session.get(Job, name) is None:
            session.add(Job(name=name, due_at=now))
    with unit():
        mine = session.execute(sa.update(Job).where(Job.name == name, Job.due_at <= now).values(due_at=now + LEASE))
    return bool(mine.rowcount)


def _run(name: str, period: timedelta, function: Callable[[datetime], None]) -> bool:
    now = utcnow()
    try:
        with unit():
            function(now)
            session.execute(sa.update(Job).where(Job.name == name).values(due_at=now + period))
        return True
    except Exception as fault:  # the next look tries again, when the lease is over
        log.fault(fault)
        return False
