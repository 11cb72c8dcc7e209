"""Since when a discussion has brought nothing new. Pure: no web, no database."""

from __future__ import annotations

from datetime import datetime

TALKING = {"issues", "formulation", "ideas", "roles", "none"}  # steps in which a way forward is looked for
QUIET_MINUTES = 6
NEW = {"decision", "taken_back", "issue"}


def quiet_since(agenda: list, entries: list, cards: list) -> datetime | None:
    """The last moment at which a talking step began, something was settled or a card was put away; None outside of such a step."""
    current = next((each for each in agenda if each.current), None)
    if current is None or current.screen not in TALKING:
        return None
    moments = [each.written_at for each in entries if each.kind.value in NEW] + [each.ended_at for each in cards if each.ended_at]
    return max([current.started_at, *moments])
