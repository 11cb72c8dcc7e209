"""Before somebody goes: the features above say what would be left with nobody (they register with `before`)."""

from __future__ import annotations

from core.web import Refused

_asked: list = []


def before(function):
    """Declare function(user) -> Refused | None: why this person cannot go yet, and what to do, or that nothing stands against it."""
    _asked.append(function)
    return function


def ask(user) -> None:
    """Raise Refused when somebody cannot go now: leave the roster, lose their account, or stop being a coordinator."""
    for against in (each(user) for each in _asked):
        if isinstance(against, Refused):
            raise against
