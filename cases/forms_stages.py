"""Forms of a case's way: moving it to another stage, ending it, and looking again afterwards."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from agencies.models import Agency
from cases import flow
from cases.flow import Need, Stage
from cases.stages import Finding
from core import clock
from core.database import session
from core.forms import Day, Form, Radio, Required, Select, paragraph
from core.languages import _, later

NEEDED = {  # which field answers what a move needs
    Need.REASON: "reason", Need.LEAD: "lead_agency_id", Need.ROLES: "roles", Need.OUTLOOK: "outlook", Need.SIGNS: "signs",
    Need.CHECK: "checks",
}
CHECKS = 6


class MoveForm(Form):
    """A case goes to another stage; what must be filled in depends on where it goes."""

    to = wtforms.HiddenField()
    on = Day(later("Day of the move"), [Required()])
    reason = paragraph(later("Reason"), limit=1000, rows=3)
    lead_agency_id = Select(later("Lead agency afterwards"), coerce=lambda value: int(value or 0))
    roles = paragraph(later("Agreed roles"), limit=2000, rows=3)
    outlook = paragraph(later("Outlook"), limit=2000, rows=3)
    watchers = paragraph(later("Who keeps an eye on the household"), limit=1000, rows=2)
    signs = paragraph(later("Signs to start again"), limit=1000, rows=3)
    checks = wtforms.FieldList(Day(later("Look again on")), max_entries=CHECKS)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        agencies = session.execute(Agency.__table__.select().with_only_columns(Agency.id, Agency.name).order_by(Agency.name))
        self.lead_agency_id.choices = [(0, _("(choose)")), *((each.id, each.name) for each in agencies)]

    def pad(self) -> None:
        """A place for another day, so that it can be added without scripts."""
        while len(self.checks) < min(CHECKS, 3) or (len(self.checks) < CHECKS and self.checks[-1].data):
            self.checks.append_entry()

    @property
    def target(self) -> Stage | None:
        """Where to; None when the case cannot go there."""
        return next((each for each in flow.possible(self.case.stage) if each.value == self.to.data), None)

    @property
    def needs(self) -> set[Need]:
        return flow.needs(self.case.stage, self.target) if self.target else set()

    @property
    def ends(self) -> bool:
        """Whether the move ends coordination, so that what is agreed afterwards belongs to it."""
        return self.target in flow.OVER

    def needed(self, name: str) -> bool:
        return name in [NEEDED[each] for each in self.needs]

    def validate_to(self, field):
        """Where a case may go depends on where it stands."""
        if self.target is None:
            raise ValidationError(_("Choose one of the choices shown."))

    def validate_on(self, field):
        """Moves stand in the order of their days."""
        last = self.case.moves[-1].on if self.case.moves else None
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))
        if field.data and not flow.on_a_day_that_fits(field.data, last, clock.today()):
            raise ValidationError(_("The last move was on a later day."))

    def validate_reason(self, field):
        """Whoever takes the case over must learn why it left the natural way."""
        self._ask(Need.REASON, field.data, _("Write why."))

    def validate_lead_agency_id(self, field):
        """Without an agency that keeps the thread, the household is simply left alone."""
        self._ask(Need.LEAD, field.data, _("Choose the agency that keeps the thread afterwards."))

    def validate_roles(self, field):
        """Coordination ends when roles are agreed."""
        self._ask(Need.ROLES, field.data, _("Write who does what from now on, as agreed."))

    def validate_outlook(self, field):
        """Coordination ends when support is foreseeable."""
        self._ask(Need.OUTLOOK, field.data, _("Write how support goes on, as far as can be foreseen."))

    def validate_signs(self, field):
        """Whoever accompanies must know when to call."""
        self._ask(Need.SIGNS, field.data, _("Write at which signs support starts again."))

    def validate_checks(self, field):
        """Accompaniment without a day is forgotten."""
        self._ask(Need.CHECK, self.days, _("Write at least one day to look again."))
        if self.ends and any(day < clock.today() for day in self.days):
            raise ValidationError(_("A day to look again must not have passed."))

    def _ask(self, need: Need, said, words: str) -> None:
        if need in self.needs and not said:
            raise ValidationError(words)

    @property
    def days(self) -> list:
        return [each for each in self.checks.data if each]

    @property
    def agreed(self) -> dict | None:
        """What is agreed for the time afterwards; None for a move that ends nothing."""
        if not self.ends:
            return None
        return dict(lead_agency=session.get(Agency, self.lead_agency_id.data), roles=self.roles.data, outlook=self.outlook.data,
                    watchers=self.watchers.data, signs=self.signs.data, checks=self.days)


class CheckForm(Form):
    """What a light look at the household found."""

    on = Day(later("Seen on"), [Required()])
    finding = Radio(later("How it is"), [Required()])
    words = paragraph(later("What was seen or heard"), limit=2000, rows=3)
    again_on = Day(later("Look again on"))
    reopen_to = Select(later("Start support again"))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.finding.choices = [(each.value, each.label) for each in Finding]
        self.reopen_to.choices = [("", _("No, go on accompanying")), *(
            (each.value, _("Yes, from: %(stage)s", stage=each.label)) for each in flow.ACTIVE[1:4])]

    def validate_on(self, field):
        """Nobody has looked tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def validate_words(self, field):
        """A concern without words helps nobody; a reopening says why."""
        if not field.data and (self.finding.data in ("concern", "sign") or self.reopen_to.data):
            raise ValidationError(_("Write what was seen or heard."))

    def validate_again_on(self, field):
        """The next look lies ahead."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("A day to look again must not have passed."))
