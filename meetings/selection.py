"""Who should sit for a case. Pure: no web, no database.

46.8 % of municipalities choose participants per case, 40.4 % keep a core and add per case, 8.3 % keep a fixed circle
(national survey). The tool proposes and says why; the facilitator always decides. The rules, in the order they count:

1. Whoever is related to the household is not proposed: they would have to step back (recusal).
2. Where information is shared on the strength of consent, an agency the consent does not name is not proposed.
3. The office's fixed members of this kind of meeting sit.
4. The lead agency, and whoever has a role on the case that is still open, has to act: they sit.
5. A need that a single agency covers needs that agency. Where several cover it, those who know the household come first,
   then public bodies, and no more than two are asked for one need.
6. Whoever is tied to the household, informal supporters too, is asked if possible.
7. One person speaks for an agency: who sat for this case before, else a fixed member, else one with an account.
8. Beyond twelve, those with the least to do need to know rather than to act: they are asked in writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
import enum

from core.languages import later

TOO_MANY = 12  # beyond this, people sit who need to know rather than to act; a hint, never a limit
FOR_ONE_NEED = 2  # agencies proposed for a need that many could cover


class Reason(enum.Enum):
    """Why somebody is proposed; the earlier, the stronger."""

    CORE = "core"
    LEAD = "lead"
    ROLE = "role"
    ALONE = "alone"
    KNOWS = "knows"
    SAT = "sat"
    COVERS = "covers"

    @property
    def label(self):
        return {"core": later("Fixed member"), "lead": later("Lead agency"), "role": later("Has an open role on this case"),
                "alone": later("Only agency for this need"), "knows": later("Knows the household"),
                "sat": later("Sat for this case before"), "covers": later("Covers")}[self.value]


ORDER = list(Reason)
KINDS = ("public", "contracted", "informal")  # whom to ask first where all else is equal


class Caution(enum.Enum):
    """What speaks against a seat, or has to be done for it."""

    RELATED = "related"
    OUTSIDE = "outside"
    BUSY = "busy"
    LETTER = "letter"

    @property
    def label(self):
        return {"related": later("Related to the household"), "outside": later("The consent does not name this agency"),
                "busy": later("Sits at another meeting at this time"), "letter": later("Prefectural: ask by letter")}[self.value]


@dataclass(frozen=True)
class Candidate:
    """A member of the roster, as far as it matters for a seat."""

    member: int
    agency: int
    domains: frozenset[str] = frozenset()
    kind: str = "public"  # public, contracted or informal
    prefectural: bool = False
    account: bool = True


@dataclass(frozen=True)
class Situation:
    """What is known when a table is set; agencies and members by their ids."""

    needs: tuple[str, ...] = ()  # domain codes, the most pressing first
    core: frozenset[int] = frozenset()  # members who sit at this kind of meeting whatever the case
    lead: int | None = None  # the lead agency (主担当機関)
    roles: Mapping[int, int] = field(default_factory=dict)  # agency: how many of its roles on this case are open
    ties: Mapping[int, str] = field(default_factory=dict)  # agency: how it is tied to the household
    sat: frozenset[int] = frozenset()  # members who sat for this case before
    scope: frozenset[int] | None = None  # agencies the consent names; None: sharing is not limited to named ones
    related: Mapping[int, str] = field(default_factory=dict)  # member: how they are related to the household
    busy: frozenset[int] = frozenset()  # members who sit elsewhere at that time
    presenters: frozenset[int] = frozenset()  # members who put this household forward (つなぎ)


@dataclass(frozen=True)
class Proposal:
    """One person proposed, how much they are needed, and why; `words` are those of ties and relations, `needs` codes."""

    candidate: Candidate
    level: str  # required, desired or inquiry
    reasons: tuple[Reason, ...]
    needs: tuple[str, ...] = ()
    words: str = ""
    cautions: tuple[Caution, ...] = ()

    @property
    def weight(self) -> tuple:
        """The smaller, the more the person is needed; never equal for two people."""
        who = self.candidate
        return min(map(ORDER.index, self.reasons)), -len(self.reasons), KINDS.index(who.kind), who.agency, who.member


def propose(candidates: Iterable[Candidate], now: Situation, at_most: int = TOO_MANY) -> list[Proposal]:
    """Who should sit, strongest reasons first. Nobody twice; of an agency one person, or all of its fixed members."""
    free = [each for each in candidates if not _barred(each, now)]
    people = _spokespeople(free, now)
    asked, alone = _for_needs(people, now)
    found = [made for each in people if (made := _proposal(each, asked.get(each.agency, ()), each.agency in alone, now))]
    found.sort(key=lambda each: each.weight)
    return found[:at_most] + [replace(each, level="inquiry") for each in found[at_most:]]


def cautions(candidate: Candidate, now: Situation) -> tuple[Caution, ...]:
    """What the facilitator should know before giving this person a seat, proposed or not."""
    found = {Caution.RELATED: candidate.member in now.related,
             Caution.OUTSIDE: now.scope is not None and candidate.agency not in now.scope,
             Caution.BUSY: candidate.member in now.busy, Caution.LETTER: candidate.prefectural}
    return tuple(caution for caution, holds in found.items() if holds)


def uncovered(needs: list[str], table: list[set[str]]) -> list[str]:
    """The domain codes of `needs` that no agency at the table (each a set of domain codes) covers, in the order of needs."""
    covered = set().union(*table) if table else set()
    return [code for code in dict.fromkeys(needs) if code not in covered]


def covering(needs: Iterable[str], domains: Iterable[str]) -> list[str]:
    """Which of the needs one agency covers, in the order of needs."""
    return [code for code in dict.fromkeys(needs) if code in domains]


def twice(members: list[int]) -> set[int]:
    """The people chosen more than once for one table."""
    return {each for each in members if members.count(each) > 1}


def speaker(candidates: Iterable[Candidate], agency: int, now: Situation) -> Candidate | None:
    """Who would speak for an agency; None when nobody of it is on the roster."""
    return max((each for each in candidates if each.agency == agency), key=lambda each: _speaks(each, now), default=None)


def _barred(candidate: Candidate, now: Situation) -> bool:
    return bool({Caution.RELATED, Caution.OUTSIDE} & set(cautions(candidate, now)))


def _spokespeople(candidates: list[Candidate], now: Situation) -> list[Candidate]:
    """One person for each agency, and every fixed member."""
    best: dict[int, Candidate] = {}
    for each in candidates:
        if each.agency not in best or _speaks(each, now) > _speaks(best[each.agency], now):
            best[each.agency] = each
    chosen = {each.member: each for each in best.values()}
    return list(chosen.values()) + [each for each in candidates if each.member in now.core and each.member not in chosen]


def _speaks(candidate: Candidate, now: Situation) -> tuple:
    return candidate.member in now.presenters, candidate.member in now.sat, candidate.member in now.core, candidate.account, -candidate.member


def _for_needs(people: list[Candidate], now: Situation) -> tuple[dict[int, tuple[str, ...]], set[int]]:
    """Agency: the needs it is asked for (of many that could cover one, the nearest); and the only ones that cover a need."""
    asked, alone = {}, set()
    agencies = {each.agency: each for each in people}.values()
    for code in dict.fromkeys(now.needs):
        able = sorted((each for each in agencies if code in each.domains), key=lambda each: _near(each, now, code))
        bound = [each for each in able if _bound(each, now)]
        alone |= {able[0].agency} if len(able) == 1 else set()
        for each in bound or able[:FOR_ONE_NEED]:
            asked[each.agency] = (*asked.get(each.agency, ()), code)
    return asked, alone


def _bound(candidate: Candidate, now: Situation) -> bool:
    """Whether the agency comes anyhow: then nobody else has to be asked for what it covers."""
    return candidate.member in now.core or candidate.agency == now.lead or candidate.agency in now.roles or candidate.agency in now.ties


def _near(candidate: Candidate, now: Situation, code: str) -> tuple:
    many = len([each for each in now.needs if each in candidate.domains])
    return not _bound(candidate, now), -many, KINDS.index(candidate.kind), candidate.prefectural, candidate.agency


def _proposal(candidate: Candidate, needs: tuple[str, ...], alone: bool, now: Situation) -> Proposal | None:
    holds = {
        Reason.CORE: candidate.member in now.core, Reason.LEAD: candidate.agency == now.lead,
        Reason.ROLE: candidate.agency in now.roles, Reason.ALONE: alone, Reason.KNOWS: candidate.agency in now.ties,
        Reason.SAT: candidate.member in now.sat, Reason.COVERS: bool(needs) and not alone}
    reasons = tuple(reason for reason, true in holds.items() if true)
    if not reasons:
        return None
    acts = {Reason.CORE, Reason.LEAD, Reason.ROLE, Reason.ALONE} & set(reasons)
    return Proposal(candidate, "required" if acts else "desired", reasons, needs, now.ties.get(candidate.agency, ""),
                    cautions(candidate, now))
