"""Old notices go: they are news, not records."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from core import jobs
from core.database import session
from notices.models import Notice

SEEN = timedelta(days=180)
UNSEEN = timedelta(days=730)  # somebody may be away for a year


@jobs.every(minutes=24 * 60)
def forget(now: datetime) -> None:
    """Delete what was seen or withdrawn half a year ago, and what nobody has read for two."""
    session.execute(sa.delete(Notice).where(sa.or_(sa.and_(~Notice.unseen, Notice.at < now - SEEN), Notice.at < now - UNSEEN)))
