"""Forms of a meeting: planning, seats, opening, minutes."""

from __future__ import annotations

from datetime import timedelta
import re

import wtforms
from wtforms import ValidationError

from core import clock
from core.forms import (
    Day,
    Form,
    Radio,
    Required,
    Select,
    TimeOfDay,
    Whole,
    line,
    paragraph,
)
from core.languages import _, later
from meetings.models import Mode
from meetings.table import Reply
from meetings.templates import AgendaTemplate

SCREENS = ("rules", "previous", "case", "facts", "issues", "formulation", "ideas", "roles", "decisions", "next", "reflection", "family", "none")


class AgendaRow(wtforms.Form):
    """One step of the agenda; an empty title means an empty row."""

    title = line(later("Step"), limit=120, required=False)
    minutes = Whole(later("Length in minutes"), low=1, high=240)
    screen = wtforms.HiddenField(filters=[lambda typed: typed if typed in SCREENS else "none"])
    say = paragraph(later("What the facilitator may say"), limit=600, rows=3)
    limited = wtforms.BooleanField(later("Shared with some of the table only"))
    hearing = wtforms.HiddenField()  # whose step it is, where a meeting hears several cases

    def validate_minutes(self, field):
        """A step without minutes cannot be kept to."""
        if self.title.data and field.data is None and not field.errors:
            raise ValidationError(_("How many minutes?"))


class TimeForm(Form):
    """What every plan says: when and where."""

    name = line(later("Display name"), limit=80)
    day = Day(later("Date"), [Required()])
    start = TimeOfDay(later("From"), [Required()])
    end = TimeOfDay(later("To"), [Required()])
    mode = Radio(later("How it is held"), [Required()])
    place = line(later("Place"), limit=120, required=False, render_kw={"list": "places"})  # the office's rooms, offered by the page
    online_url = line(later("Online link"), limit=300, required=False)
    purpose = paragraph(later("Purpose"), limit=1000, rows=2)
    to_decide = paragraph(later("To be decided today"), limit=1000, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mode.choices = [(each.value, each.label) for each in Mode]

    def validate_day(self, field):
        """A meeting is planned ahead; one that was held is recorded by opening it on its day."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))
        if field.data and field.data > clock.today() + timedelta(days=3 * 366):
            raise ValidationError(_("This day is more than three years away."))

    def validate_end(self, field):
        """It ends after it starts, on the same day."""
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("The end must come after the start."))

    def validate_place(self, field):
        """People have to know where to go."""
        if not field.data and self.mode.data in ("in_person", "both"):
            raise ValidationError(_("Write where people meet."))

    def validate_online_url(self, field):
        """Only a web address is safe behind a link."""
        if field.data and not re.match(r"https?://[^\s<>\"']+$", field.data):
            raise ValidationError(_("Write an address that begins with https://."))
        if not field.data and self.mode.data == "online":
            raise ValidationError(_("Write the address people join by."))

    @property
    def span(self):
        """(start, end) as aware instants."""
        return clock.instant(self.day.data, self.start.data), clock.instant(self.day.data, self.end.data)

    @property
    def plan(self) -> dict:
        """What a meeting keeps of this, apart from its time."""
        whole = dict(name=self.name.data, mode=Mode(self.mode.data), place=self.place.data, online_url=self.online_url.data)
        return whole | {each: self[each].data for each in ("purpose", "to_decide") if each in self}


class PlanForm(TimeForm):
    """A new meeting."""

    kind = Radio(later("Legal kind"), [Required()])
    template = Select(later("Agenda template"))

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [(each.value, each.label) for each in kinds]
        self.template.choices = AgendaTemplate.choices()
        self.hints = [(each.key, each.label, each.hint) for each in AgendaTemplate.offered() if each.hint]


class ChangeForm(TimeForm):
    """A planned meeting, changed."""

    steps = wtforms.FieldList(wtforms.FormField(AgendaRow), max_entries=40)

    def pad(self) -> None:
        """One empty step, so that another can be added without scripts."""
        if len(self.steps) < self.steps.max_entries:
            self.steps.append_entry()


class ReplyForm(Form):
    reply = Radio(later("Your answer"), [Required()])
    note = line(later("A word to the organiser"), limit=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reply.choices = [(each.value, each.label) for each in Reply if each != Reply.NONE]


class LookForm(Form):
    text = line(later("Agency, name or reading"), limit=80, required=False)


class ReopenForm(Form):
    reason = paragraph(later("Reason"), limit=1000, required=True, rows=2)


def agencies_of(hearing) -> list[tuple[int, str]]:
    """(id, name) of the agencies at the table, each once, in the order of the seats."""
    return list({seat.member.agency_id: seat.member.agency.name for seat in hearing.seats}.items()) if hearing else []


def members_of(hearing) -> list[tuple[int, str]]:
    """(id, agency and name) of the people at the table."""
    return [(seat.member_id, seat.member.full) for seat in hearing.seats]

