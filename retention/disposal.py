"""The disposal (廃棄) of records whose term has ended: one person proposes, another decides, one of the two carries it out.

The same person never approves what they proposed, with whichever account; and whoever decides or carries out has seen the
list as it stands. At the moment of carrying out, every meeting is locked and its term and
holds are asked once more in the same transaction: a stop laid a second before still counts, and either the whole list is
carried out or nothing of it.
"""

from __future__ import annotations

from datetime import date, datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import Case
from core import audit, clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from identities.words import plain
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing
from retention import register, removal
from retention.terms import State


class Decision(enum.Enum):
    """What another person decided about one record of a list."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    TRANSFERRED = "transferred"

    @property
    def label(self):
        return {"pending": later("Waits for a decision"), "approved": later("To be disposed of"), "refused": later("Not disposed of"),
                "transferred": later("Handed to the archives")}[self.value]

    @property
    def law_name(self) -> str:
        """As it stands on the certificate."""
        return {"pending": "未決定", "approved": "廃棄", "refused": "廃棄しない", "transferred": "移管"}[self.value]

    @property
    def chip(self) -> str:
        return {"pending": "warn", "approved": "stop", "refused": "ok", "transferred": "info"}[self.value]


class Disposal(Base):
    """A list of records that somebody proposed for disposal, until it is carried out; then with its certificate."""

    __tablename__ = "disposal"
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]  # fiscal year of the proposal
    note: Mapped[str] = mapped_column(sa.Text, default="")
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    certificate: Mapped[str] = mapped_column(sa.Text, default="")  # JSON, see retention/certificate.py
    certificate_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    version: Mapped[int] = mapped_column(default=1)
    proposed_by = orm.relationship("User", foreign_keys=[proposed_by_id], lazy="joined", innerjoin=True)
    closed_by = orm.relationship("User", foreign_keys=[closed_by_id], lazy="joined")
    items: Mapped[list[DisposalItem]] = orm.relationship(back_populates="disposal", order_by="DisposalItem.ends, DisposalItem.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @property
    def pending(self) -> bool:
        """Whether a record of it waits for its decision."""
        return any(each.decision == Decision.PENDING for each in self.items)

    def may_decide(self, person) -> bool:
        """Whether this person may approve: never what they proposed themselves."""
        return not self.closed and not _one_person(person, self.proposed_by)

    def may_carry_out(self, person) -> bool:
        """Whoever proposed it, and whoever decided something of it."""
        return not self.closed and not self.pending and person.id in {self.proposed_by_id, *(each.decided_by_id for each in self.items)}

    @classmethod
    def propose(cls, lines: list[register.Line], by, note: str = "") -> Disposal:
        """Put these records on a new list.

        Raises Refused for none, for one whose term has not ended or whose disposal is stopped, and for one that stands on
        another list already.
        """
        if not lines:
            raise Refused(_("Choose the records to be disposed of."))
        ids = sorted(each.meeting.id for each in lines)
        session.execute(sa.select(Meeting.id).where(Meeting.id.in_(ids)).order_by(Meeting.id).with_for_update())
        _ask_over(ids)
        if proposed(ids):
            raise Refused(_("One of these records stands on another list already."))
        made = cls(year=clock.fiscal_year(clock.today()), note=note, proposed_by_id=by.id)
        made.items = [DisposalItem.of(each) for each in lines]
        session.add(made)
        session.flush()
        return made

    def decide(self, items: list[DisposalItem], decision: Decision, by, reason: str = "") -> None:
        """Decide about some records of the list; another decision may follow until it is carried out.

        Raises Refused for whoever proposed the list, unless they take a record off it again (REFUSED).
        """
        self._lock()
        if decision != Decision.REFUSED:
            _ask_another(by, self.proposed_by)
        for each in items:
            each.decision, each.reason, each.decided_by_id, each.decided_at = decision, reason, by.id, utcnow()

    def carry_out(self, by) -> None:
        """Remove the words of every approved record and close the list, all or nothing.

        Raises Refused while a decision is missing, for somebody who has no part in the list, and when a term, a hold or the
        minutes of an approved record are not as they were decided about.
        """
        self._lock()
        if not self.may_carry_out(by):
            raise Refused(_("This list cannot be carried out."), _("Every record needs its decision; then whoever proposed it or decided carries it out."))
        approved = [each for each in self.items if each.decision == Decision.APPROVED]
        for each in approved:
            _ask_another(each.decided_by, self.proposed_by)
        ids = sorted(each.meeting_id for each in approved)
        if ids:
            _lock(ids)
            standing = _ask_over(ids)
            for each in approved:
                if each.versions != versions(standing[each.meeting_id].meeting):
                    raise Refused(_("%(record)s: the minutes are not those that were decided about.", record=each.reference))
            removal.remove(ids)
        for each in approved:
            each.executed_at, each.executed_by_id = utcnow(), by.id
            audit.note("disposed", f"meeting/{each.meeting_id}", f"disposal/{self.id} {each.reference}")
        self.closed_at, self.closed_by_id = utcnow(), by.id
        session.flush()
        session.expire(self)

    def _lock(self) -> None:
        """Wait for whoever decides or carries out at this moment, and look again."""
        session.flush()
        session.execute(sa.select(Disposal.id).where(Disposal.id == self.id).with_for_update())
        session.expire_all()
        if self.closed:
            raise Refused(_("This list has been carried out already."))


class DisposalItem(Base):
    """One record of a list: what it was, what was decided, and when its words were removed. It outlives them."""

    __tablename__ = "disposal_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    disposal_id: Mapped[int] = mapped_column(sa.ForeignKey("disposal.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(40))
    kept: Mapped[str] = mapped_column(sa.String(20))  # name of its class
    ends: Mapped[date]  # 満了日
    versions: Mapped[list] = mapped_column(sa.JSON)  # number and hash of every final version
    decision: Mapped[Decision] = mapped_column(choice(Decision), default=Decision.PENDING)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    executed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    executed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    disposal: Mapped[Disposal] = orm.relationship(back_populates="items")
    meeting: Mapped[Meeting] = orm.relationship()
    decided_by = orm.relationship("User", foreign_keys=[decided_by_id])
    executed_by = orm.relationship("User", foreign_keys=[executed_by_id])

    @classmethod
    def of(cls, line: register.Line) -> DisposalItem:
        """The record as it stands in the register today."""
        return cls(meeting_id=line.meeting.id, reference=line.meeting.reference, kept=line.kept.name, ends=line.term.ends, versions=versions(line.meeting))


def versions(meeting: Meeting) -> list[dict]:
    """Number and hash of every final version of a meeting's minutes."""
    rows = session.execute(sa.select(MinutesVersion.number, MinutesVersion.hash).where(MinutesVersion.meeting_id == meeting.id).order_by(MinutesVersion.number))
    return [dict(number=number, hash=hash) for number, hash in rows]


