"""Forms of the cards: one card of the deck, and what came of one."""

from __future__ import annotations

import wtforms

from core.forms import Form, line, paragraph
from core.languages import later
from room.cards import WORDS, ClueCard
from room.cards_used import mark
from room.forms import BegunForm


class CardForm(Form):
    """A card of the deck."""

    title_ja = line(later("Name of the card"), limit=80)
    question_ja = paragraph(later("What the facilitator asks"), limit=300, required=True, rows=2)
    how_ja = paragraph(later("How to go about it"), limit=600, rows=3)
    title_en = line(later("Name of the card, in English"), limit=120, required=False)
    question_en = paragraph(later("What the facilitator asks, in English"), limit=400, rows=2)
    how_en = paragraph(later("How to go about it, in English"), limit=800, rows=3)

    @classmethod
    def showing(cls, card: ClueCard) -> CardForm:
        """The form as the card stands."""
        return cls(data=card.words | dict(version=str(card.version)))

    @property
    def words(self) -> dict:
        return {name: self[name].data for name in WORDS}


class OutcomeOfCardForm(BegunForm):
    """What came of a card."""

    read = wtforms.HiddenField()  # the mark of the text that stood there when this one was begun
    outcome = paragraph(later("What came of it?"), limit=1000, rows=2)

    def clash(self, saved: str) -> None:
        """Somebody else wrote meanwhile: show their text beside what was typed, which is kept when it is sent once more."""
        self.stale, self.outcome.saved = True, saved
        self.read.raw_data, self.read.data = None, mark(saved)
