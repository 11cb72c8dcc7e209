"""Role assignments (役割分担). A role that its holder has not confirmed is not a role; against a 難しい nobody gets one."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.orm import Mapped, mapped_column

from actions import rules
from actions.answering import Answering
from actions.asking import AskedRole, ask_again
from actions.confirmations import Confirmation
from actions.progress import Going, ProgressStep
from actions.refusals import ask_free, standing_no
from actions.requests import ChangeRequest
from actions.taking import Taking
from actions.words import Answer, Nature, Progress, Rank, Via
from core import live
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.once import key_of
from core.web import Refused


class ActionItem(Taking, Answering, Going, Base):
    """What, who, by when. Without a taker it is 未割当, never silently the organiser's."""

    __tablename__ = "action_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    what: Mapped[str] = mapped_column(sa.Text)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    due_on: Mapped[date | None]
    until_on: Mapped[date | None]  # 「3か月だけ」: until then, and looked at again on that day
    rank: Mapped[Rank] = mapped_column(choice(Rank), default=Rank.MAIN)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry.id"))  # the line it was made of
    nature: Mapped[Nature | None] = mapped_column(choice(Nature))
    with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("action_item.id"))  # the first role of the same task
    escalation_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))  # who goes on looking for a taker
    escalation_member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    escalation_on: Mapped[date | None]
    state: Mapped[Progress] = mapped_column(choice(Progress), default=Progress.OPEN, index=True)  # the last of its `steps`
    stands: Mapped[str] = mapped_column(sa.String(64))  # its `fingerprint`, so that the database can tell which answers count
    carried_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("action_item.id"), index=True)  # goes on from an earlier meeting's
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    hearing = orm.relationship("Hearing", back_populates="actions")
    agency = orm.relationship("Agency", lazy="joined", foreign_keys=[agency_id])
    member = orm.relationship("Member", lazy="joined", foreign_keys=[member_id])
    escalation_agency = orm.relationship("Agency", lazy="selectin", foreign_keys=[escalation_agency_id])
    escalation_member = orm.relationship("Member", lazy="selectin", foreign_keys=[escalation_member_id])
    confirmations: Mapped[list[Confirmation]] = orm.relationship(back_populates="action", order_by="Confirmation.id",
                                                                 lazy="selectin")
    asked: Mapped[list[AskedRole]] = orm.relationship(order_by="AskedRole.id", viewonly=True)
    requests: Mapped[list[ChangeRequest]] = orm.relationship(back_populates="action", order_by="ChangeRequest.id")
    handovers = orm.relationship("HandoverItem", back_populates="action", order_by="HandoverItem.id")
    carried_from = orm.relationship("ActionItem", foreign_keys=[carried_from_id], remote_side=[id])
    steps: Mapped[list[ProgressStep]] = orm.relationship(back_populates="action", order_by="ProgressStep.id")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.Index("ix_action_item_due_on", "due_on", "id"),)  # the lists go by it

    @classmethod
    def assign(cls, hearing, by, key: str, what: str, agency=None, member=None, due_on=None, rank=Rank.MAIN, **more) -> ActionItem:
        """Put a role on the table; the same words again under the same key give the one that is there already. `more` as in `_write`.

        Raises Refused when nothing may be written now, or when whoever is to hold it said that it is difficult.
        """
        hearing.ask_capturing()
        hearing.hold()
        # The key of a role agreed beforehand is the house's own (preparation/sheets_roles.py): once, whoever takes it over.
        own = key if key.startswith("prior-") else key_of(key, hearing, by, what, agency, member, due_on, rank, sorted(more.items()))
        found = session.scalar(sa.select(cls).where(cls.key == own, cls.hearing_id == hearing.id))
        if found is not None:
            return found
        ask_free(hearing, by, what, agency, member)
        action = cls(hearing=hearing, key=own, written_by_id=by.id)
        action._write(what, agency, member, due_on, rank, **more)
        session.add(action)
        live.touch(hearing.meeting.topic)
        return action

    def rewrite(self, by, what: str, agency, member, due_on, rank, **more) -> None:
        """Change the role. A confirmation given to other words no longer counts, so its holder is asked again; therefore
        Refused when that holder said that it is difficult. Whoever helps with the task gets the same words, unless those
        are what they said to be difficult."""
        self.hearing.ask_capturing()
        self.hearing.hold()
        if not self.stays(what, agency, member, due_on, rank, more.get("until_on")):
            ask_free(self.hearing, by, what, agency, member, role=self)
        self._rewrite_all(by, what, agency, member, due_on, rank, **more)
        ask_again(self, by)

    def rewrite_as_wished(self, by, what: str, due_on, holder=None, via: Via | None = None) -> None:
        """Write what its holder asked for or agreed to; `by` wrote or proposed it. With `via` the `holder` (None: through a
        personal link) takes it on in these words at once; else they are asked like for any change."""
        self.hearing.ask_capturing()
        self.hearing.hold()
        self._rewrite_all(by, what, self.agency, self.member, due_on, self.rank, until_on=self.until_on, nature=self.nature,
                          escalation=(self.escalation_agency, self.escalation_member), escalation_on=self.escalation_on)
        session.flush()
        if via is not None:
            self.confirm(holder, Answer.TAKE, via=via)
        ask_again(self, by)

    def _rewrite_all(self, by, what, *words, **more):
        for each in self.company:
            if each.what == self.what and not each.declined and standing_no(self.hearing, by, what, each.agency, each.member, each) is None:
                each.what = what
        self._write(what, *words, **more)
        live.touch(self.hearing.meeting.topic)

    def _write(self, what, agency, member, due_on, rank, until_on=None, nature=None, escalation=(None, None), escalation_on=None):
        """`escalation` is (agency, member) who goes on looking for a taker; kept only while nobody holds the role."""
        self.what, self.due_on, self.rank, self.until_on, self.nature = what, due_on, rank, until_on, nature
        self.agency, self.member = agency or (member.agency if member else None), member
        self.agency_id, self.member_id = getattr(self.agency, "id", None), getattr(member, "id", None)
        looked_for = self.seeking
        self.escalation_agency, self.escalation_member = escalation if looked_for else (None, None)
        self.escalation_on = escalation_on if looked_for else None

    def accompany(self, by, key: str, agency, member, rank) -> ActionItem:
        """Join somebody to this task (力合わせ): a role of their own beside this one, which they answer
        themselves. Whoever is in it already has the role they have."""
        self.hearing.hold()
        session.expire(self.hearing, ["actions"])  # somebody else may have joined them at this moment
        there = next((each for each in (self, *self.company) if each.held and (each.agency, each.member) == (agency, member)), None)
        if there is not None:
            return there
        made = self.assign(self.hearing, by, key, self.what, agency, member, self.due_on, rank, until_on=self.until_on)
        made.with_id = self.with_id or self.id
        return made

    def remove(self, by, read: str = "") -> None:
        """Take the role off the table; it stays in the database, and what it was taken up from goes on. `read` is the version
        somebody saw: Refused when it is another one now."""
        self.hearing.ask_capturing()
        if read and read != str(self.version):
            raise Refused(_("Somebody changed this after you opened the page."), _("Read it again, then decide."))
        self.put(by, there=False)

    def put(self, by, there: bool) -> None:
        """Take it off the table, or put it back; an earlier role it goes on from follows, so that it is counted once."""
        self.removed_at = None if there else self.removed_at or utcnow()
        session.flush()
        if not there:
            self.let_go(by)
        elif self.carried_from:
            self.carried_from.carry_on(by)
        live.touch(self.hearing.meeting.topic)

    @property
    def company(self) -> list[ActionItem]:
        """The other roles joined to this task that are on the table."""
        task = self.with_id or self.id
        return [each for each in self.hearing.actions
                if each is not self and not each.removed_at and task is not None and task in (each.id, each.with_id)]

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of what a confirmation is bound to: what, who, by when, main or supporting, until when."""
        return rules.fingerprint(self.what, self.agency_id, self.member_id, self.due_on, (self.rank or Rank.MAIN).value, self.until_on)

    def stays(self, what, agency, member, due_on, rank, until_on) -> bool:
        """Whether a confirmation given now would hold in these words, too."""
        agency = agency or (member.agency if member else None)
        return self.fingerprint == rules.fingerprint(what, agency and agency.id, member and member.id, due_on, rank.value, until_on)


@event.listens_for(ActionItem, "before_insert")
@event.listens_for(ActionItem, "before_update")
def _keep_what_stands(_mapper, _connection, action: ActionItem) -> None:
    action.stands = action.fingerprint
