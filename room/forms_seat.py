"""Forms of those who take part: the question of a round, a word in it, a quiet signal."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core.forms import Form, Radio, Required, Whole, paragraph
from core.languages import _, later
from room.signals import Signal
from room.viewpoints import View


class RoundForm(Form):
    """The question of a round."""

    settled = True  # for the room: a refused one is shown above the view
    at_home = View.CONSOLE
    key = wtforms.HiddenField()
    question = paragraph(later("Question to everybody"), limit=300, required=True, rows=2)

    @property
    def text(self):
        return self.question


class WordForm(Form):
    """One's own word in a round; the button says whether it is handed in or passed."""

    at_home = View.SEAT
    read = Whole(later("Revision read"), [wtforms.validators.Optional()], low=0, high=10**6)
    passed = wtforms.HiddenField()
    text = paragraph(later("Your word"), limit=1000, rows=3)

    def validate_text(self, field):
        """An empty word is a pass that was not meant."""
        if not field.data and not self.passed.data:
            raise ValidationError(_("Write a word, or press “Pass”."))


class HeardForm(WordForm):
    """The same for somebody else, who has no account."""

    settled = True  # for the room: this text has no box of its own there
    at_home = View.CONSOLE


class SignalForm(Form):
    """A quiet signal."""

    kind = Radio(later("Signal"), [Required()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [(each.value, each.label) for each in Signal]
