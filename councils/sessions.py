"""One session of a council (第n回): a meeting of the house, and what only a council says of it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, session
from councils.models import Council, CouncilMember
from councils.posts import Post, Turnout
from councils.topics import listed, steps
from exports.minutes import Sitting
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Attendance, Hearing, Level, SeatRole
from stationery import house


class CouncilSession(Base):
    """Which session of which council a meeting is, whether people may listen, what is on and which papers lie before all."""

    __tablename__ = "council_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), unique=True)
    number: Mapped[int]
    public: Mapped[bool]
    closed_reason: Mapped[str] = mapped_column(sa.String(200), default="")  # 非公開の理由
    visitors: Mapped[int | None]  # 傍聴者数; None: not noted
    topics: Mapped[str] = mapped_column(sa.Text, default="")  # 議題, one a line
    materials: Mapped[str] = mapped_column(sa.Text, default="")  # 資料, one a line: 資料1, 資料2 …
    version: Mapped[int] = mapped_column(default=1)
    council: Mapped[Council] = orm.relationship(back_populates="sessions")
    meeting: Mapped[Meeting] = orm.relationship(back_populates="sitting")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def plan(cls, council: Council, by, number: int, starts_at, ends_at, public: bool, closed_reason="", topics="", materials="",
             name="", language="ja", **more) -> CouncilSession:
        """Plan a session as a meeting: the members of that day sit, the chair leads, the topics are its agenda.

        Raises Refused for a council that has ended by that day.
        """
        council.ask_day(clock.local(starts_at).date())
        meeting = Meeting.schedule(by, Kind.GENERAL, name or council.name, starts_at, ends_at, **more)
        made = cls(council=council, meeting=meeting, number=number, public=public, closed_reason=closed_reason, topics=topics, materials=materials)
        session.add(made)
        meeting.divide([(None, step) for step in steps(listed(topics), meeting.minutes_planned, language)])
        made.seat_members(by)
        session.flush()
        made._tell_the_last()
        return made

    @classmethod
    def held_in(cls, council: Council, year: int | None = None) -> list[CouncilSession]:
        """Its sessions (of a 年度) that were not called off, in their order, with who sat."""
        table = orm.joinedload(cls.meeting).selectinload(Meeting.hearings).selectinload(Hearing.seats)
        query = (sa.select(cls).join(cls.meeting).where(cls.council_id == council.id, Meeting.cancelled_at.is_(None))
                 .options(table, orm.joinedload(cls.meeting).selectinload(Meeting.minutes_versions)).order_by(Meeting.starts_at, cls.number))
        return list(session.scalars(query if year is None else query.where(Meeting.fiscal_year == year)).unique())

    @classmethod
    def next_number(cls, council: Council, on: date) -> int:
        """The number after the last session (of that 年度, unless it is counted through)."""
        query = sa.select(sa.func.max(cls.number)).join(cls.meeting).where(cls.council_id == council.id, Meeting.cancelled_at.is_(None))
        return (session.scalar(query if council.through else query.where(Meeting.fiscal_year == clock.fiscal_year(on))) or 0) + 1

    @classmethod
    def taken(cls, council: Council, number: int, on: date, except_id: int = 0) -> bool:
        """Whether another session that was not called off bears this number already."""
        query = sa.select(cls.id).join(cls.meeting).where(cls.council_id == council.id, cls.number == number, cls.id != except_id,
                                                          Meeting.cancelled_at.is_(None))
        return session.scalar((query if council.through else query.where(Meeting.fiscal_year == clock.fiscal_year(on))).limit(1)) is not None

    def seat_members(self, by) -> None:
        """Take the members of the day over: the chair leads, whoever keeps the council writes."""
        hearing = self.meeting.hearings[0]
        there = [each for each in self.council.seated(self.on) if each.member.active]
        for term in there:
            level = Level.REQUIRED if term.post.counted else Level.DESIRED
            hearing.seat(term.member, level, SeatRole.FACILITATOR if term.post is Post.CHAIR else SeatRole.PARTICIPANT)
        own = by.member
        if own and own.active and own.id not in {each.member_id for each in there}:
            hearing.seat(own, Level.REQUIRED, SeatRole.NOTE_TAKER)

    def moved(self, before: date) -> None:
        """It is held on another day than before: who is a member on that day only is seated, who was one on the other day only
        is not any more, and a post that changed in between changes the seat. Seats given by hand stay."""
        hearing, was = self.meeting.hearings[0], {each.member_id: each for each in self.council.seated(before)}
        now = {each.member_id: each for each in self.council.seated(self.on) if each.member.active}
        for seat in [each for each in hearing.seats if each.member_id in was and each.member_id not in now and each.role is not SeatRole.NOTE_TAKER]:
            hearing.unseat(seat)
        sits = {each.member_id: each for each in hearing.seats}
        for id, term in now.items():
            if id in sits and id in was and term.post is not was[id].post and sits[id].role in (SeatRole.FACILITATOR, SeatRole.PARTICIPANT):
                sits[id].role = SeatRole.PARTICIPANT  # before somebody else may lead
        led = any(each.role is SeatRole.FACILITATOR for each in hearing.seats)
        for id, term in now.items():
            if id not in sits and id not in was or id in sits and id in was and term.post is not was[id].post:
                role = SeatRole.FACILITATOR if term.post is Post.CHAIR and not led else sits[id].role if id in sits else SeatRole.PARTICIPANT
                hearing.seat(term.member, Level.REQUIRED if term.post.counted else Level.DESIRED, role)

    @classmethod
    def release(cls, council: Council, member) -> list[Meeting]:
        """Take somebody whose term was shortened or taken out from the sessions still to come that lie outside of it; give
        those they sat at."""
        coming = [each for each in cls.held_in(council) if each.meeting.pending and not council.of(member.id, each.on)]
        seats = [(hearing, seat) for sitting in coming for hearing in sitting.meeting.hearings for seat in hearing.seats if seat.member_id == member.id]
        for hearing, seat in seats:
            hearing.unseat(seat)
        return [hearing.meeting for hearing, _seat in seats]

    @property
    def on(self) -> date:
        return clock.local(self.meeting.starts_at).date()

    @property
    def held(self) -> bool:
        """Whether it was opened (and not only planned)."""
        return self.meeting.opened_at is not None

    @property
    def called(self) -> str:
        """令和8年度第2回; 第12回 where it is counted through."""
        year = "" if self.council.through else clock.fiscal_year_name(self.meeting.fiscal_year)
        return f"{year}第{self.number}回"

    @property
    def topic_list(self) -> list[str]:
        return listed(self.topics)

    @property
    def material_list(self) -> list[str]:
        """資料1　…, 資料2　…"""
        return [f"資料{place}　{name}" for place, name in enumerate(listed(self.materials), 1)]

    @property
    def turnout(self) -> Turnout:
        """How many of the members of that day came. A seat of somebody who is no member counts for nothing."""
        members = {each.member_id for each in self.council.seated(self.on) if each.post.counted}
        there = {seat.member_id: seat.attendance for seat in self.meeting.seats if seat.member_id in members and seat.attendance.here}
        return Turnout(len(members), len(there), sum(each is Attendance.PROXY for each in there.values()))

    @property
    def stands(self) -> bool:
        """Whether enough members came."""
        return self.turnout.stands(self.council.quorum, self.council.proxies_count)

    def term_of(self, member_id: int) -> CouncilMember | None:
        """What somebody was in the council on the day of the session."""
        return self.council.of(member_id, self.on)

    def part_of(self, member) -> str:
        """◎委員長, 委員, 事務局: as whom somebody sat; empty for others."""
        term = self.term_of(member.id)
        if term:
            return f"{term.post.mark}{term.post.titled(self.council.chair_title)}"
        else:
            return "事務局" if member.user_id in {each.user_id for each in self.council.keepers} else ""

    # -- for paper: in the words of a Japanese office -------------------------------------------------------------------

    @property
    def openness(self) -> str:
        """公開（傍聴者3名）, 非公開（理由）."""
        if not self.public:
            return f"非公開（{self.closed_reason}）" if self.closed_reason else "非公開"
        return "公開" if self.visitors is None else f"公開（傍聴者{self.visitors}名）"

    @property
    def quorum_words(self) -> str:
        """委員10名の過半数（6名）／出席8名（うち代理1名）　成立; empty where nothing is set or nobody can be there yet."""
        council, came = self.council, self.turnout
        if not council.quorum.needs(1) or not self.held:
            return ""
        left_out = "、代理は算入しない" if came.proxies and not council.proxies_count else ""
        by_proxy = f"（うち代理{came.proxies}名{left_out}）" if came.proxies else ""
        return (f"委員{came.members}名の{council.quorum.law_name}（{council.quorum.needs(came.members)}名）に対し、出席{came.here}名{by_proxy}により"
                f"{'成立' if self.stands else '不成立'}")

    @property
    def row(self) -> Sitting:
        """Its line in the 開催経過."""
        meeting = self.meeting
        begins, ends = (meeting.held_from or meeting.opened_at or meeting.starts_at), (meeting.held_to or meeting.closed_at or meeting.ends_at)
        visitors = f"\n傍聴者{self.visitors}名" if self.visitors else ""
        return Sitting(turn=f"第{self.number}回", held=house.span(begins, max(begins, ends)), how="\n".join(filter(None, [meeting.mode.law_name, meeting.place])),
                       topics="\n".join(f"・{each}" for each in self.topic_list), present=f"{self.turnout.on_paper}{visitors}")

    def course(self) -> tuple[Sitting, ...]:
        """開催経過: the sessions of this 年度 that were held, up to this one."""
        return tuple(each.row for each in CouncilSession.held_in(self.council, self.meeting.fiscal_year)
                     if each.held and each.meeting.starts_at <= self.meeting.starts_at)

    def following(self) -> CouncilSession | None:
        """The next session, if it is planned."""
        query = sa.select(CouncilSession).join(CouncilSession.meeting).where(
            CouncilSession.council_id == self.council_id, Meeting.cancelled_at.is_(None), Meeting.starts_at > self.meeting.starts_at)
        return session.scalars(query.order_by(Meeting.starts_at).limit(1)).unique().first()

    def settle_next(self) -> None:
        """Write down when the next session is, where nobody did: from then on the record says what was known at the closing,
        whatever becomes of that session."""
        hearing = self.meeting.hearings[0]
        hearing.next_meeting = hearing.next_meeting or self.next_words

    def _tell_the_last(self) -> None:
        """The session is planned after the last one closed: its record, as long as nobody has read its draft, tells of this one."""
        query = sa.select(CouncilSession).join(CouncilSession.meeting).where(
            CouncilSession.council_id == self.council_id, Meeting.cancelled_at.is_(None), Meeting.starts_at < self.meeting.starts_at)
        last = session.scalars(query.order_by(Meeting.starts_at.desc()).limit(1)).unique().first()
        if last and last.meeting.closed and not last.meeting.minutes_versions and not last.meeting.circulations:
            last.settle_next()

    @property
    def next_words(self) -> str:
        """第3回　令和8年12月2日（水） …: what the minutes say of the next session where nobody wrote it down."""
        after = self.following()
        return f"第{after.number}回　{house.span(after.meeting.starts_at, after.meeting.ends_at)}　{after.meeting.place}".strip() if after else ""

    def on_paper(self) -> dict:
        """What the minutes say that only a council's do (`exports.minutes.Minutes`)."""
        return dict(public=self.openness, quorum=self.quorum_words, materials=tuple(self.material_list), course=self.course())
