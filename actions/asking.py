"""Who was asked to confirm which of their roles, in which words, until when; and asked again when the words change."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from actions.told import about, waits_for
from actions.wording import Wording, words_of
from core import clock
from core.database import Base, UtcDateTime, session, utcnow
from core.office import office
from core.workdays import add_working_days
from notices.kinds import NoticeKind
from notices.models import tell

PATH = "/actions/confirm"


class Asking(Base):
    """One time somebody was asked to confirm their roles of one case, until which day, by whom."""

    __tablename__ = "asking"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    turn: Mapped[int]  # the first time, the second time
    answer_by: Mapped[date]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    roles: Mapped[list[AskedRole]] = orm.relationship(back_populates="asking", order_by="AskedRole.id", lazy="selectin")
    hearing = orm.relationship("Hearing")
    member = orm.relationship("Member", lazy="joined", innerjoin=True)
    by = orm.relationship("User")
    __table_args__ = (sa.UniqueConstraint("hearing_id", "member_id", "turn"),)  # two who press at once ask once

    @property
    def number(self) -> int:
        """How many roles they were asked for."""
        return len(self.roles)


class AskedRole(Wording, Base):
    """A role somebody was asked for, in the words it had."""

    __tablename__ = "asked_role"
    id: Mapped[int] = mapped_column(primary_key=True)
    asking_id: Mapped[int] = mapped_column(sa.ForeignKey("asking.id"), index=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    asking: Mapped[Asking] = orm.relationship(back_populates="roles")


def ask(member, roles, by, answer_by: date) -> list[Asking]:
    """Ask somebody for these roles of one meeting, of one or several cases: one notice with their number."""
    made = []
    for hearing in dict.fromkeys(each.hearing for each in roles):
        asking = Asking(hearing=hearing, hearing_id=hearing.id, member=member, member_id=member.id, by_id=by.id, answer_by=answer_by,
                        turn=len(askings(hearing, member)) + 1)
        asking.roles = [AskedRole(action_id=each.id, **words_of(each)) for each in roles if each.hearing is hearing]
        session.add(asking)
        made.append(asking)
    session.flush()
    meeting = made[0].hearing.meeting
    tell(member, NoticeKind.CONFIRM, f"confirm/{meeting.id}/{member.id}/{made[0].hearing_id}-{made[0].turn}", about=about(meeting), path=PATH,
         topic=meeting.topic, number=len(roles), answer_by=answer_by)
    return made


def askings(hearing, member=None) -> list[Asking]:
    """All times somebody (or everybody) was asked for their roles of one case, in their order."""
    query = sa.select(Asking).where(Asking.hearing_id == hearing.id).order_by(Asking.id)
    return list(session.scalars(query.where(Asking.member_id == member.id) if member is not None else query).unique())


def ask_again(action, by) -> None:
    """The words of a role changed after the meeting: who was asked before, holds it and has not answered it in these words is
    asked again; so are those who help with the same task."""
    hearing = action.hearing
    if not hearing.meeting.closed or hearing.meeting.final:
        return
    before = askings(hearing)
    changed = [action, *action.company]
    for member in {each.member_id: each.member for each in before}.values():
        asked = {(role.action_id, role.fingerprint) for each in before if each.member_id == member.id for role in each.roles}
        new = [each for each in changed if waits_for(each, member) and (each.id, each.fingerprint) not in asked]
        if new and member.active:
            ask(member, new, by, day_for_answers())


def day_for_answers() -> date:
    """The day until which answers are asked for, as the office has it."""
    return add_working_days(clock.today(), office().confirm_within)


def asked_in_other_words(action) -> AskedRole | None:
    """The last words in which somebody was asked for this role, where they are other words than those that stand."""
    return next((each for each in reversed(action.asked) if each.fingerprint != action.fingerprint), None)
