"""How somebody wants to be told."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, choice, session
from notices.when import ByMail


class NoticeSetting(Base):
    """What one person on the roster has chosen; who has chosen nothing is mailed and reminded."""

    __tablename__ = "notice_setting"
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    by_mail: Mapped[ByMail] = mapped_column(choice(ByMail), default=ByMail.AT_ONCE)
    reminders: Mapped[bool] = mapped_column(default=True)  # before and after the day of a role

    @classmethod
    def of(cls, member) -> NoticeSetting:
        """What somebody has chosen, or what holds as long as they have not (kept nowhere)."""
        return session.get(cls, member.id) or cls._unchosen(member.id)

    @classmethod
    def of_all(cls, member_ids) -> dict[int, NoticeSetting]:
        """The same of several people, by their numbers."""
        chosen = {each.member_id: each for each in session.scalars(sa.select(cls).where(cls.member_id.in_(member_ids)))}
        return {id: chosen.get(id) or cls._unchosen(id) for id in member_ids}

    @classmethod
    def choose(cls, member, by_mail: ByMail, reminders: bool) -> None:
        """Be told like this from now on."""
        chosen = session.get(cls, member.id)
        if chosen is None:
            session.add(cls(member_id=member.id, by_mail=by_mail, reminders=reminders))
        else:
            chosen.by_mail, chosen.reminders = by_mail, reminders

    @classmethod
    def _unchosen(cls, id: int) -> NoticeSetting:
        return cls(member_id=id, by_mail=ByMail.AT_ONCE, reminders=True)
