"""What the ground rules of the house say to the questions about them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from core import clock
from core.database import session
from ground_rules.models import Acknowledgement, Edition, Part
from selfcheck.facts import NOTHING, Evidence, Fact, share
from selfcheck.held import meetings_with, total


def written(year: int) -> Evidence:
    """The shipped rules lie in every house: only where people have acknowledged them are they taken for the office's own."""
    edition = _in_force(year)
    if edition is None:
        return NOTHING
    meetings, used = total(year), meetings_with(year, sa.select(Acknowledgement.meeting_id))
    facts = (Fact("edition", dict(number=edition.number, day=edition.effective_on.isoformat())),
             share("acknowledged", used, meetings))
    return Evidence(facts, {"yes": True, "no": False} if used else {})


def content(year: int) -> Evidence:
    edition = _in_force(year)
    if edition is None:
        return NOTHING
    there = {each.part for each in edition.parts("ja") if each.body.strip()}
    facts = (*([Fact("rules_compliance")] if Part.COMPLIANCE in there else []), Fact("rules_safety" if Part.SAFETY in there else "no_safety"))
    return Evidence(facts, dict(compliance=Part.COMPLIANCE in there, safety=Part.SAFETY in there))


def _in_force(year: int) -> Edition | None:
    """The edition that was in force at the end of a 年度, or is today."""
    on = min(clock.today(), date(year + 1, 3, 31))
    return session.scalar(sa.select(Edition).where(Edition.effective_on <= on).order_by(Edition.number.desc()).limit(1))
