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
from meetings.table import Hearing


class Sight:
    """What of a meeting's papers a person sees, whoever runs the rest (a clerk files final ones whole)."""

    def __init__(self, person, meeting: Meeting, whole: bool | None = None):
        self.all = bool(person.clerk and meeting.final) if whole is None else whole
        self.numbers, self.shared = _numbers(person, meeting, "see"), _numbers(person, meeting, "share")
        self.late = _limited_since(meeting)

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
        seen = seen if len(seen.hearings) == len(whole.hearings) else replace(seen, **_head(seen), **_counts(seen))
        return seen.copied(self._shares, self._limited)

    def _shares(self, part: Part) -> bool:
        return part.case_number in self.shared

    def _limited(self, said: Statement) -> bool:
        return said.limited or said.text in self.late or (bool(said.about) and said.about in self.late)


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
