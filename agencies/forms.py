"""Forms of the roster."""

from __future__ import annotations

import sqlalchemy as sa
import wtforms
from wtforms import ValidationError

from accounts.forms import Ticks
from accounts.models import User
from agencies import cells
from agencies.models import Agency, AgencyKind, Domain, Member
from core.database import session
from core.forms import Day, Form, Select, line, paragraph
from core.languages import _, later

BINDINGS = ("委託", "指定", "指定管理", "協定", "補助")  # what a contract is called most often; others may be typed


def mail_address(_form, field):
    """An address a mail server can take (RFC 5321: at most 254 characters), or nothing."""
    if field.data and not cells.MAIL.fullmatch(field.data):
        raise ValidationError(_("Write a mail address such as name@example.jp."))


def postal_code(_form, field):
    """Seven digits, however they are typed; kept as 123-4567."""
    try:
        field.data = cells.postal(field.data or "")
    except cells.Wrong as wrong:
        raise ValidationError(str(wrong)) from None


class AgencyForm(Form):
    name = line(later("Name of the agency"), limit=80)
    kind = Select(later("Kind"))
    domains = Ticks(later("Domains it covers"))
    prefectural = wtforms.BooleanField(later("Prefectural body (asked by letter)"))
    coordinating = wtforms.BooleanField(later("Coordinating body (多機関協働)"))
    contract = line(later("How it is bound"), limit=80, required=False, render_kw={"list": "bindings"})
    head = line(later("Head of the agency, for letters"), limit=80, required=False)
    postal = line(later("Postal code"), postal_code, limit=12, required=False, render_kw={"inputmode": "numeric"})
    address = line(later("Address"), limit=200, required=False)
    phone = line(later("Telephone"), limit=40, required=False, render_kw={"inputmode": "tel"})
    fax = line(later("Fax"), limit=40, required=False, render_kw={"inputmode": "tel"})
    remarks = paragraph(later("Remarks"), limit=1000, rows=3)

    def __init__(self, agency=None, **kwargs):
        super().__init__(**kwargs)
        self.own_id = agency.id if agency else 0
        self.kind.choices = [(each.value, each.label) for each in AgencyKind]
        own = [each.code for each in agency.domains] if agency else []
        self.domains.choices = [(each.code, each.label) for each in Domain.listed(also=own)]

    def validate_name(self, field):
        """Two agencies of one name could not be told apart in the minutes."""
        if session.scalar(sa.select(Agency.id).where(Agency.name == field.data, Agency.id != self.own_id)):
            raise ValidationError(_("An agency of this name is on the roster already."))


class MemberForm(Form):
    name = line(later("Name"), limit=80)
    kana = line(later("Reading (kana)"), limit=80, required=False)
    section = line(later("Section"), limit=80, required=False)
    job = line(later("Post"), limit=80, required=False)
    email = line(later("Mail address"), mail_address, limit=254, required=False)
    phone = line(later("Telephone"), limit=40, required=False)
    user_id = Select(later("Account"), coerce=lambda value: int(value or 0))
    deputy = line(later("Stand-in"), limit=80, required=False)
    remarks = line(later("Remarks"), limit=400, required=False)
    since = Day(later("On the roster since"))
    left_on = Day(later("Off the roster from"))

    def validate_left_on(self, field):
        """Nobody leaves before they came, and nobody is on the roster for a body that is gone."""
        if not self.agency.active and not field.data:
            raise ValidationError(_("This agency is out of use: put it in use again on its page first."))
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_("The end lies before the beginning."))

    def __init__(self, agency: Agency, own_user=None, **kwargs):
        super().__init__(**kwargs)
        self.agency = agency
        taken = sa.select(Member.user_id).where(Member.user_id.is_not(None))
        free = sa.or_(User.id.not_in(taken), User.id == (own_user or 0))
        users = session.scalars(sa.select(User).where(User.active.is_(True), free).order_by(User.login))
        self.user_id.choices = [(0, _("None (answers on paper or by telephone)")), *((each.id, f"{each.name} ({each.login})") for each in users)]
