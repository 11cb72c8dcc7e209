"""The register of wished resources: what cases wished for, told so that nobody knows whose wish it was, and its way to becoming real.

Everybody in the office reads it; from which ideas a proposal came is shown to nobody but those who may see their cases.
Where it stands is a row of steps, each with its day and its person. Two proposals for the same need are merged (the one
stands under the other, with its cases) and can be taken apart again.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User
from agencies.models import Agency, Domain, Member
from community.kinds import ResourceKind
from core import clock
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _
from core.web import Refused
from resources.models import IdeaState, ResourceIdea

TEXTS = ("wished", "enables", "need", "nearest", "next_step")  # what is checked before it leaves its case
OPEN = (IdeaState.IDEA, IdeaState.STUDY, IdeaState.TRIAL)


class Proposal(Base):
    """One wished resource (資源の提案), in words that fit more than one household."""

    __tablename__ = "resource_proposal"
    id: Mapped[int] = mapped_column(primary_key=True)
    wished: Mapped[str] = mapped_column(sa.Text)
    enables: Mapped[str] = mapped_column(sa.Text)
    need: Mapped[str] = mapped_column(sa.Text)
    nearest: Mapped[str] = mapped_column(sa.Text, default="")
    kind: Mapped[ResourceKind | None] = mapped_column(choice(ResourceKind, name="proposal_kind"))
    domain_code: Mapped[str | None] = mapped_column(sa.ForeignKey("domain.code"))
    state: Mapped[IdeaState] = mapped_column(choice(IdeaState, name="proposal_state"), default=IdeaState.IDEA, index=True)
    forum: Mapped[str] = mapped_column(sa.String(120), default="")
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    owner_member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    next_step: Mapped[str] = mapped_column(sa.Text, default="")
    next_on: Mapped[date | None] = mapped_column(index=True)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("resource_proposal.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    domain: Mapped[Domain | None] = orm.relationship(lazy="joined")
    owner: Mapped[Agency | None] = orm.relationship(lazy="joined")
    owner_member: Mapped[Member | None] = orm.relationship(lazy="selectin")
    merged_into: Mapped[Proposal | None] = orm.relationship(remote_side=id)
    steps: Mapped[list[ProposalStep]] = orm.relationship(order_by="ProposalStep.on, ProposalStep.id", cascade="all, delete-orphan")
    sources: Mapped[list[Source]] = orm.relationship(back_populates="proposal", order_by="Source.id", cascade="all, delete-orphan")
    kept: Mapped[list[KeptWords]] = orm.relationship(order_by="KeptWords.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def make(cls, idea: ResourceIdea, by, area: str, kept: dict[str, str], on: date | None = None, **words) -> Proposal:
        """Let an idea leave its case in these words; `kept` are the findings that somebody looked at and let stay (key → kind).
        Raises Refused for an idea that is in the register already."""
        _ask_new(idea)
        made = cls(made_by_id=by.id, state=idea.state, **words)
        made.sources.append(Source(idea=idea, domain_code=made.domain_code, area=area, by_id=by.id))
        made.kept = [KeptWords(key=key, kind=kind, by_id=by.id) for key, kind in kept.items()]
        made.steps.append(ProposalStep(state=idea.state, on=on or clock.today(), by_id=by.id, forum=made.forum))
        session.add(made)
        session.flush()
        return made

    def join(self, idea: ResourceIdea, by, domain_code: str | None, area: str) -> None:
        """Count this idea's case here too, without a word of it. Raises Refused for an idea that is in the register already."""
        _ask_new(idea)
        self.sources.append(Source(idea=idea, domain_code=domain_code, area=area, by_id=by.id))
        idea.state = self.state

    def rewrite(self, by, kept: dict[str, str], **words) -> None:
        """Change its words; what of them was looked at and let stay is kept as when it was made."""
        for name, value in words.items():
            setattr(self, name, value)
        self.keep(by, kept)

    def keep(self, by, kept: dict[str, str]) -> None:
        """Note the findings (key → kind) that somebody looked at and let stay; each once."""
        known = {each.key for each in self.kept}
        self.kept += [KeptWords(key=key, kind=kind, by_id=by.id) for key, kind in kept.items() if key not in known]

    def move(self, by, state: IdeaState, on: date, note: str, **ahead) -> ProposalStep:
        """Note where it stands from a day on, and what comes next (`forum`, `owner_id`, `owner_member_id`, `next_step`, `next_on`).
        Raises Refused for one that stands under another, and for an end without a word about it."""
        if self.merged_into_id:
            raise Refused(_("This proposal stands under another one."), _("Note there how it goes on."))
        if state not in OPEN and not note:
            raise Refused(_("Write what became of it: those who suggested it are told."))
        for name, value in ahead.items():
            setattr(self, name, value)
        if state not in OPEN:
            self.next_step, self.next_on = "", None
        self.state = state
        step = ProposalStep(state=state, on=on, note=note, forum=self.forum, by_id=by.id)
        self.steps.append(step)
        for idea in ideas_of(self):
            idea.state = state  # at the table it is seen how far the idea has come
        session.flush()
        return step

    def merge(self, into: Proposal, by, words: str) -> None:
        """Stand under another proposal for the same need. `words` are those by which that was seen. Raises Refused for a
        circle, and for one that stands under another already."""
        if self.merged_into_id or into.merged_into_id or into.id == self.id:
            raise Refused(_("One of the two stands under another one already."), _("Read both again, then decide."))
        self.merged_into_id, self.merged_into = into.id, into
        orm.attributes.flag_modified(into, "wished")  # its version moves: two mergers at once make no circle
        session.add(Merger(proposal_id=self.id, into_id=into.id, words=words[:200], by_id=by.id))
        for idea in ideas_of(self):
            idea.state = into.state
        session.flush()

    def part(self, by) -> None:
        """Stand for itself again, where it stood before. A second time changes nothing."""
        merger = session.scalar(sa.select(Merger).where(Merger.proposal_id == self.id, Merger.parted_at.is_(None)))
        if merger is not None:
            merger.parted_at, merger.parted_by_id = utcnow(), by.id
            self.merged_into_id = self.merged_into = None
            for idea in ideas_of(self):
                idea.state = self.state
            session.flush()

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in OPEN and self.merged_into_id is None

    @property
    def overdue(self) -> bool:
        """Whether the day of its next step has passed."""
        return self.open and self.next_on is not None and self.next_on < clock.today()

    @property
    def in_charge(self) -> str:
        """機関名 氏名 of who takes the next step; empty when that is open."""
        return self.owner_member.full if self.owner_member else self.owner.name if self.owner else ""

    @property
    def text(self) -> str:
        """What it is compared by."""
        return " ".join((self.wished, self.enables, self.need))


