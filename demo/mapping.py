"""The sample's map of what exists: some fresh, some to be checked anew, one that has ended, one said to be wrong, one that a wish became."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from agencies.models import Domain
from community.kinds import Act, Footing, Outcome, ResourceKind
from community.models import TEXTS, Correction, ResourceStep, SocialResource
from core.database import session
from demo.days import Days
from demo.people import Town
from resources.models import IdeaState
from resources.register import Proposal

FIRST = 300  # days before an entry was last checked, on which it was put on the map


def draw(data: dict, town: Town, days: Days) -> None:
    """Put everything of community.toml on the map."""
    domains = {each.code: each for each in Domain.listed(everything=True)}
    made = {row["name"]: _put(row, domains, town, days) for row in data["resource"]}
    session.flush()
    for row in data["correction"]:
        _correct(made[row["resource"]], row, town, days)
    session.flush()


def _put(row: dict, domains: dict[str, Domain], town: Town, days: Days) -> SocialResource:
    checked = days.day(-row["checked"]) if "checked" in row else None
    agency = town.agencies.get(row.get("agency", ""))
    made = SocialResource(
        **{name: row.get(name, "") for name in TEXTS}, kind=ResourceKind(row["kind"]), footing=Footing(row["footing"]), domains=[domains[code] for code in row["domains"]],
        agency_id=agency.id if agency else None, checked_on=checked, checked_by_id=town.facilitator.id if checked else None, proposal_id=_wish(row.get("real", "")))
    begun = row.get("checked", 90) + FIRST
    if "real" in row:
        begun = row["checked"]
    made.steps = [ResourceStep(act=Act.MADE if checked else Act.IMPORTED, by_id=town.facilitator.id, at=days.at(-begun if checked else -90, "15:00"))]
    if checked and begun != row["checked"]:
        made.steps.append(ResourceStep(act=Act.CHECKED, by_id=town.facilitator.id, at=days.at(-row["checked"], "11:00")))
    if "ended" in row:
        made.ended_on = days.day(-row["ended"])
        made.steps.append(ResourceStep(act=Act.ENDED, by_id=town.facilitator.id, note=row["why"], at=days.at(-row["ended"], "10:00")))
    session.add(made)
    return made


def _wish(wished: str) -> int | None:
    """The proposal of the years that became real in these words; without the years, or while it has not, none."""
    return session.scalar(sa.select(Proposal.id).where(Proposal.wished == wished, Proposal.state == IdeaState.REAL).order_by(Proposal.id).limit(1)) if wished else None


def _correct(resource: SocialResource, row: dict, town: Town, days: Days) -> None:
    at = days.at(-row["days"], "16:00")
    made = Correction(resource_id=resource.id, text=row["text"], by_id=town.hand_of(town.members[row["by"]]).id, at=at)
    if "outcome" in row:
        made.outcome, made.settled_by_id, made.settled_at = Outcome(row["outcome"]), town.facilitator.id, at + timedelta(days=3)
    session.add(made)
