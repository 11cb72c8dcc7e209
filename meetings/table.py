"""The table of a case in a meeting: the hearing, and who sits for it."""

from __future__ import annotations

from datetime import datetime
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from meetings.ground import ask_consent
from meetings.kinds import Kind

if TYPE_CHECKING:
    from meetings.models import Meeting


FAMILY = "FAM"  # the domain of 本人・家族


class Level(enum.Enum):
    """How much somebody is needed: to act, to know, or to answer in writing."""

    REQUIRED = "required"
    DESIRED = "desired"
    INQUIRY = "inquiry"

    @property
    def label(self):
        return {"required": later("Required"), "desired": later("If possible"), "inquiry": later("Written inquiry only")}[self.value]


class SeatRole(enum.Enum):
    FACILITATOR = "facilitator"
    NOTE_TAKER = "note_taker"
    TIMEKEEPER = "timekeeper"
    PRESENTER = "presenter"
    PARTICIPANT = "participant"

    @property
    def label(self):
        return {"facilitator": later("Facilitator"), "note_taker": later("Note-taker"), "timekeeper": later("Timekeeper"),
                "presenter": later("Case presenter"), "participant": later("Participant")}[self.value]

    @property
    def law_name(self) -> str:
        return {"facilitator": "進行役", "note_taker": "記録者", "timekeeper": "タイムキーパー", "presenter": "事例提供者",
                "participant": ""}[self.value]


class Reply(enum.Enum):
    """The answer to an invitation."""

    NONE = "none"
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"

    @property
    def label(self):
        return {"none": later("No answer yet"), "yes": later("Will attend"), "maybe": later("Not sure yet"),
                "no": later("Cannot attend")}[self.value]


class Attendance(enum.Enum):
    UNKNOWN = "unknown"
    PRESENT = "present"
    ONLINE = "online"
    PROXY = "proxy"
    ABSENT = "absent"
    WRITTEN = "written"

    @property
    def label(self):
        return {"unknown": later("Not noted"), "present": later("Present"), "online": later("Present online"),
                "proxy": later("By proxy"), "absent": later("Absent"), "written": later("Answered in writing")}[self.value]

    @property
    def here(self) -> bool:
        return self in (Attendance.PRESENT, Attendance.ONLINE, Attendance.PROXY)


