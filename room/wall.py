"""What comes on the wall: only what everybody at the table may see, whosever account opened it."""

from __future__ import annotations

from meetings.models import Meeting
from meetings.rights import entries_for_all, steps_for_all
from room import pages


def words_of(meeting: Meeting) -> dict:
    """What the projection says, for the case on the table."""
    words = pages.words_of(meeting)
    return words | dict(agenda=steps_for_all(meeting, words["hearings"]), for_all=entries_for_all(words["hearing"]))
