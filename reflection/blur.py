"""Empty marks beside the real ones: a copy of the database has the same number of marks, whether one has answered or thirty.

Empty marks are hashes keyed like the real ones, so that only this program tells the two apart. A box has `PLACES` marks from
its first moment; a real one takes the place of an empty one, and with each some empty ones are exchanged for others, as many
as chance will have it: nor do two copies tell by their difference how many answered in between.
"""

from __future__ import annotations

from random import SystemRandom

import sqlalchemy as sa

from core import keyed
from core.database import session
from reflection.models import Mark

PLACES = 64  # marks of a box; more only where more have answered
EXCHANGED = 6  # at most, beside the one that makes room

_chance = SystemRandom()


def blur(meeting_id: int) -> None:
    """Fill the marks of this box up with empty ones, make room for a real one, and exchange some. The box must be held."""
    pool = {keyed.digest("reflection mark", str(meeting_id), f"empty {number}") for number in range(2 * PLACES)}
    there = set(session.scalars(sa.select(Mark.mark).where(Mark.meeting_id == meeting_id)))
    empty = there & pool
    wanted = max(PLACES - len(there - pool), 0)
    stay = _some(empty, min(len(empty), wanted) - _chance.randint(0, EXCHANGED))
    come = _some(pool - empty, wanted - len(stay))
    session.execute(sa.delete(Mark).where(Mark.mark.in_(empty - stay)))
    if come:
        session.execute(sa.insert(Mark), [dict(mark=each, meeting_id=meeting_id) for each in come])


def _some(marks: set[str], number: int) -> set[str]:
    return set(_chance.sample(sorted(marks), max(number, 0)))
