"""Which day to take: the tool shows its reasons, the coordinator decides. Pure: no web, no database.

The order is plain enough to be told: first the days on which everybody who must come can (○ or △), then the most ○,
then the fewest × among those wanted if possible, then the earliest. Where no day suits everybody who must come, the one
that misses the fewest of them leads; a × weighs more than an answer that has not come yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
import enum


class Mark(enum.Enum):
    """One answer to one day."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"

    @property
    def sign(self) -> str:
        return {"yes": "○", "maybe": "△", "no": "×"}[self.value]


@dataclass(frozen=True)
class Tally:
    """What was answered to one day. People are counted, never named: whoever shows it knows them."""

    slot: int
    starts_at: datetime
    yes: int
    maybe: int
    no: int
    silent: int
    required_no: int
    required_silent: int
    desired_no: int

    @property
    def merit(self) -> tuple:
        """What is compared, the smaller the better; the day itself comes last and only breaks a tie."""
        return self.required_no, self.required_silent, -self.yes, self.desired_no

    @property
    def suits(self) -> bool:
        """Whether everybody who must come has said ○ or △."""
        return self.required_no == self.required_silent == 0

    @property
    def answered(self) -> int:
        return self.yes + self.maybe + self.no


def tally(slot: int, starts_at: datetime, marks: Mapping[int, Mark], required: set[int], desired: set[int]) -> Tally:
    """Count one day's answers; `marks` by person, whoever is in neither set is not counted."""
    people = required | desired
    given = {person: mark for person, mark in marks.items() if person in people}
    count = lambda mark, whom: sum(given.get(person) == mark for person in whom)  # noqa: E731
    return Tally(slot, starts_at, count(Mark.YES, people), count(Mark.MAYBE, people), count(Mark.NO, people),
                 silent=len(people - set(given)), required_no=count(Mark.NO, required),
                 required_silent=len(required - set(given)), desired_no=count(Mark.NO, desired - required))


def ranked(tallies: Iterable[Tally]) -> list[Tally]:
    """The days, the best first."""
    return sorted(tallies, key=lambda each: (each.merit, each.starts_at))


def recommended(tallies: Iterable[Tally]) -> tuple[Tally | None, list[Tally]]:
    """The day to take, and those just as good that only come later. None as long as nobody has answered."""
    order = ranked(tallies)
    if not any(each.answered for each in order):
        return None, []
    return order[0], [each for each in order[1:] if each.merit == order[0].merit]
