"""While a request is open, nothing that was found for it is disposed of (廃棄停止); retention/ keeps the holds."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session
from disclosure.models import DisclosureRequest
from meetings.models import Meeting
from retention import holds


def hold(request: DisclosureRequest, by) -> None:
    """Stop the disposal of every meeting's records that were found; asked again it only adds those that are new."""
    ids = {each.meeting_id for each in request.items if each.meeting_id}  # of some only the disposal is left to tell of
    for meeting in session.scalars(sa.select(Meeting).where(Meeting.id.in_(ids), Meeting.disposed_at.is_(None)).order_by(Meeting.id)).unique():
        holds.hold(meeting, f"開示請求（{request.number}）の手続中", by, source=source(request))


def release(request: DisclosureRequest, by) -> None:
    """Let the records go their usual way again."""
    holds.release_source(source(request), by, f"開示請求（{request.number}）の終了")


def source(request: DisclosureRequest) -> str:
    """What a hold says asked for it."""
    return f"disclosure/{request.id}"
