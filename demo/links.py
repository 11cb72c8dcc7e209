"""The sample's personal links: one taken back because it went astray, one whose time is over. Neither opens anything."""

from __future__ import annotations

from datetime import timedelta

from core.database import session
from core.office import office
from demo.days import Days
from demo.people import Town
from links.models import Link


def hand_out(town: Town, days: Days) -> None:
    """Put on record what became of two links of the meeting whose draft goes round; their addresses are thrown away."""
    astray = _issue(town, days, "kashino", -12)
    astray.revoke(town.facilitator)
    astray.revoked_at = astray.issued_at + timedelta(minutes=50)
    run_out = _issue(town, days, "kokeno", -13)
    run_out.expires_at = days.at(-1, "17:00")
    run_out.entered_at = run_out.issued_at + timedelta(days=3, hours=2)
    session.flush()


def _issue(town: Town, days: Days, member: str, day: int) -> Link:
    link = Link.issue(town.meetings["shien_a"], town.members[member], by=town.facilitator).link
    link.issued_at = days.at(day, "09:40")
    link.expires_at = link.issued_at + timedelta(days=office().link_days)
    return link
