"""To stop the disposal of a meeting's records (廃棄停止), and to lift that again. Several may stand at once."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from core import clock
from core.database import session, utcnow
from core.languages import _
from core.web import Refused
from meetings.models import Meeting
from retention.models import RetentionHold


def hold(meeting: Meeting, reason: str, by, source: str = "", until: date | None = None) -> RetentionHold:
    """Stop the disposal of everything about this meeting, from now until that day (inclusive) or until it is lifted.

    Raises Refused for a record that has been disposed of. `source` names what asks for it, as "disclosure/12"; the same source asking again is given the hold it has.
    """
    # A disposal under way is waited for; what it has removed cannot be kept any more.
    gone = session.scalar(sa.select(Meeting.disposed_at).where(Meeting.id == meeting.id).with_for_update())
    if gone:
        raise Refused(_("This record has been disposed of."))
    standing = source and session.scalar(sa.select(RetentionHold).where(
        RetentionHold.meeting_id == meeting.id, RetentionHold.source == source, RetentionHold.released_at.is_(None)))
    if standing:
        return standing
    made = RetentionHold(meeting_id=meeting.id, reason=reason, source=source, until=until, by_id=by.id)
    session.add(made)
    session.flush()
    return made


def release(standing: RetentionHold, by, reason: str = "") -> None:
    """Lift one hold; a second time changes nothing. Others that stand on the same meeting go on."""
    if standing.released_at is None:
        standing.released_at, standing.released_by_id, standing.released_reason = utcnow(), by.id, reason


def release_source(source: str, by, reason: str = "") -> int:
    """Lift every hold that this source laid, on whichever meetings; gives how many there were."""
    standing = session.scalars(sa.select(RetentionHold).where(
        RetentionHold.source == source, RetentionHold.released_at.is_(None))).all() if source else []
    for each in standing:
        release(each, by, reason)
    return len(standing)


def standing(on: date | None = None) -> sa.ColumnElement[bool]:
    """The condition on RetentionHold that it stops a disposal on this day (today when left out)."""
    return sa.and_(RetentionHold.released_at.is_(None), sa.or_(RetentionHold.until.is_(None), RetentionHold.until >= (on or clock.today())))


def held(meeting_ids) -> set[int]:
    """Which of these meetings may not be disposed of today."""
    return set(session.scalars(sa.select(RetentionHold.meeting_id).where(RetentionHold.meeting_id.in_(meeting_ids), standing())))
