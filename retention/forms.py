"""Forms of the pages about how long records are kept."""

from __future__ import annotations

from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Select, line
from core.languages import _, later
from retention.terms import shipped


class ClassForm(Form):
    """Another class for one record, and why."""

    name = Select(later("Retention class"))
    until = Day(later("Keep at least until"))
    reason = line(later("Reason"), limit=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.name.choices = [(each.name, each.name) for each in shipped()]


class HoldForm(Form):
    """A stop of the disposal."""

    reason = line(later("Reason"), limit=200)
    until = Day(later("Stopped until (empty: until it is lifted)"))

    def validate_until(self, field):
        if field.data and not field.errors and field.data < clock.today():
            raise ValidationError(_("Choose today or a later day."))
