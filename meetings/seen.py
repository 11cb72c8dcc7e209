"""What one person sees of a meeting's paper: a copy with the cases they may see, and of these with the lines they share in."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from core.access import visible
from core.database import session
from exports.minutes import Hearing as Part, Minutes, Statement
from meetings import counts
from meetings.capture import Entry, Revision
from meetings.models import Meeting
from meetings.rights import sits
from meetings.table import Hearing


class Sight:
    """What of a meeting's papers a person sees, whoever runs the rest (a clerk files final ones whole)."""

    def __init__(self, person, meeting: Meeting, whole: bool | None = None):
        self.all = bool(person.clerk and meeting.final) if whole is None else whole
        self.numbers, self.shared = _numbers(person, meeting, "see"), _numbers(person, meeting, "share")
        self.late = _limited_since(meeting)

    @classmethod
    def of(cls, meeting: Meeting, numbers: set[str], shared: set[str]) -> Sight:
        """What somebody sees who may see the cases with these numbers, and of the `shared` ones also what is limited."""
        made = cls.__new__(cls)
        made.all, made.numbers, made.shared, made.late = False, numbers, shared, _limited_since(meeting)
        return made

    def sees(self, number: str, limited: bool = False, *words: str) -> bool:
        """Whether they see something of the case with this number: `limited` from the start or, by its words, since then."""
        limited = limited or any(each in self.late for each in words if each)
        return self.all or (number in self.numbers and (number in self.shared or not limited))

    def paper(self, whole: Minutes) -> Minutes:
        """Their copy: the cases they may see, and of these without what was told to some of the table only unless they
        share in it."""
        if self.all:
            return whole
        seen = replace(whole, hearings=tuple(each for each in whole.hearings if each.case_number in self.numbers))
        if len(seen.hearings) < len(whole.hearings):  # its seal, too: one over all cases would let words of the others be tried out
            seen = replace(seen, **_head(seen), **_counts(seen)).sealed()
        return seen.copied(self._shares, self.limits)

    def _shares(self, part: Part) -> bool:
        return part.case_number in self.shared

    def limits(self, said: Statement) -> bool:
        """Whether a line is limited: from the start or, by its words, since then."""
        return said.limited or said.text in self.late or (bool(said.about) and said.about in self.late)


def handed(person, meeting: Meeting, agency_id: int, member_id: int | None = None) -> Sight:
    """What of a meeting's papers this person (None: the office itself, at its console) may give to an agency, or to one
    person of it, on paper: the cases that both may see, and of none what was told to some of the table only, for a paper
    is read by whoever finds it."""
    tables = session.scalars(sa.select(Hearing).where(Hearing.meeting_id == meeting.id, Hearing.id.in_(sits(agency_id, member_id))))
    theirs = {each.case.number if each.case else "" for each in tables.unique()}
    return Sight.of(meeting, theirs & kept(person, meeting), set())


def reviewed(person, meeting: Meeting, numbers: set[str]) -> Sight:
    """What is weighed for a disclosure request: these cases, whole, as far as this person keeps their papers."""
    mine = numbers & kept(person, meeting)
    return Sight.of(meeting, mine, mine)


def kept(person, meeting: Meeting) -> set[str]:
    """The numbers of the cases whose papers this person keeps: they run them, or file all that is final."""
    if person is None or (person.clerk and meeting.final):
        return {each.case.number if each.case else "" for each in meeting.hearings}
    else:
        return _numbers(person, meeting, "run")


def _limited_since(meeting: Meeting) -> set[str]:
    """The words of all lines that are limited now: a version from before they were still has them for everybody."""
    of = sa.select(Revision.text).join(Entry, Entry.id == Revision.entry_id).join(Hearing, Hearing.id == Entry.hearing_id)
    return set(session.scalars(of.where(Hearing.meeting_id == meeting.id, Entry.limited.is_(True))))


def _numbers(person, meeting: Meeting, to: str) -> set[str]:
    """The numbers of this meeting's cases that the person may see, or see whole; "" for a meeting without a case."""
    of = visible(person, "hearing", to).where(Hearing.meeting_id == meeting.id)
    return {each.case.number if each.case else "" for each in session.scalars(of).unique()}


def _head(paper: Minutes) -> dict:
    """Who led, wrote and kept the time, as far as they sat at one of the tables on this paper."""
    there = [each for hearing in paper.hearings for each in hearing.attendees]
    names = {name: getattr(paper, name) for name in ("facilitator", "note_taker", "timekeeper", "author")}
    return {name: who if any(who.startswith(each.agency) and who.endswith(each.name) for each in there) else "" for name, who in names.items()}


def _counts(paper: Minutes) -> dict:
    """What is counted on the whole paper, counted from the cases on this one."""
    return dict(rules=counts.of_rules(paper.rules, paper.hearings), confirmation=counts.of_roles(paper.hearings))