def proposed(meeting_ids) -> set[int]:
    """Which of these meetings stand on a list that is not carried out yet."""
    return set(session.scalars(sa.select(DisposalItem.meeting_id).join(Disposal).where(DisposalItem.meeting_id.in_(meeting_ids), Disposal.closed_at.is_(None))))


def tombstone(meeting_id: int) -> DisposalItem | None:
    """What is left of a record that has been disposed of."""
    return session.scalar(sa.select(DisposalItem).where(DisposalItem.meeting_id == meeting_id, DisposalItem.executed_at.is_not(None)))


def _one_person(person, other) -> bool:
    """Whether two accounts are one person's, as far as can be told: the same account, or the same name."""
    return person.id == other.id or plain(person.name) == plain(other.name)


def _ask_another(person, proposer) -> None:
    if person.id == proposer.id:
        raise Refused(_("Nobody approves what they proposed themselves."), _("Ask a colleague to decide with their own account."))
    if _one_person(person, proposer):
        raise Refused(_("The account that proposed this list bears the same name."),
                      _("Ask a colleague to decide. Where two people have one name, the administrator adds the section to it."))


def _ask_over(meeting_ids: list[int]) -> dict[int, register.Line]:
    standing = register.standing(meeting_ids)
    for each in meeting_ids:
        if each not in standing or standing[each].state != State.OVER:
            name = session.get_one(Meeting, each).reference
            raise Refused(_("%(record)s may not be disposed of now: its term is not over, or its disposal is stopped.", record=name),
                          _("Nothing was removed. Look at the record, or take it off the list."), f"/retention/meetings/{each}" if each in standing else "")
    return standing


def _lock(meeting_ids: list[int]) -> None:
    """Wait for whoever lays a hold, writes, reopens minutes or a case, and keep them waiting."""
    hearings = sa.select(Hearing.case_id).where(Hearing.meeting_id.in_(meeting_ids), Hearing.case_id.is_not(None))
    for model, of in ((Meeting, Meeting.id.in_(meeting_ids)), (Case, Case.id.in_(hearings)), (Hearing, Hearing.meeting_id.in_(meeting_ids)),
                      (MinutesVersion, MinutesVersion.meeting_id.in_(meeting_ids))):
        session.execute(sa.select(model.id).where(of).order_by(model.id).with_for_update())
    session.expire_all()
