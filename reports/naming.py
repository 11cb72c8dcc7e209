"""The parts of breakdowns by their names: always in an order of their own (roster, list of domains, the words of a choice), never by size."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.domains import Domain
from agencies.models import Agency
from core.database import session


def words(enum):
    """Names of a choice's values, in the order of the choice."""
    return lambda: {each.value: str(each.label) for each in enum}


def domains() -> dict[str, str]:
    """All domains that ever were, in the office's order."""
    return {each.code: str(each.label) for each in Domain.listed(everything=True)}


def agencies() -> dict[str, str]:
    """All agencies as they stand on the roster: the coordinating body first, the others by name."""
    rows = session.execute(sa.select(Agency.id, Agency.name).order_by(Agency.coordinating.desc(), Agency.name))
    return {str(id): name for id, name in rows}


def raw(column):
    """A column of a choice as the text it is kept as."""
    return sa.type_coerce(column, sa.String)


def number(column):
    """A column of ids as text."""
    return sa.cast(column, sa.String)
