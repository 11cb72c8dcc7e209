"""The form of one role on the page where somebody answers several at once."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from actions.answering import Said
from actions.forms import ConfirmForm
from actions.requests import open_request, unfit_day
from actions.words import Answer
from core.forms import Day, Form, Radio, paragraph
from core.languages import _, later


class AnswerForm(ConfirmForm):
    """The holder's answer to one role of several, their wish for other words or another day, or both; or nothing yet."""

    class Meta(Form.Meta):
        csrf = False  # the page they are on has the token

    answer = Radio(later("Your answer"))
    wished_what = paragraph(later("In these words"), limit=400, rows=2)
    wished_on = Day(later("Until this day"))
    reason = paragraph(later("Why, if you like"), limit=400, rows=2)
    takes = wtforms.BooleanField(later("I take it on if it becomes so."))

    def __init__(self, *args, action, **kwargs):
        super().__init__(*args, prefix=f"r{action.id}-", **kwargs)
        self.action = action

    def validate_word(self, field):
        """As in the room; but here a role is taken back until a day."""
        if self.answer.data != "bring_back":
            super().validate_word(field)

    def validate_answer_by(self, field):
        """持ち帰り: until when?"""
        if not field.data and self.answer.data == "bring_back" and not field.errors:
            raise ValidationError(_("Choose the day until which you will answer."))
        super().validate_answer_by(field)

    def validate_wished_on(self, field):
        """A day the role can be due."""
        fault = unfit_day(self.action, field.data) if field.data != self.action.due_on else ""
        if fault:
            raise ValidationError(fault)

    def validate_answer(self, field):
        """A word without an answer would be lost."""
        if self.answer.data in (None, "", "None") and (self.word.data or self.answer_by.data):
            raise ValidationError(_("Choose one of the four answers."))

    def validate_wished_what(self, field):
        """Whoever says why has something else in mind than what stands."""
        if self.wish is None and (self.reason.data or self.takes.data) and not self.wished_on.errors:
            raise ValidationError(_("These are the words and the day it has now."))

    @property
    def touched(self) -> bool:
        """Whether anything was said or typed here."""
        return bool(self.said or self.wishing or self.word.data or self.answer_by.data or self.answer_by.errors)

    @property
    def wish(self) -> dict | None:
        """Other words or another day than the role has; None where neither is wished for."""
        what = self.wished_what.data if self.wished_what.data != self.action.what else ""
        on = self.wished_on.data if self.wished_on.data != self.action.due_on else None
        wished = (what or on) and open_request(self.action) is None
        return dict(what=what, due_on=on, reason=self.reason.data, takes=bool(self.takes.data)) if wished else None

    @property
    def wishing(self) -> bool:
        """Whether the wish is to be shown open, with what was typed."""
        return self.is_submitted() and bool(self.wish or self.reason.data or self.takes.data or self.wished_on.errors or self.wished_what.errors)

    @property
    def said(self) -> Said | None:
        """What is said to this role; None while it is left open."""
        answer = Answer(self.answer.data) if self.answer.data in [each.value for each in Answer] else None
        if answer or self.wish:
            return Said(self.action, self.read.data, answer, self.word.data if answer else "", self.promised, self.wish)
        else:
            return None
