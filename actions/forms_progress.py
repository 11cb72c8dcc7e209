"""The form of a report on a role: one press for begun or done, a word besides for 滞り and 不要."""

from __future__ import annotations

from wtforms import ValidationError

from actions.words import REPORTED, Progress
from core.forms import Form, Radio, Required, paragraph
from core.languages import _, later


class ProgressForm(Form):
    state = Radio(later("How it stands"), [Required()])
    note = paragraph(later("A short note"), limit=300, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state.choices = [(each.value, each.label) for each in REPORTED]

    def validate_note(self, field):
        """A standstill without a reason helps nobody to help."""
        if self.said and self.said.needs_word and not field.data:
            raise ValidationError(_("Write a word on what stands in the way, or why it is not needed."))

    @property
    def said(self) -> Progress | None:
        return next((each for each in REPORTED if each.value == self.state.data), None)
