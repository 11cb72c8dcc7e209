"""What in a text could tell whose case it was: the check of `cases.traces`, with what is known of the case and its people."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Agency, Member
from cases.anonymity import teller
from cases.models import Case
from cases.traces import Finding, FindingKind, find
from core.database import session
from core.web import Refused
from identities.anonymity import telling
from identities.models import Identity


def findings(case: Case | None, texts: dict[str, str], knows_names: bool = False) -> list[Finding]:
    """What in these words (field → text) could tell whose case it was. Whether a line names somebody is told to everybody who
    writes, the very words only to whoever may know them (`knows_names`). Without a case, only what anybody could see."""
    known = [(FindingKind.ROSTER, each) for each in session.scalars(sa.select(Agency.name).union(sa.select(Member.name)))]
    if case is None:
        return find(texts, known)
    known += [(FindingKind.LABEL, each) for each in (case.number, case.label, *(one.label for one in case.people))]
    return find(texts, known, teller(case), _names(case) if knows_names else ())


def names_unread(case: Case) -> bool:
    """Whether names are kept of this case that cannot be read now: then nothing is compared with them."""
    try:
        return any(each.damaged for each in Identity.of_case(case).values())
    except Refused:
        return True


def _names(case: Case) -> list[str]:
    try:
        return sorted({each for identity in Identity.of_case(case).values() for each in telling(identity.facts)}, key=len, reverse=True)
    except Refused:
        return []
