"""What somebody was reminded of: so that it is said once."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, choice, session, utcnow
from followup.reminder_days import About
from notices.kinds import NoticeKind
from notices.models import Notice


class Reminder(Base):
    """On one day, one person was reminded of the day of one role (or would have been, had they wanted it)."""

    __tablename__ = "reminder"
    audited = False  # the notice is
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    kind: Mapped[About] = mapped_column(choice(About))
    due_on: Mapped[date]  # the day the role had then: another day is reminded of anew
    on: Mapped[date]
    notice_id: Mapped[int | None] = mapped_column(sa.ForeignKey("notice.id", ondelete="SET NULL"), index=True)
    __table_args__ = (sa.UniqueConstraint("action_id", "member_id", "kind", "due_on", "on"),)

    @classmethod
    def days(cls, action, member, kind: About) -> list[date]:
        """The days on which somebody was reminded of a role's day as it stands now."""
        query = sa.select(cls.on).where(cls.action_id == action.id, cls.member_id == member.id, cls.kind == kind, cls.due_on == action.due_on)
        return list(session.scalars(query.order_by(cls.on)))

    @classmethod
    def note(cls, action, member, kind: About, on: date, notice: Notice | None) -> None:
        """Note that somebody was reminded; without a notice when they want none, so that others hear of it in time."""
        session.add(cls(action_id=action.id, member_id=member.id, kind=kind, due_on=action.due_on, on=on, notice_id=notice and notice.id))


def settle_what_is_over(still) -> None:
    """Withdraw reminders none of whose roles is left to do in the way they say; `still` is the condition on ActionItem."""
    of_it = sa.exists().where(Reminder.notice_id == Notice.id)
    session.execute(sa.update(Notice).where(Notice.kind.in_([NoticeKind.DUE, NoticeKind.OVERDUE]), Notice.unseen, of_it, ~of_it.where(still))
                    .values(settled_at=utcnow()).execution_options(synchronize_session=False))
