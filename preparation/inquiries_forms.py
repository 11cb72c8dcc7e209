"""Forms of a written inquiry: what is asked, and what is answered."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Radio, Required, Select, paragraph
from core.languages import _, later
from preparation.inquiries import AnswerMethod, InquiryState


class QuestionRow(wtforms.Form):
    """One question; an empty one is left out."""

    text = paragraph(later("Question"), limit=600, rows=2)


class InquiryForm(Form):
    """What one agency is asked in writing."""

    agency_id = Select(later("Agency"), coerce=lambda value: int(value or 0))
    due_on = Day(later("Answers wished by"), [Required()])
    questions = wtforms.FieldList(wtforms.FormField(QuestionRow), label=later("Questions"), max_entries=20)

    def __init__(self, *args, agencies=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.agency_id.choices = [(each.id, each.name) for each in agencies]

    def pad(self) -> None:
        """An empty row, so that another question can be added without scripts."""
        if len(self.questions) < self.questions.max_entries and (not len(self.questions) or self.questions[-1].form.text.data):
            self.questions.append_entry()

    def validate_questions(self, field):
        """An inquiry without a question asks nothing."""
        if not self.asked:
            raise ValidationError(_("Write at least one question."))

    @property
    def asked(self) -> list[str]:
        """The questions, without empty rows."""
        return [row.form.text.data for row in self.questions if row.form.text.data]


class AnswerRow(wtforms.Form):
    text = paragraph(later("Answer"), limit=4000, rows=3)


class ReplyForm(Form):
    """The answer, on screen by the agency or typed in by the office."""

    answers = wtforms.FieldList(wtforms.FormField(AnswerRow), label=later("Answers"), max_entries=20)
    state = Radio(later("Can it be answered?"), [Required()])
    reason = paragraph(later("Reason, when it cannot be answered"), limit=1000, rows=2)
    how = Radio(later("How the answer came"))
    answered_on = Day(later("Answered on"))

    def __init__(self, *args, typed_in=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.typed_in = typed_in
        self.state.choices = [(each.value, each.label) for each in InquiryState if each != InquiryState.OPEN]
        self.how.choices = [(each.value, each.label) for each in AnswerMethod if each != AnswerMethod.SCREEN]

    def validate_reason(self, field):
        """An agency that cannot answer says why; nobody has to guess."""
        if self.state.data == "cannot" and not field.data:
            raise ValidationError(_("Write why it cannot be answered."))

    def validate_answers(self, field):
        """Answered means that something was answered."""
        if self.state.data == "answered" and not any(row.form.text.data for row in self.answers):
            raise ValidationError(_("Answer at least one question, or say that it cannot be answered."))

    def validate_how(self, field):
        """What the office types in came on paper or by telephone."""
        if self.typed_in and field.data not in ("paper", "phone"):
            raise ValidationError(_("Say how the answer came."))

    def validate_answered_on(self, field):
        """An answer came today or before."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def words(self, count: int) -> dict:
        """What `Inquiry.answer` wants, for that many questions."""
        texts = [row.form.text.data for row in self.answers][:count]
        return dict(state=InquiryState(self.state.data), answers=texts + [""] * (count - len(texts)),
                    reason=self.reason.data if self.state.data == "cannot" else "",
                    how=AnswerMethod(self.how.data) if self.typed_in else AnswerMethod.SCREEN,
                    on=self.typed_in and self.answered_on.data or clock.today())
