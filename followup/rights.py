"""Which personal links a person may take back or hand out: of people at the tables they run."""

from __future__ import annotations

import sqlalchemy as sa

from actions.models import ActionItem
from core.access import finder
from links.models import Link
from meetings.rights import runs
from meetings.table import Hearing, Seat


@finder("link", "run")
def _link_run(person):
    sits = sa.exists().where(Seat.hearing_id == Hearing.id, Seat.member_id == Link.member_id).correlate(Hearing, Link)
    holds = sa.exists().where(ActionItem.hearing_id == Hearing.id, ActionItem.member_id == Link.member_id).correlate(Hearing, Link)
    mine = sa.exists().where(Hearing.meeting_id == Link.meeting_id, runs(person), sa.or_(sits, holds)).correlate(Link)
    return sa.select(Link).where(mine)
