"""Date finding (日程調整): several days are offered for a planned meeting, people answer ○ △ ×, one day is decided.

Nothing of the case is in it. Answers may change until it is closed; a poll that was closed stays on record.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from agencies.models import Member
from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from meetings.models import Meeting
from meetings.table import Hearing, Level, Reply, Seat
from preparation.dates_ranking import Mark, Tally, tally


class Invited(NamedTuple):
    """Somebody who is asked: everybody at the table but those asked in writing only."""

    member: Member
    required: bool


class DatePoll(Base):
    """One round of date finding for one meeting; at most one is open."""

    __tablename__ = "date_poll"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    answer_by: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = orm.relationship(lazy="joined", innerjoin=True)
    slots: Mapped[list[DateSlot]] = orm.relationship(back_populates="poll", order_by="DateSlot.starts_at, DateSlot.ends_at",
                                                     cascade="all, delete-orphan")
    replies: Mapped[list[DateReply]] = orm.relationship(back_populates="poll", order_by="DateReply.id", cascade="all, delete-orphan")
    __table_args__ = (sa.Index("uq_date_poll_open", "meeting_id", unique=True, sqlite_where=sa.text("closed_at IS NULL"),
                               postgresql_where=sa.text("closed_at IS NULL")),)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def begin(cls, meeting: Meeting, by, spans: list[tuple[datetime, datetime]], answer_by: date) -> DatePoll:
        """Offer these days. Raises Refused for a meeting that began, was called off or is being asked about already."""
        if not meeting.pending:
            raise Refused(_("Days are found for a meeting that has not been opened yet."))
        if cls.of(meeting) is not None:
            raise Refused(_("Days are being found for this meeting already."), _("Change the days offered there."))
        poll = cls(meeting=meeting, answer_by=answer_by, opened_by_id=by.id)
        session.add(poll)
        poll.offer(spans)
        return poll

    @classmethod
    def of(cls, meeting: Meeting) -> DatePoll | None:
        """The open poll of a meeting that is still to come, with what its pages show."""
        return session.scalar(_whole(sa.select(cls).where(cls.meeting_id == meeting.id, cls.closed_at.is_(None)))) \
            if meeting.pending else None

    @classmethod
    def last_of(cls, meeting: Meeting) -> DatePoll | None:
        """The newest poll of a meeting, open or not."""
        return session.scalar(_whole(sa.select(cls).where(cls.meeting_id == meeting.id).order_by(cls.id.desc()).limit(1)))

    @property
    def open(self) -> bool:
        return self.closed_at is None and self.meeting.pending

    @property
    def chosen(self) -> DateSlot | None:
        """The day that was decided."""
        return next((each for each in self.slots if each.chosen_at), None)

    def offer(self, spans: list[tuple[datetime, datetime]]) -> None:
        """Offer exactly these days from now on; the answers to days that stay are kept."""
        self.ask_open()
        wanted = dict.fromkeys(spans)
        self.slots = [each for each in self.slots if each.span in wanted]
        there = {each.span for each in self.slots}
        self.slots += [DateSlot(starts_at=start, ends_at=end) for start, end in wanted if (start, end) not in there]
        live.touch(self.meeting.topic)

    def answer(self, member: Member, marks: dict[int, Mark], word: str, by) -> None:
        """Keep what somebody can do, day by day (`marks` by slot id), in place of what they said before."""
        self.ask_open()
        reply = self.reply_of(member)
        if reply is None:
            reply = DateReply(member=member)
            self.replies.append(reply)
        reply.word, reply.by_id, reply.at = word, by.id, utcnow()
        reply.keep({each.id: marks[each.id] for each in self.slots if each.id in marks})
        live.touch(self.meeting.topic)

    def decide(self, slot: DateSlot, by) -> None:
        """Hold the meeting then: it moves, this poll is closed, and ○ counts as the answer to the invitation.

        Whoever said anything else about that day is asked by the invitation. Raises Refused when consent would be
        missing on that day, or the day has come.
        """
        self.ask_open()
        if slot.starts_at <= utcnow():
            raise Refused(_("This day has passed."), _("Decide on another day, or offer new ones."))
        moved = slot.span != (self.meeting.starts_at, self.meeting.ends_at)
        if moved:
            self.meeting.reschedule(*slot.span, by=by)
        given = {reply.member_id: reply.mark(slot) for reply in self.replies}
        for seat in self.meeting.seats:
            _carry_over(seat, given.get(seat.member_id), moved)
        slot.chosen_at = utcnow()
        self.close(by)

    def close(self, by) -> None:
        """End it; the meeting keeps the time it has."""
        self.ask_open()
        self.closed_at, self.closed_by_id = utcnow(), by.id
        live.touch(self.meeting.topic)

    def ask_open(self) -> None:
        """Raise Refused when nothing can be answered or decided any more."""
        if self.closed_at or not self.meeting.pending:
            raise Refused(_("Date finding for this meeting is over."), _("Open the page of the meeting: the day stands there."))

    def reply_of(self, member: Member) -> DateReply | None:
        return next((each for each in self.replies if each.member_id == member.id), None)

    def complete(self, member: Member) -> bool:
        """Whether somebody has answered every day offered now."""
        reply = self.reply_of(member)
        return reply is not None and all(reply.mark(slot) for slot in self.slots)

    def tallies(self, people: list[Invited]) -> list[Tally]:
        """Each day's count, for the days that can still be decided."""
        required = {each.member.id for each in people if each.required}
        desired = {each.member.id for each in people if not each.required}
        return [tally(slot.id, slot.starts_at, {reply.member_id: mark for reply in self.replies if (mark := reply.mark(slot))},
                      required, desired) for slot in self.slots if slot.starts_at > utcnow()]


