"""Forms of the room: a line of the discussion, two texts settled, what the meeting leaves with."""

from __future__ import annotations

from datetime import datetime

import wtforms
from wtforms import ValidationError

from core.database import utcnow
from core.forms import Form, Keepable, Paragraph, Radio, Required, Select, TimeOfDay, Whole, line, paragraph
from core.languages import _, later
from meetings.capture import EntryKind
from meetings.forms import agencies_of
from plans.verdicts import Verdict
from room import held, prefixes


def called(hearing) -> dict[int, list[str]]:
    """What each agency at the table is called: its name, its people here, their readings."""
    names = {}
    for seat in hearing.seats:
        member = seat.member
        names.setdefault(member.agency_id, [member.agency.name]).extend(filter(None, [member.name, member.kana]))
    return names


class BegunForm(Form):
    """Something written while people talk: when it was begun decides whose it is (限定共有)."""

    began = wtforms.HiddenField()  # when the first letter of it was typed, by the server's clock

    @property
    def since(self) -> datetime | None:
        """When it was begun; None when that is not known."""
        try:
            began = datetime.fromisoformat(self.began.data or "")
        except ValueError:
            return None
        return began if began.tzinfo else None


class EntryForm(BegunForm):
    """One line of the discussion."""

    key = wtforms.HiddenField()
    limited = wtforms.HiddenField()  # "1": words of a line that was limited (限定共有), however they come back
    read = Whole(later("Revision read"), [wtforms.validators.Optional()], low=0, high=10**6)
    kind = Radio(later("Kind of line"), [Required()])
    text = paragraph(later("Line"), limit=4000, required=True, rows=2)
    source = line(later("Source"), limit=120, required=False)
    agency_id = Select(later("Said by"), coerce=lambda value: int(value or 0))
    literal = wtforms.HiddenField()  # "1": signs at the start of the line were read already, what is left is text

    def __init__(self, *args, hearing=None, entry=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.several, self.names = "", called(hearing)
        self.kind.choices = [(each.value, each.label) for each in EntryKind]
        self.agency_id.choices = [(0, "–"), *agencies_of(hearing)]
        if entry and entry.agency_id and entry.agency_id not in dict(self.agency_id.choices):  # who said it has left the table
            self.agency_id.choices.append((entry.agency_id, entry.agency.name))

    @property
    def called_by(self) -> str:
        """Two letters by which an agency at this table can be called, as an example."""
        return prefixes.example({value: label for value, label in self.agency_id.choices if value}, self.names)

    def take_signs(self) -> None:
        """Take the kind and the agency from the signs before the line, where no script has done so while it was typed."""
        if self.literal.data or not self.text.data:
            return
        line = prefixes.read(self.text.data, self.names)
        self.text.data, self.literal.data = line.text, "1"
        self.kind.data = line.kind or self.kind.data
        if line.agency_id:
            self.agency_id.data, self.agency_id.raw_data = line.agency_id, [str(line.agency_id)]
        self.several = ", ".join(label for value, label in self.agency_id.choices if value in line.several)

    def validate_agency_id(self, field):
        """Which agency is meant is asked, not guessed."""
        if self.several:
            raise ValidationError(_("Several agencies fit: %(names)s. Choose one.", names=self.several))

    def validate_source(self, field):
        """A fact without its source cannot be told from hearsay later."""
        if self.kind.data == "fact" and not field.data:
            raise ValidationError(_("Say where this fact comes from (who saw it, when)."))


class SettleForm(Form):
    settled = True  # for the room: this text has no box of its own there

    like = Whole(later("Revision read"), [wtforms.validators.Optional()], low=0, high=10**6)  # whose kind and source stand
    seen = Whole(later("Revision read"), [wtforms.validators.Optional()], low=0, high=10**6)  # the newest that was shown
    text = Paragraph(later("Line"), [Required(), Keepable(9000)])  # two full texts of one line, one after the other


class TurnForm(Form):
    """A line made another kind of line."""

    read = Whole(later("Revision read"), [wtforms.validators.Optional()], low=0, high=10**6)
    kind = Radio(later("Kind of line"), [Required()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [(each.value, each.label) for each in EntryKind]


class OutcomeForm(Form):
    """What a meeting leaves with."""

    held_from = TimeOfDay(later("Held from"), [Required()])
    held_to = TimeOfDay(later("Held to"), [Required()])
    next_meeting = paragraph(later("Next meeting"), limit=500, rows=2)
    appropriateness = Radio(later("Appropriateness of the plan"))
    verdict = paragraph(later("Verdict on the plan"), limit=1000, rows=2)
    rules_kept = Radio(later("Were the rules kept?"))
    emergency = paragraph(later("Whom to call in an emergency"), limit=500, rows=2)
    lead_agency_id = Select(later("Lead agency"), coerce=lambda value: int(value or 0))

    def __init__(self, *args, hearing=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = hearing.meeting
        self.lead_agency_id.choices = [(0, _("Not decided")), *agencies_of(hearing)]
        self.rules_kept.choices = [("all", _("All of them")), ("some", _("Not all: say which on the next page")), ("later", _("Not asked at the table yet"))]
        self.appropriateness.choices = [*((each.value, each.label) for each in Verdict), ("none", _("Not judged today"))]

    def validate_held_to(self, field):
        """It ended after it began; after midnight only when it was still open then."""
        if field.data and self.held_from.data and not held.possible(self.meeting, *self.held, utcnow()):
            raise ValidationError(_("The end must come after the start."))

    @property
    def found(self) -> Verdict | None:
        """What the meeting found of the plan; None when it did not judge it."""
        return next((each for each in Verdict if each.value == self.appropriateness.data), None)

    @property
    def held(self) -> tuple[datetime, datetime]:
        """(from, to) as aware instants on the day on which the meeting was really held."""
        return held.span(self.meeting, self.held_from.data, self.held_to.data)
