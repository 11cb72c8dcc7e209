"""Setting the table of a case: who is chosen, who is proposed and why, who was looked for, and what is still missing."""

from __future__ import annotations

from functools import cached_property

import sqlalchemy as sa

from agencies.models import Agency, Member
from core.database import session
from core.search import ids
from meetings import selection, situation
from meetings.around import Field, around
from meetings.selection import Candidate, Caution
from meetings.table import FAMILY, Hearing, Level, SeatRole

FOUND = 40  # people shown for what was looked for
SHARES = {True: "yes", False: "no"}  # in what is told to some of the table only (限定共有)
Choice = tuple[str, str, str]  # level, role, shares


def table_of(hearing: Hearing) -> dict[int, Choice]:
    """{member id: (level, role, shares)} as the table is set."""
    return {seat.member_id: (seat.level.value, seat.role.value, SHARES[seat.confidant]) for seat in hearing.seats}


class Picker:
    """The page on which a table is set. `chosen` is {member id: (level, role, shares)} as the person has it now ("" for
    shares: as usual), `read` the mark of the table as it was when they began (none: as it is now)."""

    def __init__(self, hearing: Hearing, chosen: dict[int, Choice], text: str = "", domain: str = "", read: str = ""):
        there = table_of(hearing)
        self.hearing, self.text, self.domain, self.read = hearing, text, domain, read or _mark(there)
        self.now = situation.of(hearing)
        self.roster = {each.member: each for each in situation.roster()}
        self.chosen = {id: (level, role, shares or (there[id][2] if id in there else self.usual(id)))
                       for id, (level, role, shares) in chosen.items()}

    def usual(self, member_id: int) -> str:
        """Whether somebody shares in what is told to some only, when nothing else is said: "yes" or "no"."""
        return SHARES[member_id not in self.roster or FAMILY not in self.roster[member_id].domains]

    def take(self, level: str) -> None:
        """Choose everybody proposed at this level."""
        self.chosen |= {each.candidate.member: (each.level, SeatRole.PARTICIPANT.value, self.usual(each.candidate.member)) for each in self.proposals if each.level == level}
        self.__dict__.pop("around", None)
        self.__dict__.pop("tapped", None)
        del self.proposals

    def overtaken(self) -> bool:
        """Whether somebody else set the table in the meantime, otherwise than chosen here. Whoever they added is chosen
        here too then, and what the person has now counts as looked at."""
        there, before = table_of(self.hearing), {each.partition(".")[0] for each in self.read.split()}
        if _mark(there) in (self.read, _mark(self.chosen)):
            return False
        self.read = _mark(there)
        self.chosen |= {id: seat for id, seat in there.items() if str(id) not in before | {str(each) for each in self.chosen}}
        return True

    @cached_property
    def proposals(self) -> list[selection.Proposal]:
        """Those proposed who are not chosen yet, and whose agency is not there already (unless they are fixed members)."""
        there = {self.roster[id].agency for id in self.chosen if id in self.roster}
        return [each for each in selection.propose(self.roster.values(), self.now) if each.candidate.member not in self.chosen
                and (each.candidate.agency not in there or each.candidate.member in self.now.core)]

    @cached_property
    def found(self) -> list[int]:
        """Ids of members looked for by a text or a domain, who stand nowhere else on the page."""
        if not self.text and not self.domain:
            return []
        query = sa.select(Member.id).join(Agency).where(Member.active, Agency.active).order_by(Agency.name, Member.id).limit(FOUND)
        if self.text:
            query = query.where(Agency.id.in_(ids("agency", self.text)))
        if self.domain:
            query = query.where(Agency.domains.any(code=self.domain))
        shown = {*self.chosen, *(each.candidate.member for each in self.proposals), *self.tapped}
        return list(session.scalars(query.where(Member.id.not_in(shown))))

    @cached_property
    def around(self) -> list[Field]:
        """What the map of the town has for the needs, beside those chosen and proposed; who was looked for stands there."""
        of = lambda members: {self.roster[id].agency for id in members if id in self.roster}  # noqa: E731
        def speaker(agency: int) -> int | None:
            found = selection.speaker(self.roster.values(), agency, self.now)
            return found and found.member
        return around(self.now.needs, speaker, of(self.chosen), of(each.candidate.member for each in self.proposals))

    @cached_property
    def tapped(self) -> list[int]:
        """Ids of members whom one tap at a resource seats."""
        return [each.member for field in self.around for each in field.resources if each.member]

    @cached_property
    def members(self) -> dict[int, Member]:
        """Everybody on the page, by id."""
        shown = [*self.chosen, *(each.candidate.member for each in self.proposals), *self.tapped, *self.found]
        return {each.id: each for each in session.scalars(sa.select(Member).where(Member.id.in_(shown)))}

    @cached_property
    def busy(self) -> frozenset[int]:
        return situation.busy(self.hearing, self.members)

    def cautions(self, member_id: int) -> list[Caution]:
        """What to know before giving this person a seat."""
        found = selection.cautions(self.roster.get(member_id, Candidate(member_id, 0)), self.now)
        return [*found, *([Caution.BUSY] if member_id in self.busy else [])]

    def covered_by(self, member_id: int) -> list[str]:
        """The needs (codes) that this person's agency covers."""
        return selection.covering(self.now.needs, self.roster[member_id].domains) if member_id in self.roster else []

    @cached_property
    def uncovered(self) -> list[str]:
        """The needs (codes) that nobody chosen covers."""
        return selection.uncovered(list(self.now.needs), [set(self.roster[id].domains) for id in self.chosen if id in self.roster])

    @property
    def acting(self) -> int:
        """How many would come: those asked in writing do not."""
        return sum(level != Level.INQUIRY.value for level, _role, _shares in self.chosen.values())

    @property
    def many(self) -> bool:
        return self.acting > selection.TOO_MANY

    @cached_property
    def related(self) -> list[Member]:
        """Chosen people who are related to the household."""
        return [self.members[id] for id in self.chosen if id in self.now.related and id in self.members]

    @cached_property
    def letters(self) -> list[str]:
        """Names of the chosen agencies that are asked by letter."""
        return list(dict.fromkeys(self.members[id].agency.name for id in self.chosen if id in self.members and self.members[id].agency.prefectural))


def _mark(table: dict[int, Choice]) -> str:
    return " ".join(f"{id}.{level}.{role}.{shares}" for id, (level, role, shares) in sorted(table.items())) or "-"
