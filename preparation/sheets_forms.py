"""Forms of the preparation sheet, of roles asked for beforehand, and of the day answers are wished."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Radio, Required, Select, line, paragraph
from core.languages import _, later
from preparation.sheets import PARTS
from preparation.sheets_roles import PriorAnswer


class FactRow(wtforms.Form):
    """One fact with its source; an empty text means an empty row, or a fact taken out."""

    id = wtforms.HiddenField()
    text = line(later("Fact"), limit=1000, required=False)
    source = line(later("Source (who saw or heard it, when)"), limit=120, required=False)

    def validate_source(self, field):
        """A fact without its source cannot be told from hearsay later."""
        if self.text.data and not field.data:
            raise ValidationError(_("Say where this fact comes from (who saw it, when)."))

    def validate_text(self, field):
        """A source alone says nothing; a fact that is taken out is emptied whole."""
        if not field.data and self.source.data and not self.id.data:
            raise ValidationError(_("Please fill this in."))


class RoleRow(wtforms.Form):
    """The answer to one role the agency is asked for."""

    id = wtforms.HiddenField()
    answer = Radio(later("Your answer"))
    word = line(later("A word (condition, what is to be talked over, reason)"), limit=400, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.answer.choices = [(each.value, each.label) for each in PriorAnswer]

    def validate_word(self, field):
        """What is to be talked over has to be known before it can be talked over."""
        if not field.data and self.answer.data in ("to_talk", "hard"):
            raise ValidationError({"to_talk": _("Write what is to be talked over."),
                                   "hard": _("Write a word on why; it helps to find another way.")}[self.answer.data])


class SheetForm(Form):
    """An agency's preparation sheet."""

    facts = wtforms.FieldList(wtforms.FormField(FactRow), label=later("Facts, each with its source"), max_entries=40)
    view = paragraph(later("Our view"), limit=2000, rows=4)
    doing = paragraph(later("What we do now"), limit=2000, rows=4)
    can = paragraph(later("What we can do"), limit=2000, rows=3)
    hard = paragraph(later("What is difficult"), limit=2000, rows=3)
    condition = paragraph(later("Under which condition"), limit=2000, rows=3)
    asks = paragraph(later("What we ask of others"), limit=2000, rows=3)
    decide = paragraph(later("What should be decided"), limit=2000, rows=3)
    roles = wtforms.FieldList(wtforms.FormField(RoleRow), label=later("Roles we are asked for"), max_entries=40)

    def pad(self) -> None:
        """Empty rows, so that more facts can be added without scripts."""
        while len(self.facts) < self.facts.max_entries and (
                len(self.facts) < 3 or any(self.facts[-1].form[name].data for name in ("text", "source", "id"))):
            self.facts.append_entry()

    @property
    def words(self) -> dict:
        return {name: self[name].data for name in PARTS}

    @property
    def stated(self) -> list[tuple]:
        """(id or None, text, source) of every row, as `Sheet.write` wants them."""
        return [(_number(row.form["id"].data), row.form.text.data, row.form.source.data) for row in self.facts]

    @property
    def answers(self) -> dict[int, tuple[PriorAnswer, str]]:
        """By the candidate's id: the answer and the word to it."""
        return {_number(row.form["id"].data): (PriorAnswer(row.form.answer.data), row.form.word.data) for row in self.roles
                if row.form.answer.data in [each.value for each in PriorAnswer]}

    def show_beside(self, sheet) -> None:
        """After a stale save: facts somebody else wrote meanwhile stand beside those typed, none is lost."""
        rows = {_number(row.form["id"].data): row for row in self.facts}
        for fact in sheet.facts:
            if fact.id in rows:
                for name in ("text", "source"):
                    field = rows[fact.id].form[name]
                    field.saved = getattr(fact, name) if field.data != getattr(fact, name) else ""
            elif len(self.facts) < self.facts.max_entries:
                self.facts.append_entry(dict(id=str(fact.id), text=fact.text, source=fact.source))


class CandidateForm(Form):
    """A role an agency is to be asked for."""

    agency_id = Select(later("Agency"), coerce=lambda value: int(value or 0))
    what = paragraph(later("What"), limit=400, required=True, rows=2)

    def __init__(self, *args, agencies=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.agency_id.choices = [(each.id, each.name) for each in agencies]


class DeadlineForm(Form):
    """By when sheets and written answers are wished."""

    due_on = Day(later("Answers wished by"), [Required()])

    def __init__(self, *args, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def validate_due_on(self, field):
        """Answers are wished from now on and before the meeting."""
        if field.data and field.data > clock.local(self.meeting.starts_at).date():
            raise ValidationError(_("This day comes after the meeting."))
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
