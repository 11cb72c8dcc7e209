"""What is typed around copies and withheld passages."""

from __future__ import annotations

import wtforms

from core import clock
from core.forms import Day, Form, Required, Select, Whole, line
from core.languages import _, later
from papers.copies import How
from papers.variants import sections_of

DECISIONS = ("withhold", "open")


class Ticks(wtforms.SelectMultipleField):
    """Any of the choices; others were not on the page."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def pre_validate(self, form):
        try:
            super().pre_validate(form)
        except wtforms.ValidationError:
            raise wtforms.ValidationError(_("Choose one of the choices shown.")) from None


def _past(_form, field):
    if field.data and field.data > clock.today():
        raise wtforms.ValidationError(_("This day has not come yet."))


class DistributionForm(Form):
    """What a copy for an agency keeps."""

    sections = Ticks(later("Parts on this copy"))
    lean = wtforms.BooleanField(later("Leave out lines that speak of health"))

    def __init__(self, meeting, **kwargs):
        super().__init__(**kwargs)
        self.sections.choices = [(each.key, each.label) for each in sections_of(meeting.kind.hears_cases)]


class OfficeCopyForm(Form):
    """For whom a full record, or a copy to disclose, is made."""

    recipient = line(later("For whom"), limit=80)
    cases = Ticks(later("Cases"))


class WorkingCopyForm(OfficeCopyForm):
    """Who in the office deliberates with a working copy."""

    recipient = line(later("For whom in the office"), limit=80)


class DeliveryForm(Form):
    """Pieces of a copy that went out. A working copy stays in the office: nobody is sent it by post."""

    on = Day(later("Handed over on"), [Required(), _past])
    how = Select(later("How"))
    pieces = Whole(later("Pieces"), [Required()], low=1, high=99)
    recall = wtforms.BooleanField(later("To be collected again (回収)"))

    def __init__(self, copy, **kwargs):
        super().__init__(**kwargs)
        self.how.choices = [(each.value, each.label) for each in How if not (copy.variant.internal and each is How.POST)]


class ReturnForm(Form):
    """When the pieces handed over on the day `since` came back."""

    returned_on = Day(later("Collected on"), [Required(), _past])
    since = None

    def validate_returned_on(self, field):
        if field.data and self.since and field.data < self.since:
            raise wtforms.ValidationError(_("It was handed over later, on %(day)s.", day=clock.wareki(self.since)))


class MarkForm(Form):
    """Lines, or words of them, to be withheld or opened."""

    places = Ticks(later("Lines"))
    words = line(later("Only these words (empty: the whole line)"), limit=400, required=False)
    everywhere = wtforms.BooleanField(later("Wherever these words stand"))
    ground = Select(later("Kind of information"))
    reason = line(later("Reason for the list"), limit=400, required=False)
    decision = wtforms.HiddenField()
    line = wtforms.HiddenField()  # the number of the line that is looked at alone; empty on the page of all

    def validate_line(self, field):
        field.data = (field.data or "").strip()
        if field.data and not (field.data.isascii() and field.data.isdecimal() and len(field.data) < 10 and 0 < int(field.data) <= len(self.places.choices)):
            field.data = ""

    def validate_decision(self, field):
        if field.data not in DECISIONS:
            raise wtforms.ValidationError(_("Choose one of the choices shown."))


class RestForm(Form):
    """The undecided lines that are opened together, after a list of them was read."""

    places = Ticks(later("Lines to open"))
    aware = wtforms.BooleanField(later("I have read each line ticked above; it may be disclosed"))

    def validate_places(self, field):
        if not field.data:
            raise wtforms.ValidationError(_("Choose at least one line."))

    def validate_aware(self, field):
        if not field.data:
            raise wtforms.ValidationError(_("Read the lines first, then say so here."))


class ApprovalForm(Form):
    decided_by = line(later("Decided by (post and name)"), limit=120)
    decided_on = Day(later("Decided on"), [Required(), _past])
    aware = wtforms.BooleanField(later("The places named above have been looked at; they stay as they are"))

    def asked(self, doubtful: bool) -> bool:
        """Whether it was said, where withheld words stand elsewhere (`doubtful`), that this was looked at."""
        if doubtful and not self.aware.data:
            self.aware.errors = [_("Look at these lines first, then say so here.")]
            return False
        return True


class GroundRow(wtforms.Form):
    id = wtforms.HiddenField()
    name = line(later("Kind of information"), limit=40, required=False)
    article = line(later("Article relied on"), limit=200, required=False)
    reason = line(later("Usual reason"), limit=400, required=False)
    active = wtforms.BooleanField(later("In use"), default=True)

    def validate_name(self, field):
        if not field.data and (self.article.data or self.reason.data or self.id.data):
            raise wtforms.ValidationError(_("Please fill this in."))

    def validate_article(self, field):
        if self.name.data and not field.data:
            raise wtforms.ValidationError(_("Please fill this in."))


class GroundsForm(Form):
    """The office's kinds of information that may be withheld."""

    rows = wtforms.FieldList(wtforms.FormField(GroundRow), max_entries=40)

    def pad(self):
        self.rows.append_entry()

    @property
    def arranged(self) -> list[dict]:
        return [{name: each.form[name].data for name in ("id", "name", "article", "reason", "active")} for each in self.rows if each.form.name.data]
