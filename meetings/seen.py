"""What one person sees of a meeting's paper: a copy with the cases they may see, and of these with the lines they share in."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import orm

from cases.models import Case
from core.access import visible
from core.database import session
from exports.minutes import Hearing as Part, Minutes, Statement
from meetings import counts
from meetings.capture import Entry, Revision
from meetings.models import Meeting
from meetings.rights import sits, tables_handed
from meetings.table import Hearing, Seat


class Sight:
    """What of a meeting's papers a person sees, whoever runs the rest (a clerk files final ones whole)."""

    def __init__(self, person, meeting: Meeting, whole: bool | None = None, known: tuple[set, set, Late] | None = None):
        self.all = bool(person.clerk and meeting.final) if whole is None else whole
        self.numbers, self.shared, self.late = known or _known(person, [meeting.id])[meeting.id]

    @classmethod
    def of_each(cls, person, meetings: list[Meeting]) -> dict[int, Sight]:
        """The sights of several meetings by their ids, in as many questions as for one."""
        known = _known(person, [each.id for each in meetings])
        return {each.id: cls(person, each, known=known[each.id]) for each in meetings}

    def reads_all(self, paper: Minutes) -> bool:
        """Whether nothing of this paper is left out for them: only then its seal is theirs to know."""
        return self.all or all(each.case_number in self.shared for each in paper.hearings)

    @classmethod
    def of(cls, meeting: Meeting, numbers: set[str], shared: set[str]) -> Sight:
        """What somebody sees who may see the cases with these numbers, and of the `shared` ones also what is limited."""
        made = cls.__new__(cls)
        made.all, made.numbers, made.shared, made.late = False, numbers, shared, limited_since([meeting.id])[meeting.id]
        return made

    def sees(self, number: str, limited: bool = False, line: int | None = 0, *words: str) -> bool:
        """Whether they see something of the case with this number: `limited` from the start or, by its line, since then."""
        limited = limited or self.late.has(line, *words)
        return self.all or (number in self.numbers and (number in self.shared or not limited))

    def paper(self, whole: Minutes) -> Minutes:
        """Their copy: the cases they may see, and of these without what was told to some of the table only unless they
        share in it."""
        if self.all:
            return whole
        seen = replace(whole, hearings=tuple(each for each in whole.hearings if each.case_number in self.numbers))
        if len(seen.hearings) < len(whole.hearings):  # its seal, too: one over all cases would let words of the others be tried out
            seen = replace(seen, **_head(seen), **_counts(seen)).sealed()
        copy = seen.copied(self._shares, self.limits)
        return replace(copy, confirmation=counts.of_roles(copy.hearings)).sealed() if copy.copy else copy  # a count would tell that something is missing

    def _shares(self, part: Part) -> bool:
        return part.case_number in self.shared

    def limits(self, said: Statement) -> bool:
        """Whether a line is limited: from the start or since then."""
        return limited_in(said, self.late)


def handed(person, meeting: Meeting, agency_id: int, member_id: int | None = None) -> Sight:
    """What of a meeting's papers this person (None: the office itself, at its console) may give to an agency, or to one
    person of it, on paper: the cases that both may see, and of none what was told to some of the table only, for a paper
    is read by whoever finds it."""
    tables = session.scalars(sa.select(Hearing).where(Hearing.meeting_id == meeting.id, Hearing.id.in_(sits(agency_id, member_id))))
    theirs = {each.case.number if each.case else "" for each in tables.unique()}
    return Sight.of(meeting, theirs & kept(person, meeting), set())


def agencies_handed(person, meeting: Meeting) -> set[int]:
    """Ids of the agencies that this person may give a copy to."""
    mine = kept(person, meeting)
    tables = {each.id for each in meeting.hearings if (each.case.number if each.case else "") in mine}
    of = tables_handed().where(Seat.hearing_id.in_(tables))
    return {agency for _table, agency in session.execute(of)}


def reviewed(person, meeting: Meeting, numbers: set[str]) -> Sight:
    """What is weighed for a disclosure request: these cases, whole, as far as this person keeps their papers."""
    mine = numbers & kept(person, meeting)
    return Sight.of(meeting, mine, mine)


