"""Nothing that hangs on a person may be forgotten: the foreign keys are walked, and every table must be accounted for."""

from __future__ import annotations

import app as house
from disclosure.reach import hanging_on
from disclosure.sources import NOTHING, SOURCES


def test_every_table_that_hangs_on_a_case_a_person_or_a_meeting_is_listed_or_holds_nothing():
    house.models()
    listed = [table for source in SOURCES for table in source.covers]

    assert hanging_on() - set(listed) - set(NOTHING) == set(), "put it into disclosure/sources.py: into a source, or into NOTHING with the reason"
    assert set(listed) | set(NOTHING) <= hanging_on(), "a table that is gone"
    assert len(listed) == len(set(listed)) and not set(listed) & set(NOTHING)
