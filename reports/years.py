"""Which 年度 an office has something of: these are offered, and this one."""

from __future__ import annotations

import sqlalchemy as sa

from cases.models import Case
from core import clock
from core.database import session
from meetings.models import Meeting
from referrals.models import Referral


def offered(asked: int) -> list[int]:
    """The 年度 to choose from, the latest first: this one, those in which a case or a referral came in or a meeting was held, and the one asked for."""
    this = clock.fiscal_year(clock.today())
    held = sa.select(Meeting.fiscal_year).where(Meeting.opened_at.is_not(None))
    found = session.scalars(sa.union(held, sa.select(Case.fiscal_year), sa.select(Referral.fiscal_year)))
    return sorted({this, asked, *(each for each in found if each <= this)}, reverse=True)
