"""The days around a draft: until when it goes round, until when it is answered. Nothing passes unsaid."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from circulation import telling, windows
from circulation.models import Circulation
from core import clock, jobs
from core.database import session
from core.office import office
from meetings.models import Meeting
from meetings.record import MinutesVersion

LOOKED_BACK = timedelta(days=90)  # of older meetings nobody is told anew


def draft_due(meeting: Meeting) -> windows.Clock:
    """The day by which the draft of a closed meeting goes round."""
    held = clock.local(meeting.closed_at).date()
    return windows.clock(windows.due(held, office().minutes_within), clock.today())


@jobs.every(minutes=30)
def say_that_time_is_over(now: datetime) -> None:
    """Tell whoever runs a meeting, once, that the time for remarks is over."""
    over = sa.select(Circulation).where(Circulation.answer_by < clock.local(now).date(), Circulation.over_told_at.is_(None))
    for each in session.scalars(over).unique():
        each.over_told_at = now
        if not each.closed:
            telling.that_it_is_over(each)


@jobs.every(minutes=60)
def say_that_no_draft_goes_round(now: datetime) -> None:
    """Tell whoever runs a meeting, once, that the day for its draft has come."""
    if office() is None:
        return
    begun = sa.or_(sa.exists().where(Circulation.meeting_id == Meeting.id), sa.exists().where(MinutesVersion.meeting_id == Meeting.id))
    for each in session.scalars(sa.select(Meeting).where(Meeting.closed_at > now - LOOKED_BACK, ~begun)).unique():
        if draft_due(each).day <= clock.local(now).date():
            telling.that_none_goes_round(each)
