"""Recurring meetings (定例の枠): a rule, its exceptions, and the planned meetings made from it ahead of time.

Making them twice makes nothing twice: each day of the rule is remembered. A change of the rule moves only the meetings
that nobody was invited to, that nobody moved by hand, and whose day is not being found at the moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from meetings import templates
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from meetings.table import Hearing
from preparation.dates import DatePoll
from preparation.series_days import Frame, OnClosed, Pattern, Rule, frames, paired


class Series(Base):
    """毎月第2水曜 14:00–16:00, at a place, under a name, of a legal kind, from one day to another."""

    __tablename__ = "meeting_series"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    pattern: Mapped[Pattern] = mapped_column(choice(Pattern))
    weekday: Mapped[int]
    ordinals: Mapped[str] = mapped_column(sa.String(20), default="")  # "2,4": the second and the fourth of a month
    weeks: Mapped[int] = mapped_column(default=1)
    starts: Mapped[time]
    ends: Mapped[time]
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    online_url: Mapped[str] = mapped_column(sa.String(300), default="")
    mode: Mapped[Mode] = mapped_column(choice(Mode))
    template: Mapped[str] = mapped_column(sa.String(40))
    first_on: Mapped[date]
    last_on: Mapped[date]
    on_closed: Mapped[OnClosed] = mapped_column(choice(OnClosed))
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    uid: Mapped[str] = mapped_column(sa.String(80), default=lambda: f"{uuid.uuid4()}@kurumaza")  # of its calendar entry
    version: Mapped[int] = mapped_column(default=1)
    exceptions: Mapped[list[SeriesException]] = orm.relationship(order_by="SeriesException.rule_day", cascade="all, delete-orphan")
    meetings: Mapped[list[SeriesMeeting]] = orm.relationship(order_by="SeriesMeeting.rule_day", cascade="all, delete-orphan")
    __table_args__ = (sa.CheckConstraint("ends > starts", name="ends_after_start"),
                      sa.CheckConstraint("last_on >= first_on", name="last_after_first"))
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def listed(cls) -> list[Series]:
        """All series, those that go on longest first."""
        return list(session.scalars(sa.select(cls).order_by(cls.last_on.desc(), cls.name, cls.id)))

    @classmethod
    def with_meetings(cls, id: int) -> Series | None:
        """One series with all that its page shows of the meetings made from it."""
        made = orm.selectinload(cls.meetings).joinedload(SeriesMeeting.meeting).selectinload(Meeting.hearings).selectinload(Hearing.seats)
        return session.scalar(sa.select(cls).where(cls.id == id).options(orm.selectinload(cls.exceptions), made))

    @property
    def rule(self) -> Rule:
        return Rule(self.pattern, self.weekday, tuple(int(each) for each in self.ordinals.split(",") if each), self.weeks)

    @property
    def preview(self) -> list[Frame]:
        """Every day of the rule, and when it is held."""
        by_hand = {each.rule_day: each.moved_to for each in self.exceptions}
        return frames(self.rule, self.first_on, self.last_on, self.on_closed, by_hand)

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when to when it is held on a day."""
        return clock.instant(day, self.starts), clock.instant(day, self.ends)

    def hold(self, rule_day: date, on: date | None) -> None:
        """Move one day of the rule by hand, or leave it out (None). Raises Refused for a day that is not of the rule."""
        self._ask_rule_day(rule_day)
        self.as_usual(rule_day)
        self.exceptions.append(SeriesException(rule_day=rule_day, moved_to=on))

    def as_usual(self, rule_day: date) -> None:
        """Hold one day as the rule says again."""
        self._ask_rule_day(rule_day)
        self.exceptions = [each for each in self.exceptions if each.rule_day != rule_day]
        session.flush()

    def steps(self, by) -> Steps:
        """What making the meetings would do now, done by this person."""
        free = self._movable(by)
        fixed = {each.rule_day for each in self.meetings} - set(free)
        wanted = {each.rule_day: each.day for each in self.preview
                  if each.day and self.span(each.day)[0] > utcnow() and each.rule_day not in fixed}
        pairs = paired(free, wanted)
        return Steps(
            new={rule_day: day for rule_day, day in wanted.items() if rule_day not in pairs.values()},
            change=[(free[old], rule_day, wanted[rule_day]) for old, rule_day in sorted(pairs.items())
                    if not self._as_it_stands(free[old], rule_day, wanted[rule_day])],
            drop=[each for rule_day, each in free.items() if rule_day not in pairs and each.empty])

    def make(self, by, language: str) -> Steps:
        """Make the planned meetings that are missing, bring those nobody was invited to up to date, call the needless off."""
        steps = self.steps(by)
        Meeting.hold([each.meeting_id for each in (*steps.drop, *(made for made, _rule_day, _day in steps.change))])
        for each in steps.drop:
            each.meeting.cancel()
            self.meetings.remove(each)  # so that its day can be planned again later
        session.flush()
        for made, rule_day, day in steps.change:
            made.rule_day = rule_day
            self._adapt(made, day, by)
        for rule_day, day in steps.new.items():
            self.meetings.append(self._planned(rule_day, day, by, language))
            session.flush()  # each takes the next number of the year
        return steps

    def _planned(self, rule_day: date, day: date, by, language: str) -> SeriesMeeting:
        begins, ends = self.span(day)
        meeting = Meeting.schedule(by, self.kind, self.name, begins, ends, place=self.place, mode=self.mode, online_url=self.online_url)
        meeting.divide([(None, step) for step in templates.steps(self.template, language)])
        return SeriesMeeting(rule_day=rule_day, meeting=meeting, laid_at=begins)

    def _adapt(self, made: SeriesMeeting, day: date, by) -> None:
        meeting, span = made.meeting, self.span(day)
        meeting.name, meeting.place, meeting.mode, meeting.online_url = self.name, self.place, self.mode, self.online_url
        if span != (meeting.starts_at, meeting.ends_at):
            meeting.reschedule(*span, by=by)
        made.laid_at = span[0]

    def _as_it_stands(self, made: SeriesMeeting, rule_day: date, day: date) -> bool:
        meeting = made.meeting
        return ((made.rule_day, meeting.starts_at, meeting.ends_at, meeting.name, meeting.place, meeting.mode, meeting.online_url)
                == (rule_day, *self.span(day), self.name, self.place, self.mode, self.online_url))

    def _movable(self, by) -> dict[date, SeriesMeeting]:
        """Meetings made that may still follow the rule, by its day; those with cases only for whoever runs them."""
        if not self.meetings:
            return {}
        finding = set(session.scalars(sa.select(DatePoll.meeting_id).join(SeriesMeeting, SeriesMeeting.meeting_id == DatePoll.meeting_id)
                                      .where(SeriesMeeting.series_id == self.id, DatePoll.closed_at.is_(None))))
        ids = [each.meeting_id for each in self.meetings]
        runs = set(session.scalars(by.all("meeting", "run").where(Meeting.id.in_(ids)).with_only_columns(Meeting.id)))
        return {each.rule_day: each for each in self.meetings
                if each.follows and each.meeting_id not in finding and (each.meeting_id in runs or not each.meeting.hearings)}

    def _ask_rule_day(self, rule_day: date) -> None:
        if rule_day not in self.rule.days(self.first_on, self.last_on):
            raise Refused(_("This day is not one of the series any more."), _("Open the page of the series again."))


