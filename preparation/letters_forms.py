"""The form of an official letter: to whom, with which number and day, and what it says."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core.forms import Day, Form, Required, Select, line, paragraph
from core.languages import _, later
from preparation.letters import LetterKind


class Ticks(wtforms.SelectMultipleField):
    """Some of the choices offered, each a box to tick."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def pre_validate(self, form):
        if not self.data:
            raise ValidationError(_("Choose at least one agency."))
        if any(each not in [value for value, *_rest in self.choices] for each in self.data):
            raise ValidationError(_("Choose one of the choices shown."))


class LetterForm(Form):
    kind = Select(later("Kind of letter"))
    agencies = Ticks(later("To the heads of"))
    number = line(later("Document number"), limit=40, required=False)
    dated_on = Day(later("Date of the letter"), [Required()])
    due_on = Day(later("Answers wished by"), [Required()])
    ground = paragraph(later("Legal ground, as it is printed"), limit=600, rows=3)
    asks = paragraph(later("What is asked"), limit=1500, required=True, rows=4)
    contact = paragraph(later("Whom to call"), limit=200, rows=2)

    def __init__(self, *args, agencies=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [(each.value, each.label) for each in LetterKind]
        self.agencies.choices = [(str(each.id), each.name) for each in agencies]
