"""The holder's own answer to a role, bound to the words they read and kept for good."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from actions.holding import acts_for
from actions.wording import Wording
from actions.words import Answer, Via
from core import clock
from core.database import Base, UtcDateTime, choice, utcnow
from core.languages import _


class Confirmation(Wording, Base):
    """One answer to one wording of a role, and for whom it was given."""

    __tablename__ = "confirmation"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action_item.id"), index=True)
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    word: Mapped[str] = mapped_column(sa.Text, default="")
    answer_by: Mapped[date | None]  # 持ち帰り: the day until which they say more
    via: Mapped[Via] = mapped_column(choice(Via))
    heard_on: Mapped[date | None]  # the day on which somebody else heard it, on paper or by telephone
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))  # None: the holder themselves, through a personal link
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    action = orm.relationship("ActionItem", back_populates="confirmations")
    by = orm.relationship("User", lazy="joined")

    @property
    def heard(self) -> bool:
        """Whether somebody else wrote down what the holder said, on paper or by telephone, say."""
        return self.via.heard

    @property
    def deputised(self) -> bool:
        """Whether the deputy of an absent holder answered for them (代理)."""
        return self.via == Via.SCREEN and self.by is not None and self.member is not None and self.member.user_id != self.by_id

    @property
    def how(self) -> str:
        """Beside who answered: how it came, and who wrote it down: 電話で聴取(記録：山田). Empty for their own answer on a screen."""
        if self.via.heard:
            return _("%(way)s (written down by %(name)s)", way=self.via.said, name=self.by.name)
        elif self.by is None:
            return str(self.via.said)
        else:
            return "" if self.member and self.member.user_id == self.by_id else self.by.name

    @property
    def on(self) -> date:
        """The day on which it was said."""
        return self.heard_on or clock.local(self.at).date()

    @property
    def words(self) -> tuple[str, ...]:
        """The words answered to, and those the role has now."""
        return self.what or "", self.action.what


def way(action, by, via: Via | str | None = None) -> Via:
    """How an answer comes in when nobody says so: by a link without a user, on the screen from the holder, else heard."""
    if via is not None:
        return Via(via)
    elif by is None:
        return Via.LINK
    else:
        own = action.member is None or action.member.user_id == by.id
        return Via.SCREEN if own or acts_for(action.member, by) else Via.TOLD