class SeriesException(Base):
    """One day of a rule, moved or left out by hand."""

    __tablename__ = "series_exception"
    series_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_series.id", ondelete="CASCADE"), primary_key=True)
    rule_day: Mapped[date] = mapped_column(primary_key=True)
    moved_to: Mapped[date | None]


class SeriesMeeting(Base):
    """Which meeting was made for which day of a rule, and for when it was laid."""

    __tablename__ = "series_meeting"
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    series_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_series.id", ondelete="CASCADE"))
    rule_day: Mapped[date]
    laid_at: Mapped[datetime] = mapped_column(UtcDateTime)
    meeting: Mapped[Meeting] = orm.relationship(lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("series_id", "rule_day"),)

    @property
    def empty(self) -> bool:
        """Whether neither a case nor anybody at the table would be lost with it."""
        return not any(hearing.case_id or hearing.seats for hearing in self.meeting.hearings)

    @property
    def follows(self) -> bool:
        """Whether it still follows its series: to come, nobody invited, and where the series laid it."""
        meeting = self.meeting
        return meeting.pending and meeting.invited_at is None and meeting.starts_at > utcnow() and meeting.starts_at == self.laid_at


@dataclass(frozen=True)
class Steps:
    """What is to be done so that the planned meetings are as the series says."""

    new: dict[date, date] = field(default_factory=dict)  # day of the rule: day held
    change: list[tuple[SeriesMeeting, date, date]] = field(default_factory=list)
    drop: list[SeriesMeeting] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.change or self.drop)
