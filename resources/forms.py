"""The form of a resource idea."""

from __future__ import annotations

import wtforms

from core.forms import Day, Form, Select, Whole, line, paragraph
from core.languages import _, later
from resources.models import ResourceKind


class IdeaForm(Form):
    """「こういう資源があれば、こんな支援ができる」: the three first fields make the sentence, the others its next step."""

    key = wtforms.HiddenField()
    entry_id = Whole(later("Line"), [wtforms.validators.Optional()], low=0, high=2**31 - 1)  # the line it is made of
    need = paragraph(later("What is the need?"), limit=400, required=True, rows=2)
    wished = paragraph(later("Which resource do we wish for?"), limit=400, required=True, rows=2)
    enables = paragraph(later("Which support would it make possible?"), limit=400, required=True, rows=2)
    kind = Select(later("Kind of resource"))
    nearest = line(later("Nearest thing that exists"), limit=400, required=False)
    first_step = line(later("First step"), limit=400, required=False)
    forum = line(later("Where to take it"), limit=120, required=False)
    owner_id = Select(later("In charge"), coerce=lambda value: int(value or 0))
    due_on = Day(later("By when"))

    def __init__(self, *args, hearing=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", _("(choose)")), *((each.value, each.label) for each in ResourceKind)]
        agencies = {seat.member.agency_id: seat.member.agency.name for seat in hearing.seats}
        self.owner_id.choices = [(0, _("Not decided")), *agencies.items()]

    @property
    def words(self) -> dict:
        texts = {name: self[name].data for name in ("need", "wished", "enables", "nearest", "first_step", "forum")}
        return texts | dict(kind=ResourceKind(self.kind.data) if self.kind.data else None, owner_id=self.owner_id.data or None,
                            due_on=self.due_on.data)
