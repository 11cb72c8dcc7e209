"""Forms of the disposal: which records, what is decided, and whether somebody is sure."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core import text
from core.forms import Form, Select, line, paragraph
from core.languages import _, later
from papers.forms_copies import Ticks
from retention.disposal import Decision


class ProposalForm(Form):
    """Records whose term is over, to be ticked."""

    records = Ticks(later("Records on the list"))
    note = paragraph(later("Note"), limit=400)

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.records.choices = [(str(each.meeting.id), each.meeting.reference) for each in choices]

    def validate_records(self, field):
        if not field.data and not field.errors:
            raise ValidationError(_("Choose the records to be disposed of."))


class DecisionForm(Form):
    """One decision about the ticked records; who proposed the list (`own`) is offered only to take records off it."""

    items = Ticks(later("Records on the list"))
    decision = Select(later("What is decided about it"))
    reason = line(later("Reason"), limit=200, required=False)

    def __init__(self, *args, choices=(), own=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.items.choices = [(str(each.id), each.reference) for each in choices]
        self.decision.choices = [(each.value, each.label) for each in Decision if each == Decision.REFUSED or (each != Decision.PENDING and not own)]

    def validate_items(self, field):
        if not field.data and not field.errors:
            raise ValidationError(_("Tick the records you decide about."))

    def validate_reason(self, field):
        if self.decision.data in ("refused", "transferred") and text.blank(field.data or "") and not field.errors:
            raise ValidationError(_("Say why, or where it goes."))


class SureForm(Form):
    """The explicit word before something is gone for good."""

    sure = wtforms.BooleanField(later("I know that the words of these records cannot be brought back"))

    def validate_sure(self, field):
        if not field.data:
            raise ValidationError(_("Please tick this first."))
