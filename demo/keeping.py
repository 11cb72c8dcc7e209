"""One record of the sample is kept longer than the others, and the disposal of one is stopped."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session
from meetings.models import Meeting
from meetings.record import MinutesVersion
from retention import holds
from retention.models import RetentionChoice


def keep(town) -> None:
    """Choose as a clerk would, for the two records that became final first."""
    clerk = next(each for each in town.users.values() if each.clerk)
    final = sa.select(Meeting).join(MinutesVersion).where(MinutesVersion.reopened_at.is_(None)).order_by(MinutesVersion.finalised_at).limit(2)
    for turn, each in enumerate(session.scalars(final).unique()):
        if turn == 0:
            session.add(RetentionChoice(meeting_id=each.id, name="10年", years=10, reason="施策の検討の経過として残すため", by_id=clerk.id))
        else:
            holds.hold(each, "監査の対象となったため", clerk)
