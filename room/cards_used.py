"""Cards on the table: which was shown when, by whom, and what came of it.

What came of a card is kept with the card rather than as a line of the discussion: it answers the card's question, and
nobody has to choose in haste whether it was a fact, an opinion or a decision. The minutes print both side by side.
"""

from __future__ import annotations

from datetime import date, datetime
import hashlib

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import live
from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from core.web import Refused
from ground_rules.models import Citation, Edition
from ground_rules.rule_cards import rules_in
from meetings.table import Hearing
from room.cards import CardWords, ClueCard


def mark(text: str) -> str:
    """The mark of what stood there when somebody began to write; of nothing it is empty."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


class CardUse(CardWords, Base):
    """One card shown at one table, in the words it had then."""

    __tablename__ = "card_use"
    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    rule: Mapped[bool] = mapped_column(default=False)  # a ground rule, not a question
    limited: Mapped[bool] = mapped_column(default=False)  # 限定共有: only for those who share in it, never on the wall
    shown_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    hearing: Mapped[Hearing] = orm.relationship(back_populates="cards")
    shown_by = orm.relationship("User", lazy="joined", innerjoin=True)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def show(cls, hearing: Hearing, by, words: dict, rule: bool = False) -> CardUse:
        """Put a card on the table; the one that lay there goes away. Raises Refused when the case is not being heard now."""
        if not hearing.meeting.opened:
            raise Refused(_("This meeting is not open."))
        hearing.ask_capturing()
        hearing.hold()  # one card at a time, whoever else chooses one now
        lying = sa.select(cls).where(cls.hearing_id == hearing.id, cls.ended_at.is_(None))
        for each in session.scalars(lying.execution_options(populate_existing=True)):
            each.put_away()
        made = cls(hearing=hearing, shown_by=by, rule=rule, limited=hearing.confiding, **words)
        session.add(made)
        live.touch(hearing.meeting.topic)
        return made

    @property
    def on_table(self) -> bool:
        return self.ended_at is None and bool(self.hearing.meeting.opened)

    @property
    def mark(self) -> str:
        return mark(self.outcome)

    def put_away(self) -> None:
        """Take it from the table; a second time changes nothing."""
        if self.ended_at is None:
            self.ended_at = utcnow()
            live.touch(self.hearing.meeting.topic)

    def note(self, outcome: str, read: str, *, since: datetime | None = None, confidant: bool = True) -> bool:
        """Write down what came of it, over the text whose mark is `read`; give whether it was taken. It is not when somebody
        else wrote something else meanwhile: theirs stands until this writer has seen it.

        Begun (`since`; none: now) during a step shared with some only it is theirs, when the writer (`confidant`) shares in
        that. Raises Refused once the minutes are final.
        """
        self.hearing.ask_capturing()
        self.hold()
        if outcome == self.outcome or mark(outcome) == read:
            return True  # sent twice, or not touched: what others wrote stands
        if self.mark != read:
            return False
        self.outcome = outcome
        self.limited = self.limited or (bool(outcome) and confidant and self.hearing.confided(since or utcnow()))
        live.touch(self.hearing.meeting.topic)
        return True

    def hold(self) -> None:
        """Until this transaction ends nobody else writes at this table; what stands is read anew."""
        self.hearing.hold()
        if sa.inspect(self).persistent:
            session.refresh(self)


def deck(edition: Edition, on: date | None = None) -> dict[str, dict]:
    """All that can be shown, by name: the office's cards ("card-3") and the rules of an edition ("rule-safety-6")
    with the citations of a day."""
    cards = {f"card-{each.id}": each.words for each in ClueCard.offered()}
    return cards | {f"rule-{part.value}-{number}": words for part, rules in rules_of(edition, on) for number, words in rules.items()}


def rules_of(edition: Edition, on: date | None = None) -> list[tuple]:
    """(part, {number: the words of its card}) of the rules an edition has in Japanese."""
    known = Citation.listed()
    english = {text.part: {each.number: each for each in rules_in(text.cited(known, on))} for text in edition.parts("en") if text.language == "en"}
    return [(text.part, {each.number: _words(text.part, each, english.get(text.part, {}).get(each.number))
                         for each in rules_in(text.cited(known, on))}) for text in edition.parts("ja")]


def _words(part, rule, english) -> dict:
    return dict(title_ja=f"ルールに戻る {rule.number}", title_en=f"Back to the rules, {rule.number}", question_ja=rule.says, how_ja=rule.more,
                question_en=english.says if english else "", how_en=english.more if english else "")
