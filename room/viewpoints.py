"""Which view of one open meeting fits whom. Pure: no web, no database."""

from __future__ import annotations

import enum

from core.languages import later


class View(enum.Enum):
    """The ways to stand in the room: leading it, writing it down, sitting in it. (The wall is a page of its own.)"""

    CONSOLE = "console"
    RECORD = "record"
    SEAT = "seat"

    @property
    def label(self):
        return {"console": later("Facilitate"), "record": later("Record"), "seat": later("Take part")}[self.value]


def views_for(role: str, running: bool) -> list[View]:
    """The views open to somebody, the fitting one first; `role` is the value of their seat's role ("" without a seat),
    `running` whether they run the meeting. Whoever runs it without another task leads it."""
    if running and role in ("facilitator", "timekeeper", ""):
        return [View.CONSOLE, View.RECORD, View.SEAT]
    elif running:
        return [View.RECORD, View.CONSOLE, View.SEAT]
    elif role == "note_taker":
        return [View.RECORD, View.SEAT]
    else:
        return [View.SEAT, View.RECORD]
