"""Where proposals are taken (検討の場): the office's own list; until it is edited, what offices commonly have."""

from __future__ import annotations

import sqlalchemy as sa

from core.database import session
from resources.register import Forum

SHIPPED = ("協議体", "自立支援協議会", "地域づくり会議", "予算要求")


def listed() -> list[str]:
    """The names in the office's order."""
    return list(session.scalars(sa.select(Forum.name).order_by(Forum.position))) or list(SHIPPED)


def replace(names: list[str]) -> None:
    """Have exactly these, each once, in this order. Proposals keep the name they were given."""
    wanted = list(dict.fromkeys(filter(None, (each.strip() for each in names))))
    there = {each.name: each for each in session.scalars(sa.select(Forum))}
    for name, forum in there.items():
        if name not in wanted:
            session.delete(forum)
    for position, name in enumerate(wanted, 1):
        if name in there:
            there[name].position = position
        else:
            session.add(Forum(name=name, position=position))
