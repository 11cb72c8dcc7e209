"""A final version in the parts in which it may be found: its head, and of each case what everybody at that table reads and what only some do.

The search asks each part for itself, so that no word can be found by somebody who may not read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from cases.models import Case
from core.search import found
from exports.minutes import SPOKEN, Hearing as Heard, Minutes
from meetings.capture import Entry
from meetings.record import MinutesPart, MinutesVersion
from meetings.seen import limited_in, limited_since
from meetings.table import Hearing

HEAD = ("title", "reference", "legal_kind", "held", "place", "mode", "purpose", "to_decide", "next_meeting", "reopened")


def _of_version(version: MinutesVersion) -> sa.Select | None:
    if not sa.inspect(version).attrs.content.history.has_changes():
        return None  # filed, say
    return sa.select(MinutesPart.id).where(MinutesPart.version_id == version.id)


def _of_line(entry: Entry) -> sa.Select | None:
    """A line that is limited now is limited in the versions from before, too."""
    if entry.limited or sa.inspect(entry).attrs.limited.history.deleted:
        of = sa.select(Hearing.case_id).where(Hearing.id == entry.hearing_id).scalar_subquery()  # later meetings of the case carry it over
        return sa.select(MinutesPart.id).where(sa.or_(MinutesPart.hearing_id == entry.hearing_id,
                                                      MinutesPart.hearing_id.in_(sa.select(Hearing.id).where(Hearing.case_id == of))))
    return None


@found("minutes", MinutesPart, parts={MinutesVersion: _of_version, Entry: _of_line}, options=(
    orm.joinedload(MinutesPart.version).options(orm.undefer(MinutesVersion.content), orm.lazyload(MinutesVersion.finalised_by)),
    orm.joinedload(MinutesPart.hearing).options(orm.joinedload(Hearing.case).lazyload(Case.people), orm.lazyload(Hearing.meeting), orm.lazyload(Hearing.lead_agency))))
def _texts(part: MinutesPart) -> Iterator[str]:
    paper = part.version.minutes
    if part.hearing is None:
        return _words([getattr(paper, name) for name in HEAD])
    heard, late = _heard(paper, part.hearing), limited_since([part.version.meeting_id])[part.version.meeting_id]
    if heard is None:
        return iter(())
    elif part.limited:
        return _words([said for name in (*SPOKEN, "carried") for said in getattr(heard, name) if limited_in(said, late)])
    else:
        return _words(heard.for_all(lambda said: limited_in(said, late)))


def _heard(paper: Minutes, hearing: Hearing) -> Heard | None:
    number = hearing.case.number if hearing.case else ""
    return next((each for each in paper.hearings if each.case_number == number), None)


def _words(of) -> Iterator[str]:
    """Every text in a piece of paper."""
    if isinstance(of, str):
        yield of
    elif is_dataclass(of):
        for each in fields(of):
            yield from _words(getattr(of, each.name))
    elif isinstance(of, (tuple, list)):
        for each in of:
            yield from _words(each)
