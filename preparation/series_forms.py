"""The form of a recurring meeting, and of one of its days."""

from __future__ import annotations

from wtforms import ValidationError

from accounts.forms import Ticks
from core.forms import Day, Form, Radio, Required, Select, Whole
from core.languages import _, later
from meetings.forms import TimeForm
from meetings.kinds import Kind
from meetings.models import Mode
from meetings.templates import AgendaTemplate
from preparation.series_days import LAST, OnClosed, Pattern

WEEKDAYS = (later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday"), later("Sunday"))
ORDINALS = {1: later("First"), 2: later("Second"), 3: later("Third"), 4: later("Fourth"), 5: later("Fifth"), LAST: later("Last of the month")}


class SeriesForm(TimeForm):
    """Which days, when, where, under which name and of which legal kind."""

    day = purpose = to_decide = None  # those are the single meeting's
    kind = Radio(later("Legal kind"), [Required()])
    template = Select(later("Agenda"))
    pattern = Radio(later("How often"), [Required()])
    weekday = Select(later("Day of the week"), coerce=lambda value: int(value or 0))
    ordinals = Ticks(later("Which weeks of the month"))
    weeks = Whole(later("Every how many weeks"), low=1, high=12)
    first_on = Day(later("From day"), [Required()])
    last_on = Day(later("To day"), [Required()])
    on_closed = Radio(later("When the office is closed on that day"), [Required()])

    def __init__(self, *args, series=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [(each.value, each.label) for each in (Kind.SHIEN, Kind.JUSO, Kind.PREMEETING, Kind.GENERAL)]
        self.template.choices = AgendaTemplate.choices(keep=series.template if series else "")
        self.pattern.choices = [(each.value, each.label) for each in Pattern]
        self.weekday.choices = list(enumerate(WEEKDAYS))
        self.ordinals.choices = [(str(number), name) for number, name in ORDINALS.items()]
        self.on_closed.choices = [(each.value, each.label) for each in OnClosed]

    def validate_ordinals(self, field):
        """A monthly series says in which weeks."""
        if self.pattern.data == Pattern.MONTHLY.value and not field.data:
            raise ValidationError(_("Tick at least one week."))

    def validate_weeks(self, field):
        """A weekly series says every how many weeks."""
        if self.pattern.data == Pattern.WEEKLY.value and field.data is None and not field.errors:
            raise ValidationError(_("Write a number from %(low)s to %(high)s.", low=1, high=12))

    def validate_last_on(self, field):
        """It ends after it begins, and nobody plans for longer than two years."""
        if field.data and self.first_on.data and field.data < self.first_on.data:
            raise ValidationError(_("The end lies before the beginning."))
        if field.data and self.first_on.data and (field.data - self.first_on.data).days > 2 * 366:
            raise ValidationError(_("At most two years from the first day."))

    @property
    def words(self) -> dict:
        """What a series keeps of this."""
        monthly = self.pattern.data == Pattern.MONTHLY.value
        return dict(name=self.name.data, kind=Kind(self.kind.data), pattern=Pattern(self.pattern.data), weekday=self.weekday.data,
                    ordinals=",".join(self.ordinals.data) if monthly else "", weeks=1 if monthly else self.weeks.data,
                    starts=self.start.data, ends=self.end.data, place=self.place.data, online_url=self.online_url.data,
                    mode=Mode(self.mode.data), template=self.template.data, first_on=self.first_on.data, last_on=self.last_on.data,
                    on_closed=OnClosed(self.on_closed.data))


class DayForm(Form):
    """One day of a series: as usual, left out, or moved."""

    rule_day = Day(later("Day of the series"), [Required()])
    choice = Radio(later("What happens on this day"), [Required()])
    moved_to = Day(later("Held on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choice.choices = [("usual", _("As the series says")), ("skip", _("Left out")), ("move", _("Moved to"))]

    def validate_moved_to(self, field):
        """To move a day one says where to."""
        if self.choice.data == "move" and field.data is None and not field.errors:
            raise ValidationError(_("Please fill this in."))
