"""Forms of handing over: to whom, why; when somebody is away and who acts for them; who follows on one's teams."""

from __future__ import annotations

from wtforms import ValidationError

from actions.handovers import Cause
from agencies.models import Member
from core import clock
from core.forms import Day, Form, Radio, Required, Select
from core.languages import _, later

LONGEST = 366  # days of an absence; whoever is away longer hands over


class HandoverForm(Form):
    """One successor for everything, and where the person may decide it (`run`), another one for single roles."""

    cause = Radio(later("Why it is handed over"), [Required()], default="transfer")
    to = Select(later("Who takes over"))

    def __init__(self, *args, colleagues=(), run=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues, self.run = list(colleagues), list(run)
        self.cause.choices = [(each.value, each.label) for each in Cause]
        self.to.choices = [("", _("(choose)")), *((str(each.id), each.full) for each in self.colleagues)]

    @classmethod
    def of(cls, colleagues, run, **kwargs) -> HandoverForm:
        """A form with a field for each role that may go to somebody else."""
        fields = {f"to_{each.id}": Select(later("Who takes over")) for each in run}
        made = type("HandoverForm", (cls,), fields)(colleagues=colleagues, run=run, **kwargs)
        for each in run:
            made.other(each).choices = [("", _("As above")), *((str(one.id), one.full) for one in made.takers(each))]
        return made

    def other(self, action):
        """The field of a role that may go to somebody else."""
        return self[f"to_{action.id}"]

    def takers(self, action) -> list[Member]:
        """Who could take this role: the colleagues, and whoever sat for the case."""
        seated = [seat.member for seat in action.hearing.seats if not seat.member.gone and seat.member_id != action.member_id]
        return list({each.id: each for each in (*self.colleagues, *seated)}.values())

    def validate_to(self, field):
        """Somebody, unless each role has somebody of its own."""
        if not field.data and not (self.run and self.whole and all(self.other(each).data for each in self.run)):
            raise ValidationError(_("Choose who takes over."))

    whole = False  # whether every role of the person is one in `run`

    def chosen(self, actions) -> dict:
        """Each role, and who takes it."""
        first = next((each for each in self.colleagues if str(each.id) == self.to.data), None)
        return {each: self._own(each) or first for each in actions}

    def _own(self, action) -> Member | None:
        said = self.other(action).data if action in self.run else ""
        return next((each for each in self.takers(action) if str(each.id) == said), None)


class AbsenceForm(Form):
    acting = Select(later("Who acts for them"))
    from_on = Day(later("From"), [Required()])
    to_on = Day(later("Until and including"), [Required()])

    def __init__(self, *args, colleagues=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues = list(colleagues)
        self.acting.choices = [("", _("(choose)")), *((str(each.id), each.full) for each in self.colleagues)]

    def validate_acting(self, field):
        if not field.data:
            raise ValidationError(_("Please fill this in."))

    def validate_to_on(self, field):
        """Days in their order, not all past, and not for years."""
        if field.data and self.from_on.data and field.data < self.from_on.data:
            raise ValidationError(_("The end lies before the beginning."))
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))
        if field.data and self.from_on.data and (field.data - self.from_on.data).days > LONGEST:
            raise ValidationError(_("For more than a year, hand the roles over instead."))

    @property
    def chosen(self) -> Member:
        return next(each for each in self.colleagues if str(each.id) == self.acting.data)


class TeamsForm(Form):
    to = Select(later("Who follows you"))

    def __init__(self, *args, successors=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.successors = list(successors)
        self.to.choices = [("", _("(choose)")), *((str(each.id), each.name) for each in self.successors)]

    def validate_to(self, field):
        if not field.data:
            raise ValidationError(_("Please fill this in."))

    @property
    def chosen(self):
        return next(each for each in self.successors if str(each.id) == self.to.data)
