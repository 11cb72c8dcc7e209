"""What is still open before a meeting closes. Nothing here forbids closing: what is open is only never closed over unseen.
Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
import enum

from core.languages import _


class Point(enum.Enum):
    """In the order in which they are settled at the table."""

    RIVALS = "rivals"
    DECISION = "decision"
    TAKER = "taker"
    DATE = "date"
    HARD = "hard"
    RESOURCES = "resources"
    LEAD = "lead"
    EMERGENCY = "emergency"
    NEXT = "next"


@dataclass(frozen=True)
class Role:
    """A role on the table: its number, what it is, whether it was given to somebody, whether it has a day, and
    whether they said that it is hard (難しい)."""

    id: int
    what: str
    taken: bool
    dated: bool
    declined: bool = False


@dataclass(frozen=True)
class Standing:
    """What stands on the table of one case (or of a meeting without one)."""

    roles: Sequence[Role] = ()
    decisions: int = 0
    rivals: Sequence[int] = ()  # the lines with two texts
    wishes: int = 0
    wishes_asked: bool = False  # the time for wishes has been held, even when none came
    lead: bool = False
    emergency: str = ""
    next_meeting: str = ""
    about_a_case: bool = True


@dataclass(frozen=True)
class Open:
    """One open point: which, and the role or line it is about (0: none in particular)."""

    point: Point
    about: int = 0
    what: str = ""

    @property
    def words(self) -> str:
        """As it is said to the facilitator."""
        return {
            Point.RIVALS: _("A line has two texts; choose what shall stand"),
            Point.DECISION: _("No decision is written down"),
            Point.TAKER: _("Nobody has taken: %(what)s", what=self.what),
            Point.DATE: _("No date for: %(what)s", what=self.what),
            Point.HARD: _("Said to be hard: %(what)s", what=self.what),
            Point.RESOURCES: _("Nobody has been asked yet which resource is missing"),
            Point.LEAD: _("The lead agency is not decided"),
            Point.EMERGENCY: _("Whom to call in an emergency is not decided"),
            Point.NEXT: _("The next meeting is not decided"),
        }[self.point]


def open_points(now: Standing) -> list[Open]:
    """What is open, in the order in which it is settled. A role nobody has needs a taker before it needs anything else;
    the lead agency, the emergency contact and the wishes belong to a case."""
    points = [Open(Point.RIVALS, line) for line in now.rivals]
    points += [] if now.decisions else [Open(Point.DECISION)]
    points += [Open(Point.TAKER, role.id, role.what) for role in now.roles if not role.taken]
    points += [Open(Point.DATE, role.id, role.what) for role in now.roles if role.taken and not role.declined and not role.dated]
    points += [Open(Point.HARD, role.id, role.what) for role in now.roles if role.taken and role.declined]
    if now.about_a_case:
        points += [] if now.wishes or now.wishes_asked else [Open(Point.RESOURCES)]
        points += [] if now.lead else [Open(Point.LEAD)]
        points += [] if now.emergency.strip() else [Open(Point.EMERGENCY)]
    return points + ([] if now.next_meeting.strip() else [Open(Point.NEXT)])
