"""Forms of the roster."""

from __future__ import annotations

import re

import sqlalchemy as sa
import wtforms
from wtforms import ValidationError

from accounts.forms import Ticks
from accounts.models import User
from agencies.models import Agency, AgencyKind, Domain, Member
from core.database import session
from core.forms import Form, Select, line
from core.languages import _, later


def mail_address(_form, field):
    """An address a mail server can take (RFC 5321: at most 254 characters), or nothing."""
    if field.data and not re.fullmatch(r"[^@\s<>,;:\"()]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", field.data):
        raise ValidationError(_("Write a mail address such as name@example.jp."))


class AgencyForm(Form):
    name = line(later("Name of the agency"), limit=80)
    kind = Select(later("Kind"))
    domains = Ticks(later("Domains it covers"))
    prefectural = wtforms.BooleanField(later("Prefectural body (asked by letter)"))
    coordinating = wtforms.BooleanField(later("Coordinating body (多機関協働)"))

    def __init__(self, *args, own_id=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_id = own_id
        self.kind.choices = [(each.value, each.label) for each in AgencyKind]
        self.domains.choices = [(each.code, each.label) for each in Domain.listed()]

    def validate_name(self, field):
        """Two agencies of one name could not be told apart in the minutes."""
        if session.scalar(sa.select(Agency.id).where(Agency.name == field.data, Agency.id != self.own_id)):
            raise ValidationError(_("An agency of this name is on the roster already."))


class MemberForm(Form):
    name = line(later("Name"), limit=80)
    kana = line(later("Reading (kana)"), limit=80, required=False)
    job = line(later("Post"), limit=80, required=False)
    email = line(later("Mail address"), mail_address, limit=254, required=False)
    phone = line(later("Telephone"), limit=40, required=False)
    user_id = Select(later("Account"), coerce=lambda value: int(value or 0))
    left = wtforms.BooleanField(later("No longer on the roster"))

    def __init__(self, *args, own_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        taken = sa.select(Member.user_id).where(Member.user_id.is_not(None))
        free = sa.or_(User.id.not_in(taken), User.id == (own_user or 0))
        users = session.scalars(sa.select(User).where(User.active.is_(True), free).order_by(User.login))
        self.user_id.choices = [(0, _("None (answers on paper or by telephone)")), *((each.id, f"{each.name} ({each.login})") for each in users)]
