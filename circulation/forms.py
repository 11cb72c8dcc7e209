"""What is typed around a draft that goes round."""

from __future__ import annotations

import wtforms

from circulation.words import Outcome, RemarkKind, Way
from core import clock
from core.forms import Day, Form, Radio, Required, line, paragraph
from core.languages import _, later

LIMIT = 4000


class RoundForm(Form):
    """Until when the draft goes round."""

    answer_by = Day(later("Remarks until"), [Required()])

    def validate_answer_by(self, field):
        if field.data <= clock.today():
            raise wtforms.ValidationError(_("Choose a day after today."))


class ExtensionForm(Form):
    """More time, and why."""

    until = Day(later("Remarks until"), [Required()])
    reason = line(later("Reason for more time"), limit=400)

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now

    def validate_until(self, field):
        if field.data <= max(self.now, clock.today()):
            raise wtforms.ValidationError(_("Choose a day after today and after the day it is now."))


class HeardForm(Form):
    """How somebody without an account said it."""

    how = Radio(later("How it was said"), choices=[(each.value, each.label) for each in (Way.PAPER, Way.PHONE)])

    def __init__(self, *args, heard=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.heard = heard

    def validate_how(self, field):
        if self.heard and field.data not in (Way.PAPER.value, Way.PHONE.value):
            raise wtforms.ValidationError(_("Please fill this in."))

    @property
    def way(self) -> Way:
        return Way(self.how.data) if self.heard else Way.SCREEN


class RemarkForm(HeardForm):
    """A correction with the proposed words, or a dissent; `sentences` are those the reader sees of their own tables."""

    at = wtforms.HiddenField()
    kind = Radio(later("What it is"), choices=[(each.value, each.label) for each in RemarkKind])
    text = paragraph(later("Proposed words, or the dissent"), limit=LIMIT, required=True, rows=4)
    why = paragraph(later("Reason"), limit=1000, rows=2)
    confined = wtforms.BooleanField(later("Only for those who share in limited lines (限定共有)"))

    def __init__(self, *args, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        self.sentences = {each.key: each for each in sentences}

    @property
    def sentence(self):
        """What it is about; None where it is not in the reader's copy."""
        return self.sentences.get(self.at.data)

    def validate_at(self, _field):
        if self.sentence is None:
            raise wtforms.ValidationError(_("This sentence is not in the draft that goes round. Choose it again."))

    def validate_kind(self, field):
        if field.data not in [each.value for each in RemarkKind]:
            raise wtforms.ValidationError(_("Please fill this in."))

    def validate_text(self, field):
        if self.sentence and field.data == self.sentence.text and self.kind.data == RemarkKind.CORRECT.value:
            raise wtforms.ValidationError(_("These are the words that stand there already."))


class AnswerForm(Form):
    """What comes of a correction."""

    outcome = Radio(later("Answer to the correction"), choices=[(each.value, each.label) for each in Outcome])
    words = paragraph(later("Words that shall stand"), limit=LIMIT, rows=3)
    said = paragraph(later("Answer to the person"), limit=1000, rows=2)
    read = wtforms.HiddenField()

    def validate_outcome(self, field):
        if field.data not in [each.value for each in Outcome]:
            raise wtforms.ValidationError(_("Please fill this in."))

    def validate_words(self, field):
        if self.outcome.data == Outcome.PARTLY.value and not field.data:
            raise wtforms.ValidationError(_("Write how it shall stand."))

    def validate_said(self, field):
        if self.outcome.data == Outcome.REJECTED.value and not field.data:
            raise wtforms.ValidationError(_("Write the reason; who proposed it reads it."))

    @property
    def line_read(self) -> int | None:
        """The text of the line that was read."""
        return int(self.read.data) if self.read.data and self.read.data.isascii() and self.read.data.isdigit() and len(self.read.data) < 10 else None
