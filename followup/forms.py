"""Forms of the page after a meeting: until when answers are asked for; how a wish is answered."""

from __future__ import annotations

from wtforms import ValidationError

from actions.requests import unfit_day
from core import clock
from core.forms import Day, Form, Required, Select, paragraph
from core.languages import _, later
from followup.asking import last_day

RECEPTIONS = {"accepted": later("Accept"), "countered": later("Propose this"), "kept": later("Leave it as it is")}


class AskingForm(Form):
    """Until when."""

    answer_by = Day(later("Please answer by"), [Required()])

    def validate_answer_by(self, field):
        """From today on, and while people still know what it was about."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))
        if field.data and field.data > last_day():
            raise ValidationError(_("Choose a day within two months."))


class ReceptionForm(Form):
    """The answer to a wish: accepted with one tap, another proposal, or left as it is with a word."""

    reception = Select(later("Answer to the wish"))
    counter_what = paragraph(later("Words proposed"), limit=400, rows=2)
    counter_on = Day(later("Day proposed"))
    word = paragraph(later("A word to them"), limit=400, rows=2)

    def __init__(self, *args, wish, **kwargs):
        super().__init__(*args, **kwargs)
        self.wish = wish
        self.reception.choices = list(RECEPTIONS.items())

    def validate_counter_what(self, field):
        """A proposal proposes something."""
        same = field.data in ("", self.wish.what) and self.counter_on.data in (None, self.wish.due_on) and not self.counter_on.errors
        if same and self.reception.data == "countered":
            raise ValidationError(_("Write other words or another day."))

    def validate_counter_on(self, field):
        """A day the role can be due."""
        fault = unfit_day(self.wish.action, field.data) if self.reception.data == "countered" else ""
        if fault:
            raise ValidationError(fault)

    def validate_word(self, field):
        """Nobody is left without a reason."""
        if not field.data and self.reception.data == "kept":
            raise ValidationError(_("Write a word on why it stays."))

    def carry_out(self, by) -> None:
        """Answer the wish."""
        if self.reception.data == "accepted":
            self.wish.accept(by)
        elif self.reception.data == "countered":
            self.wish.counter(by, self.counter_what.data, self.counter_on.data, self.word.data)
        else:
            self.wish.keep(by, self.word.data)
