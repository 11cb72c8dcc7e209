"""Who may know who the people of a case are: whoever holds the right to it *and* is on the team of the case.

The administrator gives the right (as an office role) and sees nothing by it. Everybody else knows the working labels.
"""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from core.access import finder, visible


@finder("case", "identify")
def _case_identify(person):
    mine = visible(person, "case", "run")
    return mine if Role.IDENTITY in person.roles else mine.where(sa.false())
