"""The referrals that wait for a person: an answer to read, or one to give."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session
from referrals.models import Referral
from referrals.pages import by_urgency

SHOWN = 20


def waiting(person) -> list[Referral]:
    """Answers to what I put forward, then what the office owes an answer: life in danger first, the longest wait next."""
    mine = person.all("referral", "own").where(Referral.referrer_turn_since.is_not(None)).order_by(Referral.referrer_turn_since)
    found = _some(mine)
    if person.coordinator:
        due = person.all("referral", "desk").where(Referral.office_turn_since.is_not(None))
        found += [each for each in _some(due.order_by(by_urgency(), Referral.office_turn_since)) if each not in found]
    return found


def _some(query: sa.Select) -> list[Referral]:
    return list(session.scalars(query.limit(SHOWN)).unique())
