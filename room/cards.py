"""The deck of 糸口カード: questions of the office for moments when no way forward is to be seen."""

from __future__ import annotations

from pathlib import Path
import tomllib
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import languages
from core.database import Base, session
from core.languages import _
from core.web import Refused

WORDS = ("title_ja", "title_en", "question_ja", "question_en", "how_ja", "how_en")


class CardWords:
    """What stands on a card, in both languages; where the office has not written English, its Japanese."""

    title_ja: Mapped[str] = mapped_column(sa.String(80))
    title_en: Mapped[str] = mapped_column(sa.String(120), default="")
    question_ja: Mapped[str] = mapped_column(sa.Text)
    question_en: Mapped[str] = mapped_column(sa.Text, default="")
    how_ja: Mapped[str] = mapped_column(sa.Text, default="")
    how_en: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def title(self) -> str:
        return self._in_use("title")

    @property
    def question(self) -> str:
        return self._in_use("question")

    @property
    def how(self) -> str:
        return self._in_use("how")

    @property
    def words(self) -> dict:
        """All that stands on it."""
        return {name: getattr(self, name) for name in WORDS}

    def _in_use(self, name: str) -> str:
        return (languages.language() == "en" and getattr(self, f"{name}_en")) or getattr(self, f"{name}_ja")


class ClueCard(CardWords, Base):
    """One card of the deck. Set aside it is offered no longer; where it was used its words stay."""

    __tablename__ = "clue_card"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def listed(cls) -> list[ClueCard]:
        """All cards in the office's order, those set aside too."""
        return list(session.scalars(sa.select(cls).order_by(cls.position, cls.id)))

    @classmethod
    def offered(cls) -> list[ClueCard]:
        """Those in use, in the office's order."""
        return [each for each in cls.listed() if each.active]

    @classmethod
    def plant(cls) -> None:
        """Put the shipped deck into an empty table."""
        if not session.scalar(sa.select(sa.func.count()).select_from(cls)):
            session.add_all(cls(position=place, **words) for place, words in enumerate(_shipped(), 1))
            session.flush()

    @classmethod
    def add(cls, words: dict) -> ClueCard:
        """A card of the office's own, at the end of the deck."""
        made = cls(key=f"own-{uuid.uuid4().hex[:12]}", position=len(cls.listed()) + 1, **words)
        session.add(made)
        return made

    @property
    def shipped(self) -> dict | None:
        """What it said when it was shipped; None for one of the office's own."""
        return next(({name: each[name] for name in WORDS} for each in _shipped() if each["key"] == self.key), None)

    def write(self, words: dict) -> None:
        """Say it in other words."""
        for name, value in words.items():
            setattr(self, name, value)

    def move(self, by: int) -> None:
        """Change places with the card so many places below (negative: above); at an end nothing happens."""
        order = ClueCard.listed()
        old, new = order.index(self), order.index(self) + by
        if 0 <= new < len(order):
            order[old], order[new] = order[new], order[old]
        for place, each in enumerate(order, 1):
            each.position = place

    def set_aside(self) -> None:
        """Offer it no longer."""
        self.active = False

    def bring_back(self) -> None:
        """Offer it again."""
        self.active = True

    def restore(self) -> None:
        """Say again what was shipped. Raises Refused for a card of the office's own."""
        if self.shipped is None:
            raise Refused(_("This card is your office's own: there is no shipped one to go back to."))
        self.write(self.shipped)


def _shipped() -> list[dict]:
    return tomllib.loads(Path(__file__).with_name("cards.toml").read_text(encoding="utf-8"))["cards"]
