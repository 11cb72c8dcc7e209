"""Forms of an action item and of its confirmation."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from actions.models import Answer, Rank
from core import clock
from core.forms import Day, Form, Radio, Required, Select, paragraph
from core.languages import _, later


class ActionForm(Form):
    """A role on the table: what, who, by when, main or supporting."""

    key = wtforms.HiddenField()
    what = paragraph(later("What"), limit=400, required=True, rows=2)
    who = Select(later("Who"))
    due_on = Day(later("By when"))
    rank = Select(later("Main or supporting"))

    def __init__(self, *args, hearing=None, opened_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hearing = hearing
        agencies = {seat.member.agency_id: seat.member.agency for seat in hearing.seats}
        self.who.choices = [("", _("Nobody yet (unassigned)"))]
        for agency in agencies.values():
            self.who.choices += [(f"m{seat.member_id}", seat.member.full) for seat in hearing.seats
                                 if seat.member.agency_id == agency.id]
            self.who.choices.append((f"a{agency.id}", _("%(agency)s (person to be named)", agency=agency.name)))
        self.rank.choices = [(each.value, each.label) for each in Rank]

    def validate_due_on(self, field):
        """A task cannot be due before the meeting that gave it."""
        held = clock.local(self.hearing.meeting.starts_at).date()
        if field.data and field.data < held:
            raise ValidationError(_("This day lies before the meeting."))

    @property
    def holder(self) -> tuple:
        """(agency, member) chosen; (None, None) for unassigned."""
        seats = self.hearing.seats
        chosen = self.who.data or ""
        member = next((seat.member for seat in seats if chosen == f"m{seat.member_id}"), None)
        agency = next((seat.member.agency for seat in seats if chosen == f"a{seat.member.agency_id}"), None)
        return (member.agency if member else agency), member

    @property
    def words(self) -> dict:
        agency, member = self.holder
        return dict(what=self.what.data, agency=agency, member=member, due_on=self.due_on.data, rank=Rank(self.rank.data))


class ConfirmForm(Form):
    """The holder's own answer, bound to the words they read."""

    read = wtforms.HiddenField()
    answer = Radio(later("Your answer"), [Required()])
    word = paragraph(later("A word (condition, date of your answer, reason)"), limit=500, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.answer.choices = [(each.value, each.label) for each in Answer]

    def validate_word(self, field):
        """A condition without words binds nobody; a refusal without a reason helps nobody find another way."""
        if not field.data and self.answer.data in ("condition", "bring_back", "hard"):
            raise ValidationError({
                "condition": _("Write the condition."), "bring_back": _("Write by when you will answer."),
                "hard": _("Write a word on why; it helps to find another way.")}[self.answer.data])
