"""One role of the sample that has passed to another person of the same agency, who is asked to confirm it."""

from __future__ import annotations

from actions.handovers import Cause
from demo.days import Days
from demo.people import Town
from followup import handover

ROLE = "全体の進み具合を確かめ"


def pass_on(town: Town, days: Days) -> None:
    """The coordinator has handed the follow-up of A's case to a colleague."""
    giver, taker = town.members["wanaka"], town.members["yuihashi"]
    roles = [each for each in handover.open_items(giver) if each.what.startswith(ROLE)]
    for made in handover.hand_over(giver, dict.fromkeys(roles, taker), Cause.TRANSFER, town.facilitator):
        made.at = days.at(-6, "09:20")
