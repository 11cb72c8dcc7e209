"""How work is shared among agencies: their roles by month, what nobody took, the coordinating body's part, and who was heard.

Agencies stand as on the roster and are never put in order of a number: a share is something to talk about, no mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from actions.models import ActionItem
from actions.standing import running, seeking
from actions.words import Nature
from agencies.models import Agency, Member
from core import clock
from core.database import session
from meetings.capture import Entry
from meetings.models import Meeting
from meetings.table import Hearing, Seat
from papers.case_book_facts import FEW
from reports.facts_meetings import HERE, held, held_on
from reports.facts_roles import roles
from reports.naming import agencies
from reports.span import Span
from reports.sql import stretch, within

STAYED = (30, 90)  # days after the meeting


@dataclass(frozen=True)
class Held:
    """One agency's roles: by month of the year, in the year, and in the one before."""

    name: str
    months: tuple[int, ...]
    year: int
    before: int


@dataclass(frozen=True)
class Body:
    """The coordinating body's part of all roles that somebody holds, by month: (its own, all). `direct` of its own are direct support."""

    months: tuple[tuple[int, int], ...]
    year: tuple[int, int]
    before: tuple[int, int]
    direct: int
    managing: int

    @property
    def unmarked(self) -> int:
        """Its own roles of the year of which is not said whether they are support or management."""
        return self.year[0] - self.direct - self.managing


@dataclass(frozen=True)
class Heard:
    """One agency at the meetings of the year: at how many it sat, at how many of them a line of it was written down. None: too few to say."""

    name: str
    there: int
    heard: int | None


@dataclass(frozen=True)
class Fairness:
    held: list[Held]
    body: Body
    stayed: list[tuple[int, int]]  # (at least so many days, roles without a taker)
    heard: list[Heard]
    captured: int  # meetings in which whose line it is was written down
    all_heard: int  # of these, meetings in which every agency that was there has a line


def of(year: int) -> Fairness:
    """Fairness in a 年度."""
    span = Span.of(year, clock.today())
    counts = _counts(span)
    captured, all_heard, heard = _voices(Span.between(year, None, clock.today()))
    return Fairness(_held(counts), _body(counts, span), _stayed(Span.between(year, None, clock.today())), heard, captured, all_heard)


def share(part: tuple[int, int]) -> float | None:
    """Per cent; None of nothing."""
    return round(100 * part[0] / part[1], 1) if part[1] else None


def _counts(span: Span) -> dict[tuple[int | None, int], int]:
    """{(agency or None, month of the two years): roles}, in one question."""
    holder = sa.case((seeking(), None), else_=ActionItem.agency_id).label("holder")
    facts = roles(span, holder).subquery()
    rows = sa.select(facts.c.holder, stretch(span, facts.c.at).label("turn")).subquery()
    found = session.execute(sa.select(rows.c.holder, rows.c.turn, sa.func.count()).group_by(rows.c.holder, rows.c.turn))
    return {(holder, turn): count for holder, turn, count in found}


def _held(counts: dict) -> list[Held]:
    there, names = {holder for holder, _turn in counts}, agencies()
    order = [(int(key), name) for key, name in names.items() if int(key) in there] + ([(None, "")] if None in there else [])
    return [Held(name, months := tuple(counts.get((holder, turn), 0) for turn in range(12, 24)), sum(months),
                 sum(counts.get((holder, turn), 0) for turn in range(12))) for holder, name in order]


def _body(counts: dict, span: Span) -> Body:
    own = set(session.scalars(sa.select(Agency.id).where(Agency.coordinating.is_(True))))
    months = [tuple(sum(count for (holder, turn), count in counts.items() if turn == each and holder is not None and (not mine or holder in own)) for mine in (True, False))
              for each in range(24)]
    facts = roles(Span.between(span.edges[12].year, None, span.today), ActionItem.nature.label("nature")).where(ActionItem.agency_id.in_(own), ~seeking()).subquery()
    natures = dict(session.execute(sa.select(facts.c.nature, sa.func.count()).group_by(facts.c.nature)).all())
    return Body(tuple(months[12:]), _sum(months[12:]), _sum(months[:12]), natures.get(Nature.DIRECT, 0), natures.get(Nature.MANAGE, 0))


def _sum(parts: list) -> tuple[int, int]:
    return sum(own for own, _all in parts), sum(all_ for _own, all_ in parts)


def _stayed(span: Span) -> list[tuple[int, int]]:
    """Roles of the year's meetings that nobody holds today, by how long that has been so."""
    facts = roles(span).where(seeking(), running()).subquery()
    days = [clock.instant(span.today - timedelta(days=each), clock.read_time("0:00")) for each in STAYED]
    whole, *older = session.execute(sa.select(sa.func.count(), *(sa.func.count(sa.case((facts.c.at < day, 1))) for day in days))).one()
    return [(0, whole), *zip(STAYED, older)]


def _voices(span: Span) -> tuple[int, int, list[Heard]]:
    """Who was heard, where whose line it is was written down. What some of the table only may know (限定共有) is left out."""
    there = (sa.select(Meeting.id.label("meeting"), Member.agency_id.label("agency")).join(Hearing, Hearing.meeting_id == Meeting.id)
             .join(Seat, Seat.hearing_id == Hearing.id).join(Member, Member.id == Seat.member_id)
             .where(*held(), Seat.attendance.in_(HERE), within(span, held_on())).distinct().subquery())
    said = (sa.select(Hearing.meeting_id.label("meeting"), Entry.agency_id.label("agency")).join(Hearing, Hearing.id == Entry.hearing_id)
            .join(Meeting, Meeting.id == Hearing.meeting_id)
            .where(*held(), within(span, held_on()), Entry.agency_id.is_not(None), Entry.removed_at.is_(None), Entry.limited.is_(False)).distinct().subquery())
    rows = session.execute(sa.select(there.c.meeting, there.c.agency, said.c.agency.is_not(None)).outerjoin(
        said, sa.and_(said.c.meeting == there.c.meeting, said.c.agency == there.c.agency))).all()
    captured = {meeting for meeting, _agency, spoke in rows if spoke}
    silent = {meeting for meeting, _agency, spoke in rows if not spoke}
    sat, heard = {}, {}
    for meeting, agency, spoke in rows:
        if meeting in captured:
            sat[agency], heard[agency] = sat.get(agency, 0) + 1, heard.get(agency, 0) + bool(spoke)
    named = [Heard(name, sat[int(key)], heard[int(key)] if sat[int(key)] >= FEW else None) for key, name in agencies().items() if int(key) in sat]
    return len(captured), len(captured - silent), named
