"""Forms at the head of an agenda: how a role of an earlier meeting stands, who has it from now on, what came of a line."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from actions.forms import choices_of, chosen_of
from actions.refusals import reason, standing_no
from core import clock
from core.forms import Day, Form, Select, line
from core.languages import _, later


class TakenUpForm(Form):
    """Who has it from now on, and by when."""

    key = wtforms.HiddenField()
    who = Select(later("Who"))
    due_on = Day(later("By when"))

    def __init__(self, *args, hearing=None, action=None, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hearing, self.action, self.by = hearing, action, by
        self.who.choices = [("", _("Nobody yet (unassigned)")), *choices_of(hearing)]

    def validate_due_on(self, field):
        """Not before the meeting that gives it."""
        if field.data and field.data < clock.local(self.hearing.meeting.starts_at).date():
            raise ValidationError(_("This day lies before the meeting."))

    def validate_who(self, field):
        """Nobody is made the holder against their own word."""
        no = standing_no(self.hearing, self.by, self.action.what, *self.holder)
        if no is not None:
            raise ValidationError(" ".join(reason(no, self.hearing, self.by)))

    @property
    def holder(self) -> tuple:
        return chosen_of(self.hearing, self.who.data)


class SettledForm(Form):
    note = line(later("What came of it"), limit=200, required=True)
