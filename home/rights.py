"""Who may look into the outbox: the administrator, who keeps the mail going. Letters hold no case content."""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role
from core.access import finder
from core.letters import Letter


@finder("letter")
def letters(person) -> sa.Select:
    """All letters, for whoever holds the administrator's role."""
    found = sa.select(Letter)
    return found if Role.ADMIN in person.roles else found.where(sa.false())
