"""What in a text could tell whose case it was: the check of `cases.traces`, with what is known of the case and its people."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from agencies.models import Agency, Member
from cases.anonymity import teller
from cases.models import Case
from cases.traces import Finding, FindingKind, districts, find
from community.models import areas
from core.database import session
from core.web import Refused
from identities.anonymity import districts as called, telling
from identities.facts import Facts
from identities.models import Identity
from identities.words import plain


def findings(case: Case | None, texts: dict[str, str], knows_names: bool = False) -> list[Finding]:
    """What in these words (field → text) could tell whose case it was. Whether a line names somebody is told to everybody who
    writes, the very words only to whoever may know them (`knows_names`). Without a case, only what anybody could see."""
    known = [(FindingKind.ROSTER, each) for each in session.scalars(sa.select(Agency.name).union(sa.select(Member.name)))]
    known += [(FindingKind.PLACE, each) for each in districts(areas())]
    if case is None:
        return find(texts, known)
    known += [(FindingKind.LABEL, each) for each in (case.number, case.label, *(one.label for one in case.people))]
    facts = _facts(case)
    found = find(texts, known, teller(case), sorted({each for one in facts for each in telling(one)}, key=len, reverse=True) if knows_names else ())
    return found + _of_districts(texts, {name for each in facts for name in called(each)}, known, knows_names)


def names_unread(case: Case) -> bool:
    """Whether names are kept of this case that cannot be read now: then nothing is compared with them."""
    try:
        return any(each.damaged for each in Identity.of_case(case).values())
    except Refused:
        return True


def _facts(case: Case) -> list[Facts]:
    try:
        return [each.facts for each in Identity.of_case(case).values()]
    except Refused:
        return []


def _of_districts(texts: dict[str, str], names: set[str], known: list, knows_names: bool) -> list[Finding]:
    """Lines in which the district of the household's address stands. It is a place, and no more said of it than of a name. A district that
    anybody can see to be a place, or that the map names, is found without it."""
    names = {each for each in names if each not in (one.words for one in find({"": each}, known))}
    lines = find(texts, (), lambda line: any(plain(each) in plain(line) for each in names), names if knows_names else ())
    return [replace(each, kind=FindingKind.PLACE, key=f"{each.key[:-1]}d") for each in lines if each.kind == FindingKind.NAME]
