"""An export beside the database it came from: the same hashes, and the very manifest that was sent."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from core.database import engine, session
from meetings.models import Meeting
from meetings.record import MinutesVersion
from records.models import YearExport
from records.verifying import Report


@dataclass(frozen=True)
class Beside:
    """How many records are the same here, which differ, which are not here (any more), and whether this manifest was sent from here."""

    same: int
    differing: list[str]
    away: list[str]
    sent: bool


def beside(report: Report) -> Beside | None:
    """Compare; None when this database knows no final minutes at all (it is another one, or empty)."""
    if not sa.inspect(engine()).has_table(YearExport.__tablename__):
        return None
    query = sa.select(Meeting, MinutesVersion.number, MinutesVersion.hash).join(MinutesVersion).where(Meeting.fiscal_year == report.plain.get("year"))
    stored = {(meeting.reference, number): hash for meeting, number, hash in session.execute(query).unique()}
    if not stored:
        return None
    words = [each for each in report.entries if each.what == "word"]
    of = {each: stored.get((each.reference, each.version)) for each in words}
    sent = session.scalar(sa.select(sa.exists().where(YearExport.manifest == report.manifest)))
    return Beside(sum(hash == each.check for each, hash in of.items()), [each.path for each, hash in of.items() if hash not in (None, each.check)],
                  [each.path for each, hash in of.items() if hash is None], bool(sent))
