"""Which resource ideas a person may see and write: those of the cases they sit for."""

from __future__ import annotations

import sqlalchemy as sa

from core.access import finder, visible
from meetings.table import Hearing
from resources.models import ResourceIdea


def _of(person, act):
    hearings = visible(person, "hearing", act).with_only_columns(Hearing.id)
    return sa.select(ResourceIdea).where(ResourceIdea.hearing_id.in_(hearings), ResourceIdea.removed_at.is_(None))


@finder("idea")
def _idea(person):
    return _of(person, "see")


@finder("idea", "write")
def _idea_write(person):
    return _of(person, "write")