class Hearing(Base):
    """One case heard in one meeting, with its own table and its own part of the minutes. No case: a general meeting."""

    __tablename__ = "hearing"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    position: Mapped[int]
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    to_decide: Mapped[str] = mapped_column(sa.Text, default="")
    next_meeting: Mapped[str] = mapped_column(sa.Text, default="")
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # cases of one meeting open one after the other
    verdict: Mapped[str] = mapped_column(sa.Text, default="")
    emergency: Mapped[str] = mapped_column(sa.Text, default="")
    shown: Mapped[str] = mapped_column(sa.String(20), default="")  # the screen held on the wall; "" follows the agenda
    words_shown: Mapped[bool] = mapped_column(default=False)  # the person's own words on the wall: their team chose so
    lead_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    meeting: Mapped[Meeting] = orm.relationship(back_populates="hearings", lazy="joined", innerjoin=True)
    case = orm.relationship("Case", back_populates="hearings", lazy="joined")
    lead_agency = orm.relationship("Agency", lazy="joined")
    seats: Mapped[list[Seat]] = orm.relationship(back_populates="hearing", order_by="Seat.id", cascade="all, delete-orphan")
    entries = orm.relationship("Entry", back_populates="hearing", order_by="Entry.position, Entry.id")
    actions = orm.relationship("ActionItem", back_populates="hearing", order_by="ActionItem.id")
    ideas = orm.relationship("ResourceIdea", back_populates="hearing", order_by="ResourceIdea.id")
    rounds = orm.relationship("Round", back_populates="hearing", order_by="Round.id")
    cards = orm.relationship("CardUse", back_populates="hearing", order_by="CardUse.shown_at, CardUse.id")
    __table_args__ = (sa.UniqueConstraint("meeting_id", "case_id"),)

    @property
    def capturing(self) -> bool:
        """Whether lines may still be written: from the opening of the case until the minutes are final."""
        return self.opened_at is not None and self.meeting.final is None

    def confided(self, since: datetime) -> bool:
        """Whether a step shared with some of the table only (限定共有) ran at any moment from `since` until now."""
        steps = [each for each in self.meeting.agenda if each.limited and each.hearing in (None, self) and each.started_at]
        return any(each.ended_at is None or each.ended_at > since for each in steps)

    @property
    def confiding(self) -> bool:
        """Whether such a step runs now."""
        return any(each.limited and each.current and each.hearing in (None, self) for each in self.meeting.agenda)

    @property
    def consented(self) -> bool:
        """Whether today's consents would let this be heard in a 重層的支援会議."""
        return self.case is None or self.case.consented(clock.today())

    @property
    def shut(self) -> bool:
        """Whether this case cannot be opened as things stand: its kind needs a consent that will not hold on the day."""
        day = max(clock.today(), clock.local(self.meeting.starts_at).date())
        waiting = self.opened_at is None and not self.meeting.closed and not self.meeting.cancelled
        return waiting and self.case is not None and self.meeting.kind == Kind.JUSO and not self.case.consented(day)

    @property
    def silent(self) -> list:
        """Whose consent does not hold on the day of the meeting."""
        return self.case.without_consent(max(clock.today(), clock.local(self.meeting.starts_at).date())) if self.case else []

    @property
    def ground_lost(self) -> list:
        """Whose consent does not hold any more although this case is being heard on the strength of it. The table stays
        open: people sit in the room, and whoever leads asks whether they go on."""
        open_now = self.opened_at is not None and self.meeting.opened and self.meeting.kind == Kind.JUSO and self.case is not None
        return self.case.without_consent(clock.today()) if open_now else []

    @property
    def label(self) -> str:
        """R08-0007 Aさん世帯: how those who may see it know the case; the meeting's name where there is none."""
        return f"{self.case.number} {self.case.label}" if self.case else self.meeting.name

    def ask_opening(self) -> None:
        """Raise Refused when this case may not be opened now: consent withdrawn since, nobody there, or open already."""
        if self.opened_at:
            raise Refused(_("This case has been opened already."), _("Open the room again."))
        if self.case is not None:
            ask_consent(self.meeting.kind, self.case, clock.today())  # consent may have been withdrawn since
        if not any(seat.attendance.here for seat in self.seats):
            raise Refused(_("Nobody is noted as present."), _("Note who is here, then open the meeting."))

    def open(self, by) -> None:
        """Open this case in a meeting that is open; its first step begins. Raises Refused like `ask_opening`."""
        if not self.meeting.opened:
            raise Refused(_("This meeting is not open."))
        self.ask_opening()
        self.opened_at = utcnow()
        running = next((each for each in self.meeting.agenda if each.current), None)
        own = [each for each in self.meeting.agenda if each.hearing is self]
        first = next(iter(own if running else self.meeting.agenda), None)
        if first is not None:
            first.start()
        live.touch(self.meeting.topic)

    def ask_capturing(self) -> None:
        """Raise Refused when nothing may be written for this case now. From here until the transaction ends nobody makes
        the minutes final: what is acknowledged stands in them."""
        self.hold()
        if not self.capturing:
            raise Refused(_("Nothing can be written here now: the meeting is not open yet, or its minutes are final."),
                          _("To change final minutes, reopen them with a reason."))

    def hold(self) -> None:
        """Until this transaction ends, nobody else writes, moves or undoes anything at this table, or makes its minutes
        final (on PostgreSQL, where two writers run side by side). What only names the table need not wait."""
        if not sa.inspect(self).persistent:
            return
        with session.no_autoflush:  # nothing is locked before the table is: two writers never wait for each other
            session.execute(sa.select(Hearing.id).where(Hearing.id == self.id).with_for_update(key_share=True))
            if session.bind.dialect.name == "postgresql":  # we may have waited while the minutes became final
                session.refresh(self.meeting, ["minutes_versions"])
                for version in self.meeting.minutes_versions[-1:]:
                    session.refresh(version)

    def seat(self, member, level: Level, role: SeatRole, confidant: bool | None = None) -> Seat:
        """Give somebody a seat for this case, or change the one they have. Whether they share in what is told to some of the
        table only (限定共有) goes by who they are when a seat is new and nothing is said."""
        found = next((each for each in self.seats if each.member_id == member.id), None)
        if found is None:
            found = Seat(member=member, reply=Reply.NONE, attendance=Attendance.UNKNOWN, confidant=confides(member))
            self.seats.append(found)
        found.level, found.role = level, role
        if confidant is not None:
            found.confidant = confidant
        return found

    def unseat(self, seat: Seat) -> None:
        """Take somebody from the table; what they may see of the case ends with it."""
        self.seats.remove(seat)
        live.touch(self.meeting.topic)


def confides(member) -> bool:
    """Whether somebody shares in what is told to some of the table only, unless it is said otherwise: an agency does, the
    person and the family (本人・家族) do not, for it may be about them and told by somebody else."""
    return all(each.code != FAMILY for each in member.agency.domains)


class Seat(Base):
    """A person at the table of one case: this, and nothing else, lets a participant see it."""

    __tablename__ = "seat"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    level: Mapped[Level] = mapped_column(choice(Level), default=Level.REQUIRED)
    role: Mapped[SeatRole] = mapped_column(choice(SeatRole), default=SeatRole.PARTICIPANT)
    reply: Mapped[Reply] = mapped_column(choice(Reply), default=Reply.NONE)
    reply_note: Mapped[str] = mapped_column(sa.String(200), default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attendance: Mapped[Attendance] = mapped_column(choice(Attendance), default=Attendance.UNKNOWN)
    proxy_name: Mapped[str] = mapped_column(sa.String(80), default="")
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confidant: Mapped[bool] = mapped_column(default=True)  # shares in what is told to some of the table only (限定共有)
    invited_sequence: Mapped[int | None]  # which wording of the calendar entry they were sent
    hearing: Mapped[Hearing] = orm.relationship(back_populates="seats")
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("hearing_id", "member_id"),)  # nobody sits twice at one table

    @property
    def invited(self) -> bool:
        """Whether this person holds the invitation as it stands now."""
        return self.invited_at is not None and self.invited_sequence == self.hearing.meeting.sequence

    @property
    def family(self) -> bool:
        """Whether the person themselves or their family sit here (本人・家族)."""
        return not confides(self.member)

    def answer(self, reply: Reply, note: str = "", at: datetime | None = None) -> None:
        """Answer the invitation, now or at the moment a mail says."""
        self.reply, self.reply_note, self.replied_at = reply, note, at or utcnow()

    def withdraw_answer(self) -> None:
        """What was asked has changed: nothing is answered yet."""
        self.reply, self.reply_note, self.replied_at = Reply.NONE, "", None
