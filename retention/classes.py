"""The classes (保存期間の区分) that an office offers, and which of them a kind of meeting has."""

from __future__ import annotations

import re

import sqlalchemy as sa

from core.database import insert_once, session
from core.office import office
from meetings.kinds import Kind
from meetings.minutes import keeps
from retention.models import RetentionChoice, RetentionClass
from retention.terms import Class, shipped

_YEARS = re.compile(r"([0-9]{1,3})年")


def offered() -> tuple[Class, ...]:
    """The office's classes, the longest first; those that come with the program while it has none of its own."""
    own = session.scalars(sa.select(RetentionClass).where(RetentionClass.dropped_at.is_(None))).all()
    return tuple(sorted((Class(each.name, each.years) for each in own), key=lambda each: (each.years is not None, -(each.years or 0)))) or shipped()


def offer(name: str, years: int | None) -> bool:
    """Offer another class; one that was dropped is offered again. False when one of this name is offered already."""
    _own()
    found = session.scalar(sa.select(RetentionClass).where(RetentionClass.name == name))
    if found and found.dropped_at is None:
        return False
    elif found:
        found.years, found.dropped_at = years, None
    else:
        session.add(RetentionClass(name=name, years=years))
    return True


def drop(name: str, at) -> bool:
    """Offer a class no longer. False when it is not offered, or is needed: the office's usual one, or that of a kind of meeting."""
    _own()
    found = session.scalar(sa.select(RetentionClass).where(RetentionClass.name == name, RetentionClass.dropped_at.is_(None)))
    if found is None or name in needed():
        return False
    found.dropped_at = at
    return True


def needed() -> set[str]:
    """The names of the classes that cannot be dropped, since new records get them."""
    return {usual().name, *(each.name for each in of_kinds().values())}


def usual() -> Class:
    """The class of what nobody chose one for: the office's, as it stands on its minutes.

    Words that are no class are read for their years (「10年保存」); where there are none the record is kept for ever, since
    nothing may end by a misunderstanding. Five years where no office is set up.
    """
    here = office()
    written = here.retention if here else "5年"
    found = next((each for each in (*offered(), *shipped()) if each.name == written), None)
    years = _YEARS.search(written)
    return found or Class(written, int(years[1]) if years else None)


def of_kinds() -> dict[Kind, RetentionChoice]:
    """The newest choice of each kind of meeting that has one."""
    newest = sa.select(sa.func.max(RetentionChoice.id)).where(RetentionChoice.kind.is_not(None)).group_by(RetentionChoice.kind)
    return {each.kind: each for each in session.scalars(sa.select(RetentionChoice).where(RetentionChoice.id.in_(newest)))}


@keeps
def _printed(meeting) -> str:
    """The class that stands on the minutes of a meeting."""
    newest = sa.select(RetentionChoice).order_by(RetentionChoice.id.desc()).limit(1)
    chosen = session.scalar(newest.where(RetentionChoice.meeting_id == meeting.id)) or session.scalar(newest.where(RetentionChoice.kind == meeting.kind))
    return chosen.name if chosen else ""


def _own() -> None:
    """Make the classes that come with the program the office's own, before the first change (two may make one at the same moment)."""
    if not session.scalar(sa.select(RetentionClass.id).limit(1)):
        for each in shipped():
            insert_once(RetentionClass, name=each.name, years=each.years)
