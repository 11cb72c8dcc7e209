"""How the sample's cases came to where they stand, and what was agreed at their end (moves, accompaniment of cases.toml)."""

from __future__ import annotations

from cases import flow
from cases.flow import Stage
from cases.models import Case
from cases.stages import Check, Finding
from core.database import session
from demo.days import Days
from demo.people import Town


def go(case: Case, row: dict, town: Town, days: Days) -> None:
    """Move a case from its opening to the stage it has today, each move on its day."""
    by = town.users[row["team"][0]]
    case.moves[0].at = days.at(row["opened_days"], "11:00")
    for step in row.get("move", []):
        to = Stage(step["to"])
        made = case.move(by, to, days.day(step["days"]), step.get("reason", ""), _agreed(row, town, days) if to in flow.OVER else None)
        made.at = days.at(step["days"], "17:20")
    for words in row.get("accompaniment", {}).get("noted", []):
        _note(case, words, by, days)
    session.flush()


def _agreed(row: dict, town: Town, days: Days) -> dict:
    words = row["accompaniment"]
    return dict(lead_agency=town.agencies[words["lead"]], roles=words["roles"].strip(), outlook=words["outlook"],
                watchers=words["watchers"], signs="\n".join(words["signs"]), checks=[days.day(each) for each in words["check_days"]])


def _note(case: Case, words: dict, by, days: Days) -> None:
    check = Check(due_on=days.day(words["days"]))
    case.closure.checks.append(check)
    check.note(by, days.day(words["days"]), Finding(words["finding"]), words["words"])
    check.at = days.at(words["days"], "16:40")