class Source(Base):
    """The idea a proposal came from: with it, its case is counted."""

    __tablename__ = "resource_proposal_source"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("resource_proposal.id", ondelete="CASCADE"), index=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("resource_idea.id"), unique=True)
    domain_code: Mapped[str | None] = mapped_column(sa.ForeignKey("domain.code"))
    area: Mapped[str] = mapped_column(sa.String(40), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    idea: Mapped[ResourceIdea] = orm.relationship()
    proposal: Mapped[Proposal] = orm.relationship(back_populates="sources")


class ProposalStep(Base):
    """Where a proposal stood from a day on: who noted it, and what they said."""

    __tablename__ = "resource_proposal_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("resource_proposal.id", ondelete="CASCADE"), index=True)
    state: Mapped[IdeaState] = mapped_column(choice(IdeaState, name="proposalstep_state"))
    on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    forum: Mapped[str] = mapped_column(sa.String(120), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    by: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)


class Merger(Base):
    """A proposal was put under another one, by which words, and perhaps taken out again."""

    __tablename__ = "resource_merger"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("resource_proposal.id", ondelete="CASCADE"), index=True)
    into_id: Mapped[int] = mapped_column(sa.ForeignKey("resource_proposal.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(sa.String(200), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    parted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    parted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposal: Mapped[Proposal] = orm.relationship(foreign_keys=proposal_id)
    by: Mapped[User] = orm.relationship(foreign_keys=by_id, lazy="joined", innerjoin=True)
    parted_by: Mapped[User | None] = orm.relationship(foreign_keys=parted_by_id, lazy="joined")


class KeptWords(Base):
    """Somebody looked at a finding and let its words stay. It holds for the line as it stood."""

    __tablename__ = "resource_proposal_kept"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("resource_proposal.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(16))
    kind: Mapped[str] = mapped_column(sa.String(20))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    __table_args__ = (sa.UniqueConstraint("proposal_id", "key"),)


class Forum(Base):
    """Where proposals are taken (検討の場): the office's own list."""

    __tablename__ = "resource_forum"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    position: Mapped[int]


def ideas_of(proposal: Proposal) -> list[ResourceIdea]:
    """The ideas of a proposal and of all that stand under it."""
    return list(session.scalars(sa.select(ResourceIdea).join(Source, Source.idea_id == ResourceIdea.id)
                                .where(Source.proposal_id.in_(under(proposal.id)))).unique())


def under(proposal_id: int) -> list[int]:
    """Ids of a proposal and of all that stand under it, at any depth."""
    session.flush()
    found, last = [proposal_id], [proposal_id]
    while last:
        last = list(session.scalars(sa.select(Proposal.id).where(Proposal.merged_into_id.in_(last), Proposal.id.not_in(found))))
        found += last
    return found


def _ask_new(idea: ResourceIdea) -> None:
    if session.scalar(sa.select(Source.id).where(Source.idea_id == idea.id)):
        raise Refused(_("This idea is in the register already."), _("See the list of proposals."))
