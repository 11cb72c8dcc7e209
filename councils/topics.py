"""Topics and papers as they are typed, one a line, and the agenda they make. Pure: no web, no database."""

from __future__ import annotations

from meetings import agenda

FRAME = "general"  # the shipped agenda whose opening and end a session takes
OPENING, CLOSING = ("rules",), ("decisions", "next", "reflection")
TITLE, LEAST = 120, 5


def listed(typed: str) -> list[str]:
    """The lines that say something, without the bullets and numbers people put before them."""
    return [line for line in (each.strip().lstrip("・●○-－ 　").strip() for each in typed.splitlines()) if line]


def steps(topics: list[str], whole: int, language: str) -> list[dict]:
    """An agenda of `whole` minutes: the opening, each topic with its share of the time, decisions and the next session.
    Without topics it is the shipped one."""
    shipped = agenda.steps(FRAME, language)
    if not topics:
        return shipped
    before = [each for each in shipped if each["screen"] in OPENING]
    after = [each for each in shipped if each["screen"] in CLOSING]
    rest = whole - sum(each["minutes"] for each in before + after)
    share = min(agenda.LONGEST, max(LEAST, rest // len(topics)))
    return before + [dict(title=each[:TITLE], minutes=share, screen="issues", say="", limited=False) for each in topics] + after
