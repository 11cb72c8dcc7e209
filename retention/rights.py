"""Who sees the lists of a disposal: the records clerks all of them; a coordinator those with a record of a meeting they ran,
and of such a list those records only."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from core.access import finder
from core.database import session
from meetings.models import Meeting
from meetings.rights import ran
from meetings.table import Hearing
from retention.disposal import Disposal, DisposalItem


@finder("disposal")
def _disposal(person):
    if Role.CLERK in person.roles:
        return sa.select(Disposal)
    else:
        return sa.select(Disposal).where(Disposal.id.in_(sa.select(DisposalItem.disposal_id).where(DisposalItem.meeting_id.in_(_ran(person)))))


def items_seen(disposal: Disposal, person) -> list[DisposalItem]:
    """The records of a list that this person, who may see the list, sees."""
    if Role.CLERK in person.roles:
        return disposal.items
    own = set(session.scalars(_ran(person).where(Hearing.meeting_id.in_([each.meeting_id for each in disposal.items]))))
    return [each for each in disposal.items if each.meeting_id in own]


def knew(person, meeting_id: int) -> bool:
    """Whether this person may learn that a record has been disposed of: a clerk, or who ran the meeting."""
    if Role.CLERK in person.roles:
        return True
    planned = sa.select(Meeting.id).where(Meeting.planned_by_id == person.id, Meeting.id == meeting_id)
    return bool(session.scalar(sa.select(sa.or_(_ran(person).where(Hearing.meeting_id == meeting_id).exists(), planned.exists()))))


def _ran(person) -> sa.Select:
    return sa.select(Hearing.meeting_id).where(ran(person))
