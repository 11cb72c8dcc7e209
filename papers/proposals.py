"""What might have to be withheld (非開示候補), with the reason it is looked at: somebody decides each one. Pure."""

from __future__ import annotations

import re

from core.languages import later
from papers.redaction import Cell

PERSON = re.compile(r"[A-ZＡ-Ｚ]さん")
WHY = {
    "third_party": later("Speaks of a person. Unless they ask themselves, it may be third-party information."),
    "name": later("The name of somebody who sat there. Names of staff are often opened, of others rarely."),
    "source": later("Tells who gave this information."),
    "assessment": later("A judgement of staff, not a fact."),
    "operation": later("How the office acts: opened, it may hinder the support."),
    "limited": later("Told to some of the table only: black until you decide."),
    "before": later("Withheld in the version before. Take that over, or decide anew."),
}
GROUND = {"name": "third_party", "source": "third_party", "limited": "operation"}  # where a proposal is named otherwise than its ground
ASSESSED = ("formulations.text", "opinions.text", "dissents.text", "issues.text")


def proposal(cell: Cell) -> str:
    """Why this text should be looked at: a key of WHY; "" when nothing speaks for it."""
    if cell.limited:
        return "limited"
    elif cell.kind in ASSESSED:
        return "assessment"
    elif cell.kind == "emergency":
        return "operation"
    elif cell.kind == "attendees.name":
        return "name"
    elif cell.kind in ("facts.by", "opinions.by"):
        return "source"
    else:
        return "third_party" if PERSON.search(cell.text) else ""
