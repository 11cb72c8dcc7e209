"""Forms of names and addresses: what is known of a person, of the household, and why one looks."""

from __future__ import annotations

from datetime import date

import wtforms
from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Select, line
from core.languages import _, later
from identities import words
from identities.facts import Facts

REASONS = {  # kept in the audit as these words, so no text of a person gets there
    "contact": later("To call, write or visit"),
    "paper": later("To write a notice or a paper"),
    "same": later("To make sure who is meant"),
    "correct": later("To check or correct what is written"),
    "answer": later("To answer an inquiry or an emergency"),
    "other": later("Another duty of the office"),
}
OLDEST = 130


class BirthDate(Day):
    """A date typed as papers have it (昭和18年4月12日, S18.4.12): nobody turns a calendar back by eighty years."""

    widget = wtforms.widgets.TextInput()

    def _value(self):
        return self.raw_data[0] if self.raw_data else clock.wareki(self.data, weekday=False) if self.data else ""


class _Kept(Form):
    """What both forms have: where somebody lives, and how they may be reached."""

    address = line(later("Address"), limit=200, required=False)
    telephone = line(later("Telephone"), limit=40, required=False)
    may_call = Select(later("May we call?"))
    call_when = line(later("When and how"), limit=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_call.choices = [("", _("Not asked yet")), ("yes", _("Yes, call")), ("no", _("No, do not call"))]

    def validate_telephone(self, field):
        """A number without digits can neither be called nor found."""
        if field.data and len(words.digits(field.data)) < 4:
            raise ValidationError(_("Write the number in digits."))

    @property
    def facts(self) -> Facts:
        """What was typed."""
        return Facts(**{name: field.data for name, field in self._fields.items() if name in Facts.__dataclass_fields__})


class PersonIdentityForm(_Kept):
    name = line(later("Name"), limit=80, required=False)
    kana = line(later("Reading"), limit=80, required=False)
    former_name = line(later("Former name"), limit=80, required=False)
    birth_date = BirthDate(later("Birth date"), render_kw={"maxlength": 20})
    sex = line(later("Sex, as the person says"), limit=20, required=False)

    def validate_birth_date(self, field):
        """Nobody of a household was born tomorrow, or is older than anybody ever was."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))
        elif field.data and field.data < date(clock.today().year - OLDEST, 1, 1):
            raise ValidationError(_("Nobody is older than %(age)s years.", age=OLDEST))


class HouseholdIdentityForm(_Kept):
    pass


class SearchForm(Form):
    wanted = line(later("Name, reading, birth date or telephone"), limit=80)


class LookForm(wtforms.Form):
    """Whose values to show, and why; read from the address, which names nobody."""

    of = wtforms.StringField(default="all")
    reason = Select(later("Reason to look"))

    def __init__(self, *args, needed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.needed = needed
        self.reason.choices = [("", _("(choose)")), *REASONS.items()]

    def validate_reason(self, field):
        """Where the office asks why, it is asked every time."""
        if self.needed and not field.data:
            raise ValidationError(_("Choose the reason first."))
