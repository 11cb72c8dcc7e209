"""One record of the sample is kept longer than the others, the disposal of one is stopped, and one whose term is over is proposed."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from core import clock
from core.database import session, utcnow
from meetings.models import Meeting
from meetings.record import MinutesVersion
from retention import holds
from retention.disposal import Disposal
from retention.models import RetentionChoice
from retention.register import standing
from retention.terms import State


def keep(town) -> None:
    """Choose as a clerk would, for the two records that became final first."""
    clerk = next(each for each in town.users.values() if each.clerk)
    final = sa.select(Meeting).join(MinutesVersion).where(MinutesVersion.reopened_at.is_(None)).where(
        MinutesVersion.finalised_at > utcnow() - timedelta(days=365)).order_by(MinutesVersion.finalised_at).limit(2)
    for turn, each in enumerate(session.scalars(final).unique()):
        if turn == 0:
            session.add(RetentionChoice(meeting_id=each.id, name="10年", years=10, reason="施策の検討の経過として残すため", by_id=clerk.id))
        else:
            holds.hold(each, "監査の対象となったため", clerk)
    session.flush()
    _propose(clerk)


def _propose(clerk) -> None:
    """The clerk has put one of the records whose term is over on a list; the other waits in the register."""
    ids = session.scalars(sa.select(Meeting.id).join(MinutesVersion).where(MinutesVersion.reopened_at.is_(None)).order_by(Meeting.starts_at))
    over = [each for each in standing(ids.all()).values() if each.state == State.OVER]
    if over:  # none on a day of the sample that has not come yet
        Disposal.propose(over[:1], clerk, f"{clock.fiscal_year_name(clock.fiscal_year(clock.today()))}の定期の廃棄")
