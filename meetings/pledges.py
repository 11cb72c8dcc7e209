"""守秘に関する誓約: who has given their word, for the meetings of a 年度 or for one meeting and its cases.

A yearly pledge names a kind of meeting (重層的支援会議, 支援会議), as the law binds differently in each; it counts for that kind
only. A pledge for a case counts whenever somebody sits for that case again. A record made by mistake is struck, not deleted.
"""

from __future__ import annotations

from datetime import date, datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from agencies.models import Member
from core import clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import later
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Hearing, Level, Seat
from notices.kinds import NoticeKind
from notices.models import Notice, settle


class Term(enum.Enum):
    """For how long a pledge is given: for the meetings of a 年度, or for this meeting and its cases."""

    YEAR = "year"
    CASE = "case"

    @property
    def label(self):
        return {"year": later("The fiscal year"), "case": later("This meeting and its cases")}[self.value]

    def of(self, kind: Kind):
        """The same of a kind of meeting: one that hears no cases is pledged for by itself."""
        return later("This meeting") if self is Term.CASE and not kind.hears_cases else self.label


class PledgeMethod(enum.Enum):
    SCREEN = "screen"
    PAPER = "paper"

    @property
    def label(self):
        return {"screen": later("Pledged on screen"), "paper": later("Signed on paper")}[self.value]


class Pledge(Base):
    """One person's word, given at one meeting; kept for good."""

    __tablename__ = "pledge"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)  # at which it was given
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    fiscal_year: Mapped[int] = mapped_column(index=True)
    term: Mapped[Term] = mapped_column(choice(Term))
    method: Mapped[PledgeMethod] = mapped_column(choice(PledgeMethod))
    given_on: Mapped[date] = mapped_column(index=True)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    struck_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    struck_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    meeting: Mapped[Meeting] = orm.relationship(lazy="joined", innerjoin=True)
    member: Mapped[Member] = orm.relationship(lazy="joined", innerjoin=True)

    @classmethod
    def give(cls, meeting: Meeting, member: Member, by, term: Term, method: PledgeMethod, on: date) -> None:
        """Record somebody's word; what they gave for the same already stands."""
        same = sa.select(cls.id).where(cls.member_id == member.id, cls.kind == meeting.kind, cls.term == term, cls.struck_at.is_(None),
                                       cls.fiscal_year == meeting.fiscal_year if term is Term.YEAR else cls.meeting_id == meeting.id)
        if session.scalar(same.limit(1)) is None:
            session.add(cls(meeting=meeting, member=member, edition_id=meeting.edition_id, kind=meeting.kind, fiscal_year=meeting.fiscal_year,
                            term=term, method=method, given_on=on, recorded_by_id=by.id))
            session.flush()
        cls._settle(meeting, member, term)

    @classmethod
    def _settle(cls, meeting: Meeting, member: Member, term: Term) -> None:
        """Nobody need be asked any more for what this covers."""
        covered = sa.select(Meeting.id).where(Meeting.id == meeting.id if term is Term.CASE else sa.and_(
            Meeting.kind == meeting.kind, Meeting.fiscal_year == meeting.fiscal_year))
        topics = set(session.scalars(sa.select(Notice.topic).where(Notice.kind == NoticeKind.PLEDGE, Notice.unseen, Notice.member_id == member.id)))
        for id in session.scalars(covered.where(Meeting.id.in_([int(each.rpartition("/")[2]) for each in topics]))).all() if topics else ():
            settle(NoticeKind.PLEDGE, topic=f"meeting/{id}", member=member)

    def strike(self, by) -> None:
        """It was recorded by mistake: from now on it counts for nothing. A second time changes nothing."""
        if self.struck_at is None:
            self.struck_at, self.struck_by_id = utcnow(), by.id

    @property
    def until(self) -> date | None:
        """The last day of a yearly one; None for one that lasts as long as its cases are talked over."""
        return date(self.fiscal_year + 1, 3, 31) if self.term is Term.YEAR else None


def standing(meeting: Meeting, hearings: list[Hearing]) -> dict[Member, Pledge | None]:
    """Everybody who sits (not for a written answer only) at these tables of a meeting, with the pledge that counts for all
    they sit for there; None when there is none."""
    tables: dict[Member, set[int | None]] = {}
    for hearing in hearings:
        for seat in hearing.seats:
            if seat.level != Level.INQUIRY:
                tables.setdefault(seat.member, set()).add(hearing.case_id)
    given = _given(meeting, [each.id for each in tables])
    return {member: next((pledge for pledge, cases in given.get(member.id, []) if cases is None or of <= cases), None) for member, of in tables.items()}


def _given(meeting: Meeting, members: list[int]) -> dict[int, list[tuple[Pledge, set | None]]]:
    """By member: their pledges that may count at a meeting, each with the cases it is for (None: for the whole meeting)."""
    on = clock.local(meeting.starts_at).date()
    yearly = sa.and_(Pledge.term == Term.YEAR, Pledge.kind == meeting.kind, Pledge.fiscal_year == meeting.fiscal_year)
    rows = list(session.scalars(sa.select(Pledge).where(
        Pledge.member_id.in_(members), Pledge.struck_at.is_(None), Pledge.given_on <= max(on, clock.today()),
        sa.or_(yearly, Pledge.meeting_id == meeting.id, sa.and_(Pledge.term == Term.CASE, Pledge.kind == meeting.kind))).order_by(Pledge.id.desc())))
    sat: dict[tuple[int, int], set] = {}
    for meeting_id, member_id, case_id in session.execute(
            sa.select(Hearing.meeting_id, Seat.member_id, Hearing.case_id).join(Seat, Seat.hearing_id == Hearing.id)
            .where(Seat.member_id.in_(members), Hearing.meeting_id.in_({each.meeting_id for each in rows if each.term is Term.CASE}))):
        sat.setdefault((meeting_id, member_id), set()).add(case_id)
    found: dict[int, list] = {}
    for each in rows:
        whole = each.term is Term.YEAR or each.meeting_id == meeting.id
        found.setdefault(each.member_id, []).append((each, None if whole else sat.get((each.meeting_id, each.member_id), set()) - {None}))
    return found
