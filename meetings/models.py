"""A meeting, its agenda, and the cases it hears one after the other (meetings/table.py: who sits for which)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from ground_rules.models import AckMethod, Acknowledgement, Edition
from meetings import agenda
from meetings.ground import ask_consent, permitted
from meetings.kinds import Kind
from meetings.steps import AgendaItem
from meetings.table import Hearing, Seat, SeatRole


class Mode(enum.Enum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    BOTH = "both"

    @property
    def label(self):
        return {"in_person": later("In person"), "online": later("Online"), "both": later("In person and online")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands on paper."""
        return {"in_person": "対面", "online": "オンライン", "both": "対面・オンライン併用"}[self.value]


class Meeting(Base):
    """One sitting: a legal kind, a display name, a time, one or several cases."""

    __tablename__ = "meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    name: Mapped[str] = mapped_column(sa.String(80))
    fiscal_year: Mapped[int] = mapped_column(index=True)
    serial: Mapped[int]  # 第n回 of this kind in this 年度
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    online_url: Mapped[str] = mapped_column(sa.String(300), default="")
    mode: Mapped[Mode] = mapped_column(choice(Mode), default=Mode.IN_PERSON)
    frame: Mapped[bool] = mapped_column(default=False)  # 枠: planned before anybody knew which cases it would hear
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # 廃棄済み: only number, kind and dates are left (retention/)
    held_from: Mapped[datetime | None] = mapped_column(UtcDateTime)  # as people remember it, for the minutes
    held_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rules_shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    uid: Mapped[str] = mapped_column(sa.String(80), default=lambda: f"{uuid.uuid4()}@kurumaza")
    sequence: Mapped[int] = mapped_column(default=0)  # of the calendar entry, RFC 5546
    switched_from: Mapped[str] = mapped_column(sa.String(200), default="")
    version: Mapped[int] = mapped_column(default=1)
    edition: Mapped[Edition] = orm.relationship(lazy="joined", innerjoin=True)
    hearings: Mapped[list[Hearing]] = orm.relationship(back_populates="meeting", order_by="Hearing.position",
                                                       cascade="all, delete-orphan")
    agenda: Mapped[list[AgendaItem]] = orm.relationship(back_populates="meeting", order_by="AgendaItem.position",
                                                        cascade="all, delete-orphan")
    minutes_versions = orm.relationship("MinutesVersion", back_populates="meeting", order_by="MinutesVersion.number")
    rule_review = orm.relationship("RuleReview", back_populates="meeting", uselist=False)
    sitting = orm.relationship("CouncilSession", back_populates="meeting", uselist=False, passive_deletes=True)  # of a council, if it is one
    circulations = orm.relationship("Circulation", back_populates="meeting", order_by="Circulation.number")
    __table_args__ = (sa.UniqueConstraint("kind", "fiscal_year", "serial"),
                      sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"))
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def schedule(cls, by, kind: Kind, name: str, starts_at: datetime, ends_at: datetime, case=None, purpose="", to_decide="",
                 **more) -> Meeting:
        """Plan a meeting, with its next number of the year (第n回). A kind that hears cases, planned without one, is a
        frame (枠) into which cases are put later.

        Raises Refused for a 重層的支援会議 whose case lacks consent on that day.
        """
        on = clock.local(starts_at).date()
        if case is not None:
            ask_consent(kind, case, on)
        year, frame = clock.fiscal_year(on), kind.hears_cases and case is None
        meeting = cls(kind=kind, name=name, fiscal_year=year, serial=cls._next_serial(kind, year), starts_at=starts_at,
                      ends_at=ends_at, edition=Edition.planned_for(on), planned_by_id=by.id, frame=frame, **more)
        if not frame:
            meeting.hearings.append(Hearing(case=case, position=1, purpose=purpose, to_decide=to_decide))
        session.add(meeting)
        return meeting

    def hear(self, case, purpose="", to_decide="", steps=()) -> Hearing:
        """Put a case into this meeting, after those it hears already; `steps` (as in `AgendaItem.step`) are its turn
        when it is not the first.

        Raises Refused for a meeting that has begun or hears no cases, a case that is in it already, and one without the
        consent this kind needs.
        """
        self._still_pending()
        if not self.kind.hears_cases:
            raise Refused(_("This kind of meeting hears no cases."), _("Plan a support meeting from the page of the case."))
        if any(each.case_id == case.id for each in self.hearings):
            raise Refused(_("This meeting hears the case already."))
        ask_consent(self.kind, case, clock.local(self.starts_at).date())
        turns = [(each.hearing, each.step) for each in self.agenda]
        if len(self.hearings) == 1:  # until now the agenda was the first case's; the opening stays common
            turns = turns[:1] + [(self.hearings[0], step) for _nobody, step in turns[1:]]
        hearing = Hearing(meeting=self, case=case, position=len(self.hearings) + 1, purpose=purpose, to_decide=to_decide)
        session.add(hearing)
        if len(self.hearings) > 1:
            self.divide(turns + [(hearing, step) for step in steps])
        self.timetable_changes()
        return hearing

    def take_turns(self, turns: list[tuple[Hearing, list[dict] | None]]) -> None:
        """Hear these cases in this order, each by its new steps, or by those it has (None); other cases follow as they were."""
        self._still_pending()
        first = [hearing for hearing, _steps in turns]
        order = first + [each for each in self.hearings if each not in first]
        new = {hearing: steps for hearing, steps in turns if steps is not None}
        kept = {hearing: [each.step for each in self.agenda if each.hearing is hearing] for hearing in (None, *order)}
        for position, hearing in enumerate(order, 1):
            hearing.position = position
        self.divide([(None, step) for step in kept[None]] + [(each, step) for each in order for step in new.get(each, kept[each])])

    def drop(self, hearing: Hearing) -> None:
        """Take a case that has not been opened out of the meeting again, with its table; the meeting stays, as a frame if
        it was the last."""
        if hearing.opened_at or self.closed_at or self.cancelled_at:
            raise Refused(_("This case has been opened already."), _("Open the room again."))
        self.hearings.remove(hearing)
        for item in [each for each in self.agenda if each.hearing is hearing]:
            self.agenda.remove(item)
        for position, each in enumerate(self.hearings, 1):
            each.position = position
        self.frame = self.frame or not self.hearings
        self.timetable_changes()

    def divide(self, steps: list[tuple[Hearing | None, dict]]) -> None:
        """Set the timetable anew: (hearing or None for all of them, what `AgendaItem.step` gives), in their order."""
        self.agenda = [AgendaItem(position=place, hearing=hearing, **step) for place, (hearing, step) in enumerate(steps, 1)]
        self.timetable_changes()

    def steps(self, hearings) -> list[AgendaItem]:
        """The agenda as somebody who may see these hearings sees it: of the other cases not even the existence."""
        seen = {each.id for each in hearings}
        return [each for each in self.agenda if each.hearing_id is None or each.hearing_id in seen]

    def slot(self, hearings) -> tuple[datetime, datetime]:
        """From when to when these hearings are on: the whole meeting, unless the timetable gives cases times of their own."""
        starts = agenda.starts(self.starts_at, [each.minutes for each in self.agenda])
        own = [(at, at + timedelta(minutes=each.minutes)) for at, each in zip(starts, self.agenda) if each.hearing in hearings]
        if len(self.hearings) > 1 and own:
            return min(at for at, _end in own), max(end for _at, end in own)
        else:
            return self.starts_at, self.ends_at

    def span_of(self, member) -> tuple[datetime, datetime]:
        """From when to when somebody who sits is needed here."""
        return self.called([seat.hearing for seat in self.seats if seat.member_id == member.id])

    def called(self, hearings) -> tuple[datetime, datetime]:
        """From when to when the people of these hearings are asked to be here: those of the first case from the opening on."""
        begins, ends = self.slot(hearings)
        return (self.starts_at if self.hearings[:1] and self.hearings[0] in hearings else begins), ends

    def timetable_changes(self) -> None:
        """Ask those invited anew: people invited to a meeting of several cases come for their own time. Whoever has the
        plan open sees that it is another one now."""
        if self.id:
            self.version += 1
        if self.invited_at and (len(self.hearings) > 1 or self.frame):
            self.sequence += 1
        live.touch(self.topic)

    @classmethod
    def _next_serial(cls, kind: Kind, year: int) -> int:
        last = session.scalar(sa.select(sa.func.max(cls.serial)).where(cls.kind == kind, cls.fiscal_year == year)) or 0
        # a number that a switch gave up stands on record: nobody else gets it
        given_up = session.scalar(sa.select(sa.func.max(cls.switched_from))
                                  .where(cls.switched_from.startswith(_series(kind, year)))) or "0"
        return max(last, int(given_up.rpartition("-")[2])) + 1

    @property
    def topic(self) -> str:
        return f"meeting/{self.id}"

    @property
    def day(self) -> date:
        """The day for which it is called, in the office's time."""
        return clock.local(self.starts_at).date()

    @property
    def reference(self) -> str:
        """R08-支援-0003: how the office refers to this meeting without naming anybody."""
        return f"{_series(self.kind, self.fiscal_year)}{self.serial:04d}"

    @property
    def opened(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @property
    def cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def disposed(self) -> bool:
        return self.disposed_at is not None

    @property
    def pending(self) -> bool:
        """Neither opened nor called off yet."""
        return self.opened_at is None and self.cancelled_at is None

    @property
    def final(self):
        """The minutes version in force: the last one, if nobody has reopened it."""
        last = self.minutes_versions[-1] if self.minutes_versions else None
        return last if last and last.reopened_at is None else None

    @property
    def minutes_planned(self) -> int:
        """Minutes from start to end."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    @property
    def seats(self) -> list[Seat]:
        return [seat for hearing in self.hearings for seat in hearing.seats]

    def seat_of(self, user) -> Seat | None:
        """This person's first seat at this meeting."""
        return next((seat for seat in self.seats if seat.member.user_id and seat.member.user_id == user.id), None)

    def people(self) -> list:
        """Everybody who sits, each once."""
        return list({seat.member_id: seat.member for seat in self.seats}.values())

    def holder(self, role: SeatRole):
        """Who holds a role at the table, or None."""
        return next((seat.member for seat in self.seats if seat.role == role), None)

    @classmethod
    def hold(cls, ids) -> None:
        """Let nobody else write to these meetings until this is on record. Whoever moves meetings holds them all, in the order
        of their ids, before asking for their edition, as does whoever publishes one: so neither waits for the other (PostgreSQL)."""
        session.execute(sa.select(cls.id).where(cls.id.in_(ids)).order_by(cls.id).with_for_update(key_share=True))

    def reschedule(self, starts_at: datetime, ends_at: datetime, by) -> None:
        """Move the meeting; people invited before are asked anew. Consent must hold on the new day too."""
        self._ask_consents(self.kind, clock.local(starts_at).date(), by)
        sitting, before = None if self.kind.hears_cases else self.sitting, self.day
        if sitting:
            sitting.council.ask_day(clock.local(starts_at).date())
        Meeting.hold([self.id])
        self.edition = Edition.planned_for(clock.local(starts_at).date())
        self.starts_at, self.ends_at = starts_at, ends_at
        self.sequence += 1
        for seat in self.seats:
            if seat.invited_at:
                seat.withdraw_answer()  # it was for another day
        if sitting and self.day != before:
            sitting.moved(before)

    def settle_in(self, place: str, online_url: str) -> bool:
        """Hold it at this place and under this address; give whether people invited before are to be told."""
        moved = (self.place, self.online_url) != (place, online_url)
        self.place, self.online_url = place, online_url
        if moved and self.invited_at:
            self.sequence += 1
        return moved and self.invited_at is not None

    def switch_to_juso(self, by) -> None:
        """支援会議 → 重層的支援会議, when consent has arrived; the record keeps both."""
        self._ask_consents(Kind.JUSO, clock.local(self.starts_at).date(), by)
        self.switched_from = self.reference
        self.kind, self.serial = Kind.JUSO, self._next_serial(Kind.JUSO, self.fiscal_year)

    def acknowledged_by(self, member) -> Acknowledgement | None:
        """This person's acknowledgement of the rules this meeting goes by."""
        return self.acknowledgements.get(member.id)

    @property
    def acknowledgements(self) -> dict[int, Acknowledgement]:
        """By member id: who has acknowledged the edition this meeting goes by."""
        query = sa.select(Acknowledgement).where(Acknowledgement.meeting_id == self.id,
                                                 Acknowledgement.edition_id == self.edition_id)
        return {each.member_id: each for each in session.scalars(query)}

    def acknowledge(self, member, by, method: AckMethod = AckMethod.SCREEN) -> None:
        """Record that a member accepts the rules for this meeting; a second time changes nothing."""
        if member.id not in self.acknowledgements:
            session.add(Acknowledgement(meeting_id=self.id, member_id=member.id, edition_id=self.edition_id,
                                        method=method, recorded_by_id=by.id))
            live.touch(self.topic)

    def open(self, by, hearing: Hearing | None = None) -> None:
        """Open the meeting with its first case (or another one). Raises Refused when that kind's consent is missing for
        the case, nobody is there, or there is no case."""
        self._still_pending()
        first = hearing or next(iter(self.hearings), None)
        if first is None:
            raise Refused(_("No case is put into this meeting yet."), _("Put one in from the page of the case."))
        first.ask_opening()
        self.opened_at = self.rules_shown_at = utcnow()
        first.open(by)

    def ask_closing(self) -> None:
        """Raise Refused when the meeting cannot be closed now: it is not open, or a case still waits."""
        if not self.opened:
            raise Refused(_("This meeting is not open."))
        if any(each.opened_at is None for each in self.hearings):
            raise Refused(_("A case of this meeting has not been opened yet."),
                          _("Open it, or take it out of the meeting. If it is another team's, ask them first."))

    def close(self, by) -> None:
        """Close the meeting: the room ends, confirming begins. Raises Refused like `ask_closing`."""
        self.ask_closing()
        self.closed_at = utcnow()
        for item in self.agenda:
            item.stop()
        if not self.kind.hears_cases and self.sitting:
            self.sitting.settle_next()
        live.touch(self.topic)

    def cancel(self) -> None:
        """Call a planned meeting off."""
        self._still_pending()
        self.cancelled_at = utcnow()
        self.sequence += 1
        live.touch(self.topic)

    def _ask_consents(self, kind: Kind, on, by) -> None:
        """Raise Refused when a case may not be heard then; who of another team's household has not consented is not said."""
        for case in (each.case for each in self.hearings if each.case is not None):
            if case.has_on_team(by):
                ask_consent(kind, case, on)
            elif not permitted(kind, case, on):
                raise Refused(_("For a case of another team the consent is missing; this cannot be a plan review meeting (重層的支援会議)."),
                              _("Ask the coordinator who brings that case, or hold it as a statutory support meeting (支援会議)."))

    def _still_pending(self) -> None:
        if self.opened_at:
            raise Refused(_("This meeting has been opened already."), _("Open the page of the meeting again."))
        if self.cancelled_at:
            raise Refused(_("This meeting was called off."), _("Plan a new one from the page of the case."))


def _series(kind: Kind, year: int) -> str:
    """R08-支援-: how the references of one kind in one 年度 begin."""
    short = {"juso": "重層", "shien": "支援", "premeeting": "事前", "general": "会議"}[kind.value]
    return f"{clock.fiscal_year_code(year)}-{short}-"
