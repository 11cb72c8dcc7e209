"""The form by which the team writes down what somebody said who does not answer on a screen: how, and on which day."""

from __future__ import annotations

from wtforms import ValidationError

from actions.forms import ConfirmForm
from actions.words import Via
from core import clock
from core.forms import Day, Radio, Required
from core.languages import _, later

WAYS = {Via.PHONE: later("On the telephone"), Via.PAPER: later("On a sheet of paper"), Via.TOLD: later("Face to face")}


class HeardForm(ConfirmForm):
    """Their answer, how it came and when."""

    via = Radio(later("How they said it"), [Required()])
    heard_on = Day(later("On which day"), [Required()])

    def __init__(self, *args, action, **kwargs):
        super().__init__(*args, **kwargs)
        self.via.choices = [(each.value, label) for each, label in WAYS.items()]
        self.action = action

    def validate_heard_on(self, field):
        """Nobody answers before the role was there, nor tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is still to come."))
        if field.data and field.data < clock.local(self.action.hearing.meeting.starts_at).date():
            raise ValidationError(_("This day lies before the meeting."))
