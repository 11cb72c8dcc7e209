"""Forms for signing in and for accounts."""

from __future__ import annotations

import re

import sqlalchemy as sa
import wtforms
from wtforms import PasswordField, SelectMultipleField, ValidationError

from accounts.models import Role, User
from core.database import session
from core.forms import Form, Required, line
from core.languages import _, later

LEAST = 10  # characters of a password
NEW = {"autocomplete": "new-password"}


def long_enough(_form, field):
    """At least ten characters; length protects better than kinds of characters."""
    if field.data and len(field.data) < LEAST:
        raise ValidationError(_("At least %(count)s characters.", count=LEAST))
    if field.data and len(field.data) > 200:
        raise ValidationError(_("At most %(limit)s characters; there are %(count)s now.", limit=200, count=len(field.data)))


def plain_login(_form, field):
    """Letters, digits and . _ - @ only, so that it can be typed on any keyboard."""
    if field.data and not re.fullmatch(r"[A-Za-z0-9._@-]+", field.data):
        raise ValidationError(_("Use letters, digits and . _ - @ only."))


def not_taken(form, field):
    """Two accounts cannot share a sign-in name."""
    if session.scalar(sa.select(User.id).where(User.login == field.data, User.id != getattr(form, "own_id", 0))):
        raise ValidationError(_("This sign-in name is taken."))


class Ticks(SelectMultipleField):
    """Several of the choices, each with its own tick box."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()


    def pre_validate(self, form):
        """Only what was offered can be ticked."""
        try:
            super().pre_validate(form)
        except wtforms.ValidationError:
            raise ValidationError(_("Choose one of the choices shown.")) from None


class SignInForm(Form):
    login = line(later("Sign-in name"), limit=60, render_kw={"autocomplete": "username", "autocapitalize": "none"})
    password = PasswordField(later("Password"), [Required()], render_kw={"autocomplete": "current-password"})


class FirstVisitForm(Form):
    office = line(later("Name of the office"), limit=80)
    name = line(later("Your name"), limit=80)
    login = line(later("Sign-in name"), plain_login, not_taken, limit=60)
    password = PasswordField(later("Password"), [Required(), long_enough], render_kw=NEW)
    coordinates = wtforms.BooleanField(later("I also run cases and meetings (coordinator)"))


class PasswordForm(Form):
    password = PasswordField(later("Present password"), [Required()], render_kw={"autocomplete": "current-password"})
    new_password = PasswordField(later("New password"), [Required(), long_enough], render_kw=NEW)
    repeated = PasswordField(later("New password, once more"), [Required()], render_kw=NEW)

    def validate_repeated(self, field):
        """A password is typed twice, so that nobody locks themselves out by a slip."""
        if field.data != self.new_password.data:
            raise ValidationError(_("The two are not the same."))


class AccountForm(Form):
    name = line(later("Name"), limit=80)
    login = line(later("Sign-in name"), plain_login, not_taken, limit=60)
    roles = Ticks(later("Office roles"))
    password = PasswordField(later("First password"), [long_enough], render_kw=NEW)

    def __init__(self, *args, own_id=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_id = own_id
        self.roles.choices = [(each.value, each.label) for each in Role]

    @property
    def chosen(self) -> set[Role]:
        return {Role(value) for value in self.roles.data or []}
