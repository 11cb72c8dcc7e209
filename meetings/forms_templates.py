"""The form of an agenda template: its name, what it is for, its steps."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core.forms import Form, Select, Whole, line, paragraph
from core.languages import _, later
from meetings.templates import AgendaTemplate, Purpose

SCREENS = {
    "none": later("Nothing of its own"), "rules": later("Ground rules"), "previous": later("Carried over"), "case": later("The case"), "facts": later("Facts"),
    "issues": later("Issues"), "formulation": later("Formulation"), "ideas": later("Resources"), "roles": later("Roles"),
    "decisions": later("Decisions"), "next": later("Next meeting"), "reflection": later("Looking back"),
    "family": later("The family's own time"),
}


class StepRow(wtforms.Form):
    """One step; an empty title means an empty row."""

    place = Whole(later("Order"), low=1, high=99)
    title_ja = line(later("Step"), limit=120, required=False)
    minutes = Whole(later("Length in minutes"), low=1, high=240)
    screen = Select(later("On the screen of the room"))
    limited = wtforms.BooleanField(later("Shared with some of the table only"))
    say_ja = paragraph(later("What the facilitator may say"), limit=600, rows=3)
    title_en = line(later("Step, in English"), limit=120, required=False)
    say_en = paragraph(later("What the facilitator may say, in English"), limit=600, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.screen.choices = list(SCREENS.items())

    def validate_minutes(self, field):
        """A step without minutes cannot be kept to."""
        if self.title_ja.data and field.data is None and not field.errors:
            raise ValidationError(_("How many minutes?"))


class TemplateForm(Form):
    """An agenda of the office."""

    ja = line(later("Name of the agenda"), limit=80)
    purpose = Select(later("What it is for"), coerce=str)
    hint_ja = line(later("When it fits"), limit=200, required=False)
    en = line(later("Name of the agenda, in English"), limit=80, required=False)
    hint_en = line(later("When it fits, in English"), limit=200, required=False)
    steps = wtforms.FieldList(wtforms.FormField(StepRow), max_entries=30)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.purpose.choices = [(each.value, each.label) for each in Purpose]

    def pad(self) -> None:
        """One empty step at the end, to write another in."""
        if len(self.steps) < self.steps.max_entries and (not self.steps or self.steps[-1].form.title_ja.data):
            self.steps.append_entry()

    def validate_steps(self, field):
        """An agenda without a step would leave a meeting without a clock."""
        if not any(row.form.title_ja.data for row in field):
            raise ValidationError(_("An agenda has one step at least."))

    @classmethod
    def showing(cls, template: AgendaTemplate) -> TemplateForm:
        """The form as the template stands."""
        steps = [each.words | dict(place=each.position) for each in template.steps]
        return cls(data=dict(ja=template.ja, en=template.en, hint_ja=template.hint_ja, hint_en=template.hint_en,
                             purpose=template.purpose.value, steps=steps, version=str(template.version)))

    @property
    def words(self) -> dict:
        """What the template keeps of this, apart from its steps."""
        return {name: self[name].data for name in ("ja", "en", "hint_ja", "hint_en")} | dict(purpose=Purpose(self.purpose.data))

    @property
    def arranged(self) -> list[dict]:
        """The rows that say something, in the order asked for; those without a number at the end."""
        rows = sorted((each.form for each in self.steps if each.form.title_ja.data), key=lambda row: row.place.data or 100)
        return [{name: row[name].data for name in ("title_ja", "title_en", "minutes", "screen", "limited", "say_ja", "say_en")} for row in rows]