def kept(person, meeting: Meeting) -> set[str]:
    """The numbers of the cases whose papers this person keeps: they run them, or file all that is final."""
    if person is None or (person.clerk and meeting.final):
        return {each.case.number if each.case else "" for each in meeting.hearings}
    else:
        return _numbers(person, [meeting.id], "run")[meeting.id]


@dataclass(frozen=True)
class Late:
    """The lines that are limited now, of a meeting and of the earlier ones of its cases: a version from before they were still
    has them for everybody.

    A line is known by which it is, never by its words: who may write lines would else learn from one that vanishes what a
    limited one says. Only papers from before that was kept (`line` is None) are held against the words.
    """

    lines: set[int]
    words: set[str]

    def has(self, line: int | None, *words: str) -> bool:
        """Whether a sentence that is this line, or was made of it, is limited now."""
        return line in self.lines if line is not None else any(each in self.words for each in words if each)


def limited_in(said: Statement, late: Late) -> bool:
    """Whether a line of a paper is told to some only: from the start or since then."""
    return said.limited or late.has(said.line, said.text, said.about)


def limited_since(meetings: list[int]) -> dict[int, Late]:
    """The lines limited now, for each of these meetings."""
    words, found = _words_limited(meetings), {each: set() for each in meetings}
    before, own = orm.aliased(Hearing), sa.select(Hearing.meeting_id, Entry.id).where(Hearing.meeting_id.in_(meetings), Entry.limited.is_(True))
    here, earlier = own.join(Entry, Entry.hearing_id == Hearing.id), own.join(before, before.case_id == Hearing.case_id).join(Entry, Entry.hearing_id == before.id)
    for meeting, line in session.execute(sa.union(here, earlier)):
        found[meeting].add(line)
    return {each: Late(lines, words[each]) for each, lines in found.items()}


def _words_limited(meetings: list[int]) -> dict[int, set[str]]:
    """The words of all lines of these meetings that are limited now, and of the roles and ideas made of them."""
    of = sa.select(Hearing.meeting_id, Revision.text).join(Entry, Entry.hearing_id == Hearing.id).join(Revision, Revision.entry_id == Entry.id)
    found = {each: set() for each in meetings}
    for meeting, text in session.execute(of.where(Hearing.meeting_id.in_(meetings), Entry.limited.is_(True))):
        found[meeting].add(text)
    some = [each for each, words in found.items() if words]  # few meetings have any
    for hearing in session.scalars(sa.select(Hearing).where(Hearing.meeting_id.in_(some))).unique() if some else ():
        confined = {each.id for each in hearing.entries if each.limited}
        found[hearing.meeting_id] |= {each.what for each in hearing.actions if each.entry_id in confined}
        found[hearing.meeting_id] |= {each.need for each in hearing.ideas if each.entry_id in confined}
    return found


def _known(person, meetings: list[int]) -> dict[int, tuple[set, set, Late]]:
    """Of each meeting the numbers of the cases the person sees, of those they see whole, and the lines limited since."""
    seen, shared, late = _numbers(person, meetings, "see"), _numbers(person, meetings, "share"), limited_since(meetings)
    return {each: (seen[each], shared[each], late[each]) for each in meetings}


def _numbers(person, meetings: list[int], to: str) -> dict[int, set[str]]:
    """The numbers of these meetings' cases that the person may see, or see whole; "" for a meeting without a case."""
    heard = orm.aliased(Case)  # a finder may ask about cases itself
    of = visible(person, "hearing", to).with_only_columns(Hearing.meeting_id, heard.number).outerjoin(heard, heard.id == Hearing.case_id)
    found = {each: set() for each in meetings}
    for meeting, number in session.execute(of.where(Hearing.meeting_id.in_(meetings))):
        found[meeting].add(number or "")
    return found


def _head(paper: Minutes) -> dict:
    """Who led, wrote and kept the time, as far as they sat at one of the tables on this paper."""
    there = [each for hearing in paper.hearings for each in hearing.attendees]
    names = {name: getattr(paper, name) for name in ("facilitator", "note_taker", "timekeeper", "author")}
    return {name: who if any(who.startswith(each.agency) and who.endswith(each.name) for each in there) else "" for name, who in names.items()}


def _counts(paper: Minutes) -> dict:
    """What is counted on the whole paper, counted from the cases on this one."""
    return dict(rules=counts.of_rules(paper.rules, paper.hearings), confirmation=counts.of_roles(paper.hearings))