class DateSlot(Base):
    """One day offered, from when to when."""

    __tablename__ = "date_slot"
    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("date_poll.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    poll: Mapped[DatePoll] = orm.relationship(back_populates="slots")
    marks: Mapped[list[DateMark]] = orm.relationship(back_populates="slot", cascade="all, delete-orphan")
    __table_args__ = (sa.UniqueConstraint("poll_id", "starts_at", "ends_at"),
                      sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"))

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at


class DateReply(Base):
    """What one person answered, or somebody wrote down for them (`heard`)."""

    __tablename__ = "date_reply"
    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("date_poll.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    word: Mapped[str] = mapped_column(sa.String(200), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    poll: Mapped[DatePoll] = orm.relationship(back_populates="replies")
    member: Mapped[Member] = orm.relationship(lazy="joined", innerjoin=True)
    by = orm.relationship("User", lazy="joined", innerjoin=True)
    marks: Mapped[list[DateMark]] = orm.relationship(back_populates="reply", cascade="all, delete-orphan")
    __table_args__ = (sa.UniqueConstraint("poll_id", "member_id"),)

    @property
    def heard(self) -> bool:
        """Whether it was said by telephone or on paper, and written down by somebody else."""
        return self.member.user_id != self.by_id

    def mark(self, slot: DateSlot) -> Mark | None:
        return next((each.mark for each in self.marks if each.slot_id == slot.id), None)

    def keep(self, marks: dict[int, Mark]) -> None:
        """Exactly these marks, by slot id."""
        for each in self.marks:
            each.mark = marks.pop(each.slot_id, each.mark)
        self.marks += [DateMark(slot_id=id, mark=mark) for id, mark in marks.items()]


class DateMark(Base):
    """○, △ or × of one person for one day."""

    __tablename__ = "date_mark"
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("date_reply.id", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(sa.ForeignKey("date_slot.id", ondelete="CASCADE"), primary_key=True, index=True)
    mark: Mapped[Mark] = mapped_column(choice(Mark))
    reply: Mapped[DateReply] = orm.relationship(back_populates="marks")
    slot: Mapped[DateSlot] = orm.relationship(back_populates="marks")


class DateLetter(Base):
    """That somebody was asked by mail on a day: nobody is reminded twice a day."""

    __tablename__ = "date_letter"
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("date_poll.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)


def invited(meeting: Meeting, person=None) -> list[Invited]:
    """Who is asked, each once, those who must come first; for a person, only those who sit for a case they run."""
    levels = (sa.select(Seat.member_id, sa.func.max(sa.case((Seat.level == Level.REQUIRED, 1), else_=0)).label("required"))
              .join(Hearing, Hearing.id == Seat.hearing_id).where(Hearing.meeting_id == meeting.id, Seat.level != Level.INQUIRY)
              .group_by(Seat.member_id))
    if person is not None:
        levels = levels.where(Hearing.id.in_(person.all("hearing", "run").with_only_columns(Hearing.id)))
    levels = levels.subquery()
    query = sa.select(Member, levels.c.required).join(levels, levels.c.member_id == Member.id)
    found = [Invited(member, bool(required)) for member, required in session.execute(query)]
    return sorted(found, key=lambda each: (not each.required, each.member.agency.name, each.member.id))


def _carry_over(seat: Seat, mark: Mark | None, moved: bool) -> None:
    if seat.level == Level.INQUIRY:
        return
    if mark == Mark.YES:
        seat.answer(Reply.YES, _("Said ○ when the day was found"))
    elif moved:  # an answer given for another day says nothing about this one
        seat.reply, seat.replied_at = Reply.NONE, None
        seat.reply_note = _("Said %(mark)s when the day was found", mark=mark.sign) if mark else ""


def _whole(query: sa.Select) -> sa.Select:
    return query.options(orm.selectinload(DatePoll.slots), orm.selectinload(DatePoll.replies).selectinload(DateReply.marks))
