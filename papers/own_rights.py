"""Who may see the office's own forms: those who work with them. They hold no case; the minutes on them have their own rights."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from core.access import finder
from papers.own_forms import OwnForm


@finder("own_form")
def _own_form(person):
    office = {Role.ADMIN, Role.CLERK, Role.COORDINATOR}
    return sa.select(OwnForm) if office & set(person.roles) else sa.select(OwnForm).where(sa.false())
