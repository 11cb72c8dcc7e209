"""What a facilitator may say at a step that has no words of its own. Pure: no web, no database."""

from __future__ import annotations

from meetings import agenda


def phrase(screen: str, language: str) -> str:
    """The words of the first shipped agenda step for this screen, in that language ("ja" or "en"); empty where there is
    nothing fitting to say."""
    steps = [step for each in agenda.templates() for step in agenda.steps(each["key"], language)]
    return next((step["say"] for step in steps if step["screen"] == screen != "none" and not step["limited"]), "")
