"""A case names nobody. Whoever keeps the names (a room further up) can tell when the words of a case give them away.

They register a reader: `function(case)` gives a `function(text)` that says whether the text names somebody of it.
"""

from __future__ import annotations

from flask import flash

from cases.models import Case
from core.languages import _, later

_readers = []


def reader(function):
    """Register who can tell."""
    _readers.append(function)
    return function


def teller(case: Case):
    """`function(text)` that says whether a text gives the people of a case away."""
    tests = [read(case) for read in _readers]
    return lambda text: any(names(text) for names in tests)


def telling_fields(case: Case) -> list:
    """The labels of those fields of a case whose words may give the household away."""
    tells = teller(case)
    return list(dict.fromkeys(label for label, text in _texts(case) if text and tells(text)))


def warn_of_names(case: Case) -> None:
    """Say gently, after saving, where a name may stand. Never which: not everybody who writes here may know it."""
    if found := telling_fields(case):
        flash(_("There may be information here by which somebody can be identified (%(fields)s). Use a label such as A instead of "
                "names, addresses and telephone numbers.", fields="、".join(map(str, found))), "warning")


def _texts(case: Case):
    yield later("Working label"), case.label
    for person in case.people:
        yield later("Household"), "\n".join((person.label, person.relation, person.note))
    yield later("Needs by domain"), "\n".join(each.text for each in case.needs)
    yield later("In their own words"), case.own_words
    yield later("Outline of the household"), case.summary
    yield later("Strengths"), case.strengths
