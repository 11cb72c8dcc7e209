"""The form of a resource idea."""

from __future__ import annotations

from flask import request
import wtforms

from community.kinds import ResourceKind
from community.looking import gone, look
from community.rows import LIMITS
from core import search, text
from core.forms import Day, Form, Select, Whole, line, paragraph
from core.languages import _, later

TEXTS = ("need", "wished", "enables", "nearest", "first_step", "forum")


class IdeaForm(Form):
    """「こういう資源があれば、こんな支援ができる」: the two first fields make the sentence, the others its ground and its next step."""

    key = wtforms.HiddenField()
    entry_id = Whole(later("Line"), [wtforms.validators.Optional()], low=0, high=2**31 - 1)  # the line it is made of
    wished = paragraph(later("Which resource do we wish for?"), limit=400, required=True, rows=2)
    enables = paragraph(later("Which support would it make possible?"), limit=400, required=True, rows=2)
    need = paragraph(later("What is the need?"), limit=400, required=True, rows=2)
    nearest = line(later("Nearest thing that exists"), limit=400, required=False)
    first_step = line(later("First step"), limit=400, required=False)
    forum = line(later("Where to take it"), limit=120, required=False)
    kind = Select(later("Kind of resource"))
    owner_id = Select(later("In charge"), coerce=lambda value: int(value or 0))
    owner_member_id = Select(later("Person in charge, if wanted"), coerce=lambda value: int(value or 0))
    due_on = Day(later("By when"))
    suggested_by_id = Select(later("Who suggested it"), coerce=lambda value: int(value or 0))

    def __init__(self, *args, hearing=None, idea=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hearing, self.found, self.ended = hearing, None, []
        self.kind.choices = [("", _("(choose)")), *((each.value, each.label) for each in ResourceKind)]
        there = [each for each in (idea.owner_member, idea.suggested_by) if each] if idea else []  # also without a seat now
        self.members = {each.id: each for each in [*(seat.member for seat in hearing.seats), *there]}
        agencies = {each.agency_id: each.agency.name for each in self.members.values()} | ({idea.owner_id: idea.owner.name} if idea and idea.owner else {})
        self.owner_id.choices = [(0, _("Not decided")), *agencies.items()]
        self.owner_member_id.choices = [(0, _("Not decided")), *((each.id, each.full) for each in self.members.values())]
        self.suggested_by_id.choices = [(0, _("Whoever writes it down")), *((each.id, each.full) for each in self.members.values())]
        self.nearest.render_kw, self.forum.render_kw = {"list": "idea-near"}, {"list": "idea-forums"}
        self.due_on.id = "idea-due_on"  # in the room the form of a role stands beside this one

    def looks(self, readable) -> bool:
        """Whether the map is looked up (or one of what was found there is taken) before anything is kept; `readable` is what
        of the map the person may read."""
        if request.form.get("take"):
            self.nearest.data = text.revealed(request.form["take"])[:LIMITS["name"]]
        elif request.form.get("look"):
            codes = [each.domain_code for each in self.hearing.case.needs] if self.hearing.case else []
            typed = text.revealed(self.nearest.data or "")[:search.LIMIT]
            self.found, self.ended = look(readable, typed, codes)[0], gone(readable, typed)
        else:
            return False
        return True

    @property
    def words(self) -> dict:
        """What was typed; a person in charge brings their agency with them."""
        member = self.members.get(self.owner_member_id.data)
        owner = member.agency_id if member else self.owner_id.data or None
        return {name: self[name].data for name in TEXTS} | dict(
            kind=ResourceKind(self.kind.data) if self.kind.data else None, owner_id=owner, owner_member_id=member and member.id,
            due_on=self.due_on.data, suggested_by_id=self.suggested_by_id.data or None)
