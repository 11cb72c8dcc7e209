"""Forms of an action item and of its confirmation."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from actions import balance, rules
from actions.models import Answer, Nature, Rank
from actions.refusals import reason, standing_no
from core import clock
from core.forms import Day, Form, Radio, Required, Select, paragraph
from core.languages import _, later

NEAR = {"week": later("In a week"), "fortnight": later("In two weeks"), "next": later("By the next meeting"), "month": later("End of the month")}


class ActionForm(Form):
    """A role on the table: what, who, by when, main or supporting, until when; or who goes on looking for a taker."""

    key = wtforms.HiddenField()
    what = paragraph(later("What"), limit=400, required=True, rows=2)
    who = Select(later("Who"))
    nature = Radio(later("Kind of work"))
    escalation = Select(later("Who goes on looking for a taker"))
    escalation_on = Day(later("Look until"))
    due_on = Day(later("By when"))
    soon = Radio(later("By when, in one press"), default="")
    rank = Select(later("Main or supporting"))
    until_on = Day(later("Only until (looked at again then)"))

    def __init__(self, *args, hearing=None, by=None, action=None, next_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hearing, self.by, self.action = hearing, by, action
        self.there = [(action.agency, action.member), (action.escalation_agency, action.escalation_member)] if action else []  # also without a seat now
        self.who.choices = [("", _("Nobody yet (unassigned)")), *choices_of(hearing, *self.there[:1])]
        self.escalation.choices = [("", _("Not decided")), *((value, label) for value, label, *_rest in choices_of(hearing, *self.there[1:]))]
        self.nature.choices = [(each.value, each.label) for each in Nature]
        self.rank.choices = [(each.value, each.label) for each in Rank]
        near = rules.near_days(max(clock.today(), self._held), next_on)
        self.near = {near[each].isoformat(): (label, near[each]) for each, label in NEAR.items() if each in near}
        self.soon.choices = [("", _("The day written")), *((value, label) for value, (label, _day) in self.near.items())]
        if self.soon.data in self.near:  # a day chosen in one press; with script it stands in the field of the day as well
            self.due_on.data, self.due_on.raw_data = self.near[self.soon.data][1], None
            self.due_on.process_errors = []

    @property
    def _held(self):
        return clock.local(self.hearing.meeting.starts_at).date()

    def validate_due_on(self, field):
        """A task cannot be due before the meeting that gave it."""
        if field.data and field.data < self._held:
            raise ValidationError(_("This day lies before the meeting."))

    validate_escalation_on = validate_due_on

    def validate_until_on(self, field):
        """A role cannot end before it is done for the first time."""
        if field.data and field.data < (self.due_on.data or self._held):
            raise ValidationError(_("A role ends after the day it is due."))

    def validate_who(self, field):
        """Nobody is made the holder against their own word."""
        if self.action is None or not self.action.stays(*(self.words[each] for each in ("what", "agency", "member", "due_on", "rank", "until_on"))):
            no = standing_no(self.hearing, self.by, self.what.data, *self.holder, role=self.action)
            if no is not None:
                raise ValidationError(" ".join(reason(no, self.hearing, self.by)))

    @property
    def holder(self) -> tuple:
        """(agency, member) chosen; (None, None) for unassigned."""
        return chosen_of(self.hearing, self.who.data, *self.there[:1])

    @property
    def words(self) -> dict:
        agency, member = self.holder
        nature = next((each for each in Nature if each.value == self.nature.data), None)
        rank = next((each for each in Rank if each.value == self.rank.data), Rank.MAIN)
        return dict(what=self.what.data, agency=agency, member=member, due_on=self.due_on.data, rank=rank, until_on=self.until_on.data,
                    nature=nature, escalation=chosen_of(self.hearing, self.escalation.data, *self.there[1:]), escalation_on=self.escalation_on.data)


class CompanyForm(Form):
    """Somebody more for one task: who, as deputy or supporting."""

    key = wtforms.HiddenField()
    other = Select(later("Who joins in"))
    part = Select(later("As"))

    def __init__(self, *args, action=None, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.action, self.by = action, by
        self.other.choices = [("", _("(choose)")), *choices_of(action.hearing)]
        self.part.choices = [(each.value, each.label) for each in (Rank.SUB, Rank.SUPPORT, Rank.MAIN)]

    def validate_other(self, field):
        """Somebody, not yet in it, and not against their word."""
        if not field.data:
            raise ValidationError(_("Please fill this in."))
        if self.holder in [(each.agency, each.member) for each in (self.action, *self.action.company) if each.held]:
            raise ValidationError(_("They are in this task already."))
        no = standing_no(self.action.hearing, self.by, self.action.what, *self.holder, role=self.action)
        if no is not None:
            raise ValidationError(" ".join(reason(no, self.action.hearing, self.by)))

    @property
    def holder(self) -> tuple:
        return chosen_of(self.action.hearing, self.other.data)


class ConfirmForm(Form):
    """The holder's own answer, bound to the words they read."""

    read = wtforms.HiddenField()
    answer = Radio(later("Your answer"), [Required()])
    word = paragraph(later("A word (condition, date of your answer, reason)"), limit=500, rows=2)
    answer_by = Day(later("You answer by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.answer.choices = [(each.value, each.label) for each in Answer]

    def validate_read(self, field):
        """An answer is bound to the words that were read; to none it would be bound to nothing."""
        if not field.data:
            raise ValidationError(_("Open the role again and read it, then answer."))

    def validate_word(self, field):
        """A condition without words binds nobody; a refusal without a reason helps nobody find another way."""
        if not field.data and self.answer.data in ("condition", "hard"):
            raise ValidationError({"condition": _("Write the condition."), "hard": _("Write a word on why; it helps to find another way.")}[self.answer.data])
        elif not field.data and not self.answer_by.data and self.answer.data == "bring_back":
            raise ValidationError(_("Write by when you will answer."))

    def validate_answer_by(self, field):
        """Who takes a role back answers on a day to come."""
        if field.data and field.data < clock.today() and self.answer.data == "bring_back":
            raise ValidationError(_("This day has passed."))

    @property
    def promised(self):
        """The day until which they say more; only of a role taken back."""
        return self.answer_by.data if self.answer.data == "bring_back" else None


def value_of(agency, member) -> str:
    """A choice of who, as the form carries it; empty for nobody."""
    if member:
        return f"m{member.id}"
    else:
        return f"a{agency.id}" if agency else ""


def choices_of(hearing, *there: tuple) -> list[tuple]:
    """(value, label, attributes) of everybody at the table and of their agencies, agency by agency; and of whom it is `there`
    with already: (agency, member)."""
    agencies = {seat.member.agency_id: seat.member.agency for seat in hearing.seats}
    managing, found = balance.coordinating(agencies), []
    for agency in agencies.values():
        mark = {"data-coordinating": "1"} if agency.id in managing else {}
        found += [(f"m{seat.member_id}", seat.member.full, mark) for seat in hearing.seats if seat.member.agency_id == agency.id]
        found.append((f"a{agency.id}", _("%(agency)s (person to be named)", agency=agency.name), mark))
    known = ["", *(value for value, *_rest in found)]
    return found + [(value_of(*each), each[1].full if each[1] else each[0].name, {}) for each in there if value_of(*each) not in known]


def chosen_of(hearing, value: str | None, *there: tuple) -> tuple:
    """(agency, member) behind a choice; (None, None) for nobody."""
    for each in there:
        if value and value == value_of(*each):
            return each
    seats = hearing.seats
    member = next((seat.member for seat in seats if value == f"m{seat.member_id}"), None)
    agency = next((seat.member.agency for seat in seats if value == f"a{seat.member.agency_id}"), None)
    return (member.agency if member else agency), member
