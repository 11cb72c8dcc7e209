"""The form of a consent: what somebody said, with whom what may be shared, and until when."""

from __future__ import annotations

from wtforms import ValidationError

from accounts.forms import Ticks
from agencies.models import Agency
from cases.consent import ConsentState, Information, Method
from core import clock
from core.database import session
from core.forms import Day, Form, Radio, Required, Select, line, paragraph
from core.languages import _, later


def _number(typed) -> int:
    """The id a tick stands for; 0, which nobody has, for anything else that was sent."""
    return int(typed) if str(typed).isdecimal() and len(str(typed)) < 10 else 0


class ScopeForm(Form):
    """What a consent covers: agencies and information, ticked, and what the ticks cannot say."""

    agencies = Ticks(later("Agencies that may be told"), coerce=_number)
    about = Ticks(later("Information that may be shared"))
    scope = paragraph(later("Scope in words"), limit=1000, rows=2)
    expires_on = Day(later("Holds until"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.agencies.choices = Agency.named()
        self.about.choices = [(each.value, each.label) for each in Information]

    @property
    def chosen(self) -> list[Agency]:
        """The agencies ticked, by name."""
        return sorted((session.get(Agency, id) for id in self.agencies.data), key=lambda each: each.name)


class ConsentForm(ScopeForm):
    state = Radio(later("What the person said"), [Required()])
    on = Day(later("Said on"), [Required()])
    method = Select(later("How"))
    witness = line(later("Heard by"), limit=80, required=False)
    reason = paragraph(later("Reason, when there is no consent"), limit=1000, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state.choices = [(each.value, each.label) for each in ConsentState]
        self.method.choices = [("", _("(choose)")), *((each.value, each.label) for each in Method)]

    @property
    def sharing(self) -> bool:
        return self.state.data in ("given", "partly")

    @property
    def said(self) -> dict:
        """What `HouseholdPerson.record_consent` is to keep."""
        # a refusal covers nothing, whatever stood ticked when it was recorded
        scope = dict(agencies=self.chosen, about=" ".join(self.about.data), scope=self.scope.data, expires_on=self.expires_on.data)
        return dict(state=ConsentState(self.state.data), on=self.on.data, method=Method(self.method.data) if self.method.data else None,
                    witness=self.witness.data, reason=self.reason.data, **(scope if self.sharing else dict(scope=self.scope.data)))

    def validate_on(self, field):
        """Nobody has consented tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def validate_method(self, field):
        """How it was given is what an audit asks first."""
        if self.sharing and not field.data:
            raise ValidationError(_("Say how the consent was given."))

    def validate_scope(self, field):
        """A consent covers what was named, nothing else."""
        if self.sharing and not field.data and not self.agencies.data:
            raise ValidationError(_("Say with whom what may be shared."))

    def validate_expires_on(self, field):
        """An end before its beginning would make the consent void."""
        if field.data and self.on.data and field.data < self.on.data:
            raise ValidationError(_("The end lies before the beginning."))
