"""Who keeps the papers of a meeting: whoever runs a case of it, and the clerk once they are final. Of a copy on which other
teams' cases stand they learn nothing (meetings/seen.py decides what may stand on one)."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from core.access import finder
from meetings.models import Meeting
from meetings.pledges import Pledge
from meetings.record import MinutesVersion
from meetings.rights import runs
from meetings.table import Hearing, Seat
from papers.copies import Delivery, PaperCopy, copy_hearing
from papers.withholding import Mark


def _final():
    stands = sa.select(Meeting.id).where(Meeting.disposed_at.is_(None))
    return sa.select(MinutesVersion.meeting_id).where(MinutesVersion.reopened_at.is_(None), MinutesVersion.meeting_id.in_(stands))


def _keeps(person):
    run = sa.exists().where(Hearing.meeting_id == Meeting.id, runs(person)).correlate(Meeting)
    return sa.and_(Meeting.opened_at.is_not(None), sa.or_(run, Meeting.id.in_(_final())) if Role.CLERK in person.roles else run)


@finder("paper")
def _paper(person):
    return sa.select(Meeting).where(_keeps(person))


@finder("pledge", "run")
def _pledge(person):
    run = sa.exists().where(Hearing.meeting_id == Pledge.meeting_id, Seat.hearing_id == Hearing.id, Seat.member_id == Pledge.member_id, runs(person)).correlate(Pledge)
    return sa.select(Pledge).where(run)


@finder("copy")
def _copy(person):
    on_it = sa.select(copy_hearing.c.hearing_id).where(copy_hearing.c.copy_id == PaperCopy.id).correlate(PaperCopy)
    of = sa.exists().where(Hearing.id.in_(on_it), runs(person))
    others = sa.exists().where(Hearing.id.in_(on_it), ~sa.func.coalesce(runs(person), sa.false()))
    own = sa.and_(of, ~others)
    return sa.select(PaperCopy).where(sa.or_(own, PaperCopy.meeting_id.in_(_final())) if Role.CLERK in person.roles else own)


@finder("delivery")
def _delivery(person):
    return sa.select(Delivery).where(Delivery.copy_id.in_(_copy(person).with_only_columns(PaperCopy.id)))


@finder("withheld")
def _withheld(person):
    """Marks of a version in force; on which case one stands is asked once more where it is lifted."""
    of = sa.select(MinutesVersion.id).where(MinutesVersion.reopened_at.is_(None),
                                            MinutesVersion.meeting_id.in_(_paper(person).with_only_columns(Meeting.id)))
    return sa.select(Mark).where(Mark.version_id.in_(of))
