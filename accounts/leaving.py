"""Before somebody goes: the features above say what would be left with nobody (they register with `before`)."""

from __future__ import annotations

from core.web import Refused

_asked: list = []


def before(function):
    """Declare function(user, going) -> Refused | None: why this person cannot go yet together with all who are `going` (ids),
    and what to do, or that nothing stands against it."""
    _asked.append(function)
    return function


def ask(*users) -> None:
    """Raise Refused when these people cannot go now, at once: leave the roster, lose their account, or stop being coordinators."""
    going = {each.id for each in users}
    for against in (each(user, going) for user in users for each in _asked):
        if isinstance(against, Refused):
            raise against
