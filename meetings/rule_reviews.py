"""The check at the end: were the rules kept? What the meeting says of itself, rule by rule, and never of a person.

A rule of which nothing is said was kept. What is to be tried next time is for those who prepare the next meeting and stays
out of the minutes; which rule it was hard to keep stands there, as the rules themselves do.
"""

from __future__ import annotations

from datetime import datetime
import enum

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import _, later
from core.web import Refused
from ground_rules.models import Edition, Part
from ground_rules.rule_cards import rules_in
from meetings.models import Meeting
from meetings.table import Hearing


class Kept(enum.Enum):
    """How far a rule was kept, when it was not kept altogether."""

    PARTLY = "partly"
    NOT = "not"

    @property
    def label(self):
        return {"partly": later("Not quite kept"), "not": later("Not kept")}[self.value]


class RuleReview(Base):
    """One meeting has looked back at its rules."""

    __tablename__ = "rule_review"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), unique=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")  # what to try next time
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = orm.relationship(back_populates="rule_review")
    edition: Mapped[Edition] = orm.relationship()
    findings: Mapped[list[RuleFinding]] = orm.relationship(cascade="all, delete-orphan", order_by="RuleFinding.id")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def say(cls, meeting: Meeting, by, said: dict[tuple[Part, int], Kept], note: str = "") -> RuleReview:
        """Keep what the meeting says; said again, the later stands. Raises Refused before it has opened, and once its minutes
        are final."""
        if meeting.opened_at is None:
            raise Refused(_("The rules are looked back at once the meeting is held."))
        if meeting.final:
            raise Refused(_("The minutes are final; the check of the rules stands as it is."), _("To change final minutes, reopen them with a reason."))
        review = meeting.rule_review
        if review is None:
            review = meeting.rule_review = cls(edition_id=meeting.edition_id, by_id=by.id)
        old = {(each.part, each.number): each for each in review.findings}
        for place in old.keys() - said.keys():
            review.findings.remove(old[place])
        for (part, number), kept in said.items():
            if (part, number) in old:
                old[part, number].kept = kept
            else:
                review.findings.append(RuleFinding(part=part, number=number, kept=kept))
        review.note, review.by_id, review.at = note, by.id, utcnow()
        session.flush()
        return review

    @classmethod
    def before(cls, hearing: Hearing) -> RuleReview | None:
        """What was to be tried next time when this case was heard last; None when nothing was."""
        if hearing.case_id is None:
            return None
        heard = sa.select(Hearing.meeting_id).where(Hearing.case_id == hearing.case_id, Hearing.meeting_id != hearing.meeting_id)
        return session.scalars(sa.select(cls).join(Meeting, Meeting.id == cls.meeting_id).where(
            cls.meeting_id.in_(heard), cls.note != "", Meeting.starts_at < hearing.meeting.starts_at).order_by(Meeting.starts_at.desc()).limit(1)).first()

    @property
    def all_kept(self) -> bool:
        return not self.findings

    def of(self, part: Part, number: int) -> str:
        """How far a rule was kept: "kept", or the value of a `Kept`."""
        return next((each.kept.value for each in self.findings if (each.part, each.number) == (part, number)), "kept")

    @property
    def on_paper(self) -> str:
        """As the minutes say it."""
        count = sum(len(rules_in(self.edition.body(part, "ja"))) for part in Part)
        hard = "、".join(f"「{LAW_NAMES[each.part]}」の{each.number}{'は守れなかった' if each.kept is Kept.NOT else 'はもう一歩'}" for each in self.findings)
        return f"閉会時に振り返り、{hard}" if hard else f"閉会時に振り返り、{count}項目全てを守れた"


LAW_NAMES = {Part.COMPLIANCE: "秘密を守る", Part.SAFETY: "安心して話す", Part.PROCEDURE: "進め方"}


class RuleFinding(Base):
    """One rule that was not kept, or not quite."""

    __tablename__ = "rule_finding"
    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_review.id", ondelete="CASCADE"), index=True)
    part: Mapped[Part] = mapped_column(choice(Part))
    number: Mapped[int]
    kept: Mapped[Kept] = mapped_column(choice(Kept))
    __table_args__ = (sa.UniqueConstraint("review_id", "part", "number"),)
