"""Forms of date finding: which days are offered, and what one person can do."""

from __future__ import annotations

from datetime import timedelta

import wtforms
from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Radio, Required, TimeOfDay, line
from core.languages import _, later
from preparation.dates_ranking import Mark

MOST = 12  # more days than that nobody answers in a minute


class SlotRow(wtforms.Form):
    """One day offered; without a date it is an empty row."""

    day = Day(later("Date"))
    start = TimeOfDay(later("From"))
    end = TimeOfDay(later("To"))

    def validate_day(self, field):
        """Only a day to come can be offered."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))
        if field.data and field.data > clock.today() + timedelta(days=3 * 366):
            raise ValidationError(_("This day is more than three years away."))

    def validate_start(self, field):
        """A day without hours cannot be answered."""
        if self.day.data and field.data is None and not field.errors:
            raise ValidationError(_("Please fill this in."))

    def validate_end(self, field):
        """It ends after it starts, on the same day."""
        if self.day.data and field.data is None and not field.errors:
            raise ValidationError(_("Please fill this in."))
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("The end must come after the start."))

    @property
    def span(self):
        """(start, end) as aware instants; None for an empty or unreadable row."""
        if self.day.data and self.start.data and self.end.data:
            return clock.instant(self.day.data, self.start.data), clock.instant(self.day.data, self.end.data)
        else:
            return None


class OfferForm(Form):
    """The days offered, and by when answers are wished."""

    slots = wtforms.FieldList(wtforms.FormField(SlotRow), label=later("Days offered"), max_entries=40)
    answer_by = Day(later("Answers by"), [Required()])

    def pad(self) -> None:
        """One empty row, so that another day can be added without scripts."""
        if len(self.slots) < self.slots.max_entries and (not self.slots.entries or self.slots[-1].form.day.data):
            self.slots.append_entry()

    def validate_answer_by(self, field):
        """Answers are of use before the first day."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))
        if field.data and self.spans and field.data > clock.local(min(self.spans)[0]).date():
            raise ValidationError(_("This lies after the first day offered."))

    def validate_slots(self, field):
        """Between fewer than two days there is nothing to choose; among too many nobody looks."""
        if len(set(self.spans)) < 2 and not field.errors:
            raise ValidationError(_("Offer at least two days."))
        if len(self.spans) > MOST:
            raise ValidationError(_("Offer at most %(most)s days: more nobody answers in a minute.", most=MOST))

    @property
    def spans(self) -> list:
        """The days offered, in the order typed."""
        return [row.form.span for row in self.slots if row.form.span]


class AnswerForm(Form):
    """One person's ○ △ × for each day, and a word."""

    word = line(later("A word (if you like)"), limit=200, required=False)

    def mark_of(self, slot):
        """The field of one day."""
        return self[f"slot_{slot.id}"]

    def marks(self, slots) -> dict[int, Mark]:
        return {slot.id: Mark(self.mark_of(slot).data) for slot in slots}


def answer_form(poll, reply=None, **more) -> AnswerForm:
    """The form for the days of a poll, filled with what was answered before."""
    days = {f"slot_{slot.id}": Radio(clock.span(*slot.span), [Required()]) for slot in poll.slots}
    given = {f"slot_{slot.id}": mark.value for slot in poll.slots if reply and (mark := reply.mark(slot))}
    form = type("AnswerForm", (AnswerForm,), days)(data=given | dict(word=reply.word if reply else ""), **more)
    for slot in poll.slots:
        form.mark_of(slot).choices = [(each.value, each.sign) for each in Mark]
    return form
