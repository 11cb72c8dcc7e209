"""Which screen of the wall goes with which step of the agenda, and which the facilitator may hold. Pure: no web, no database."""

from __future__ import annotations

import enum

from core.languages import later


class Screen(enum.Enum):
    """What stands on the wall below the question."""

    OVERVIEW = "overview"  # issues, decisions and roles together
    RULES = "rules"
    CASE = "case"  # the question alone, and the person's own words where the team chose so
    ISSUES = "issues"
    WORK = "work"  # issues beside decisions
    DECISIONS = "decisions"
    ROLES = "roles"
    PREVIOUS = "previous"  # what stands over from earlier meetings of the case
    RESOURCES = "resources"
    REFLECTION = "reflection"
    FAMILY = "family"  # the family's own time
    CURTAIN = "curtain"  # nothing
    LIMITED = "limited"  # nothing: some of the table talk among themselves (限定共有)

    @property
    def label(self):
        return {"overview": later("Overview"), "rules": later("Rules"), "case": later("Question"), "issues": later("Issues"),
                "work": later("Issues and decisions"), "decisions": later("Decisions"), "roles": later("Roles"), "previous": later("Carried over"),
                "resources": later("Resources"), "reflection": later("Looking back"), "family": later("The family's own time"),
                "curtain": later("Nothing"), "limited": later("Nothing")}[self.value]


HELD = (Screen.RULES, Screen.PREVIOUS, Screen.ISSUES, Screen.DECISIONS, Screen.ROLES, Screen.RESOURCES, Screen.OVERVIEW, Screen.CURTAIN)

# the `screen` of a step of the agenda: its screen on the wall
STEPS = {"rules": Screen.RULES, "previous": Screen.PREVIOUS, "case": Screen.CASE, "facts": Screen.CASE, "issues": Screen.ISSUES, "formulation": Screen.WORK,
         "ideas": Screen.RESOURCES, "resources": Screen.RESOURCES, "roles": Screen.ROLES, "decisions": Screen.DECISIONS,
         "next": Screen.DECISIONS, "reflection": Screen.REFLECTION, "family": Screen.FAMILY}


def on_the_wall(step: str, limited: bool, held: str) -> Screen:
    """The screen now: nothing while a limited step runs, whatever is held; else what the facilitator holds; else what goes
    with the running step (`step` is its screen, "" when none runs)."""
    if limited:
        return Screen.LIMITED
    else:
        return next((each for each in HELD if each.value == held), STEPS.get(step, Screen.OVERVIEW))
