"""The sample's self-checks (selfcheck.toml): each answered and finished towards the end of its 年度."""

from __future__ import annotations

from datetime import date, timedelta

from core import clock
from core.database import session
from demo.days import Days
from demo.people import Town
from selfcheck import sheet
from selfcheck.models import SelfCheck


def look_back(told: dict, town: Town, days: Days) -> None:
    """Answer for each 年度 of the sample, and freeze what its data says."""
    for row in told["year"]:
        year = clock.fiscal_year(days.today) + row["years"]
        at = days.at((date(year + 1, 3, 18) - days.today).days, "14:10")
        check = SelfCheck.begin(town.facilitator, year)
        for turn, part in enumerate(check.parts):
            part.answer(town.facilitator, {key: (said["chosen"], said.get("note", "")) for key, said in row["answers"][part.section].items()})
            part.saved_at = at + timedelta(minutes=4 * turn)
        check.finish(town.facilitator, row["resolve"], sheet.evidence_of(check))
        check.steps[0].at, check.steps[-1].at = at, at + timedelta(hours=1)
        session.flush()
