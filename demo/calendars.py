"""What the sample's invitations left in people's calendars, so that a change or a cancellation reaches them."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session
from meetings.held import HeldEntry
from meetings.invitations import location
from meetings.models import Meeting


def fill() -> None:
    """Whoever was invited to a meeting that is still to come holds its entry."""
    for meeting in session.scalars(sa.select(Meeting).where(Meeting.invited_at.is_not(None), Meeting.opened_at.is_(None), Meeting.cancelled_at.is_(None))):
        for seat in {seat.member.email: seat for seat in meeting.seats if seat.invited_at and seat.member.email}.values():
            HeldEntry.give(meeting, seat.member, meeting.span_of(seat.member), location(meeting)).sent_at = seat.invited_at
