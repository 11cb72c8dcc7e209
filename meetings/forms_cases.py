"""Forms of the cases in a meeting."""

from __future__ import annotations

from flask_login import current_user
import wtforms
from wtforms import ValidationError

from cases.models import Case
from core.database import session
from core.forms import Form, Select, Whole, line, paragraph
from core.languages import _, later
from meetings.templates import AgendaTemplate


def _lengths() -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in AgendaTemplate.offered("case")]


class TurnRow(wtforms.Form):
    """One case of the meeting: its place in the order, its turn, what it is for."""

    id = wtforms.HiddenField()
    place = Whole(later("Order"), low=1, high=20)
    turn = Select(later("Its turn"))
    purpose = paragraph(later("Purpose"), limit=1000, rows=2)
    to_decide = paragraph(later("To be decided today"), limit=1000, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.turn.choices = [("", _("As it is now")), *_lengths()]


class TurnsForm(Form):
    """The cases of a meeting one after the other."""

    turns = wtforms.FieldList(wtforms.FormField(TurnRow), max_entries=20)


class HearForm(Form):
    """One more case for a meeting."""

    number = line(later("Case number"), limit=20)
    turn = Select(later("Its turn"))
    purpose = paragraph(later("Purpose"), limit=1000, rows=2)
    to_decide = paragraph(later("To be decided today"), limit=1000, rows=2)
    case = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.turn.choices = _lengths()

    def validate_number(self, field):
        """Only a case of one's own team can be put into a meeting; others are told apart from missing ones by nobody."""
        self.case = session.scalar(current_user.all("case", "run").where(Case.number == field.data.upper()))
        if self.case is None:
            raise ValidationError(_("You run no case with this number."))
