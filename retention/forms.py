"""Forms of the pages about how long records are kept."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Select, Whole, line
from core.languages import _, later
from meetings.kinds import Kind
from retention.classes import offered
from retention.terms import Class


class ClassForm(Form):
    """Another class for one record, and why."""

    name = Select(later("Retention class"))
    until = Day(later("Keep at least until"))
    reason = line(later("Reason"), limit=200)

    def __init__(self, *args, kept: Class, **kwargs):
        super().__init__(*args, name=kept.name, **kwargs)
        self.classes = {each.name: each for each in (*offered(), kept)}  # the record's own stays to be chosen, though it is offered no longer
        self.name.choices = [(each, each) for each in self.classes]


class NewClassForm(Form):
    """Another class of the office's filing rules."""

    name = line(later("Name of the class"), limit=20)
    years = Whole(later("Years"), low=0, high=200)
    ever = wtforms.BooleanField(later("Kept for ever"))

    def validate_years(self, field):
        if field.data is None and not field.errors and not self.ever.data:
            raise ValidationError(_("Write the years, or tick that it is kept for ever."))


class KindsForm(Form):
    """Which class each kind of meeting has, and why it is changed."""

    reason = line(later("Reason"), limit=200)

    def __init__(self, *args, now: dict, **kwargs):
        super().__init__(*args, **kwargs)
        names = [each.name for each in offered()]
        for kind, name in now.items():  # the words of today stand among the choices, whatever is offered
            self[kind.value].choices = [(each, each) for each in dict.fromkeys([*names, name])]
            if not self.is_submitted():
                self[kind.value].data = name


for _kind in Kind:
    setattr(KindsForm, _kind.value, Select(_kind.label))


class HoldForm(Form):
    """A stop of the disposal."""

    reason = line(later("Reason"), limit=200)
    until = Day(later("Stopped until (empty: until it is lifted)"))

    def validate_until(self, field):
        if field.data and not field.errors and field.data < clock.today():
            raise ValidationError(_("Choose today or a later day."))
