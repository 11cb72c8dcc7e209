"""What the last years did with their ground rules: a pledge a year, and now and then a look back at the end. The running year has the
sample's own (demo/ground_rules.py)."""

from __future__ import annotations

from datetime import date, timedelta

from core import clock
from demo.people import Town
from demo.years.planting import add, put
from demo.years.sittings import Sitting
from ground_rules.models import Edition, Part
from meetings.pledges import Pledge, PledgeMethod, Term
from meetings.rule_reviews import Kept, RuleFinding, RuleReview
from meetings.table import Level

EVERY = 4  # of so many meetings one looked back
FOUND = ({}, {(Part.PROCEDURE, 2): Kept.PARTLY}, {}, {(Part.SAFETY, 5): Kept.PARTLY}, {}, {}, {(Part.SAFETY, 4): Kept.PARTLY}, {(Part.PROCEDURE, 2): Kept.NOT})


def keep(held: list[Sitting], town: Town, today: date) -> None:
    """Pledges for the years that are over, and what meetings found of their rules."""
    edition = Edition.current().id
    add(Pledge, _pledges(held, town, clock.fiscal_year(today), edition))
    looked = [each for each in held if said_of(each, held) is not None]
    ids = put(RuleReview, [dict(meeting_id=each.id, edition_id=edition, note="", by_id=town.facilitator.id, at=each.closed, version=1) for each in looked])
    add(RuleFinding, [dict(review_id=id, part=part, number=number, kept=kept) for each, id in zip(looked, ids, strict=True)
                      for (part, number), kept in said_of(each, held).items()])


def said_of(each: Sitting, held: list[Sitting]) -> dict[tuple[Part, int], Kept] | None:
    """What a meeting found of its rules (those not wholly kept); None where it did not look back."""
    turn = held.index(each)
    return FOUND[turn // EVERY % len(FOUND)] if turn % EVERY == EVERY - 1 else None


def _pledges(held: list[Sitting], town: Town, this_year: int, edition: int) -> list[dict]:
    """For each year that is over, from everybody who sat in a kind of meeting: on the screen by whoever has an account, else signed."""
    given: dict[tuple, dict] = {}
    for each in held:
        year = clock.fiscal_year(each.day)
        for seat in (seat for table in each.tables for seat in table.seats if year < this_year and seat.level is not Level.INQUIRY):
            member = town.members[seat.member]
            given.setdefault((member.id, each.kind, year), dict(
                meeting_id=each.id, member_id=member.id, edition_id=edition, kind=each.kind, fiscal_year=year, term=Term.YEAR,
                method=PledgeMethod.SCREEN if member.user else PledgeMethod.PAPER, given_on=each.day - timedelta(days=3), recorded_by_id=town.hand_of(member).id, at=each.invited))
    return list(given.values())
