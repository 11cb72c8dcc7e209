"""Forms of the register: an idea on its way out of its case, where a proposal stands, and the list of forums."""

from __future__ import annotations

import wtforms

from agencies.models import Agency, Domain, Member
from community.forms import ResourceForm
from community.kinds import ResourceKind
from core.forms import Day, Form, Required, Select, line, paragraph
from core.languages import _, later
from resources.forums import listed
from resources.models import IdeaState
from resources.register import TEXTS


class Keeping(wtforms.SelectMultipleField):
    """The findings that somebody ticked; which there are depends on the words."""

    def pre_validate(self, form):
        """A key that is no finding is passed over where it is used."""


class Checked(Form):
    """Words that the whole office will read, and the findings that may stay in them."""

    kept = Keeping(later("What could tell whose case it was"), choices=[])

    def left(self, found: list) -> bool:
        """Whether a finding is neither taken out nor ticked; then its box, and every other fault, is told."""
        ticked = set(self.kept.data or [])
        left = bool({each.key for each in found} - ticked)
        if left:
            self.validate()
            self.kept.errors = [_("Take these words out, or tick that they may stay."), *self.kept.errors]
        return left


class MappedForm(Checked, ResourceForm):
    """A proposal that has become real, as an entry of the map."""

    @property
    def texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("name", "does", "whom", "contact", "cost", "hours", "memo")}


class WordsForm(Checked):
    """The words of a proposal."""

    wished = paragraph(later("Which resource do we wish for?"), limit=400, required=True, rows=2)
    enables = paragraph(later("Which support would it make possible?"), limit=400, required=True, rows=2)
    need = paragraph(later("What is the need?"), limit=400, required=True, rows=2)
    nearest = line(later("Nearest thing that exists"), limit=400, required=False)
    next_step = paragraph(later("What comes next"), limit=400, rows=2)
    kind = Select(later("Kind of resource"))
    domain_code = Select(later("Domain"))

    def __init__(self, *args, also: str | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", _("(choose)")), *((each.value, each.label) for each in ResourceKind)]
        self.domain_code.choices = [("", _("(choose)")), *((each.code, each.label) for each in Domain.listed(also=[also] if also else []))]

    @property
    def texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in TEXTS}

    @property
    def words(self) -> dict:
        return self.texts | dict(kind=ResourceKind(self.kind.data) if self.kind.data else None, domain_code=self.domain_code.data or None)


class LeavingForm(WordsForm):
    """An idea leaves its case: nobody else will see in these words whose it was."""

    forum = line(later("Where to take it"), limit=120, required=False)
    area = line(later("Area (school district, 圏域)"), limit=40, required=False)
    looked = wtforms.BooleanField(later("I read it with the eyes of a neighbour: nobody can tell whose wish it was."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.forum.render_kw = {"list": "forums"}

    def validate_looked(self, field):
        if not field.data:
            raise wtforms.ValidationError(_("Please tick this first."))

    @property
    def leaving(self) -> dict[str, str]:
        """Everything typed that leaves the case."""
        return self.texts | dict(forum=self.forum.data or "", area=self.area.data or "")

    @property
    def words(self) -> dict:
        return super().words | dict(forum=self.forum.data)


class JoinForm(Form):
    """The case of an idea is counted at a proposal that is there already."""

    area = line(later("Area (school district, 圏域)"), limit=40, required=False)


class StepForm(Checked):
    """Where a proposal stands, and what comes next."""

    state = Select(later("Where it stands"))
    on = Day(later("Since"), [Required()])
    note = paragraph(later("What was said or decided"), limit=1000, rows=2)
    forum = line(later("Where to take it"), limit=120, required=False)
    owner_id = Select(later("In charge"), coerce=lambda value: int(value or 0))
    owner_member_id = Select(later("Person in charge, if wanted"), coerce=lambda value: int(value or 0))
    next_step = paragraph(later("What comes next"), limit=400, rows=2)
    next_on = Day(later("By when"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state.choices = [(each.value, each.label) for each in IdeaState]
        self.members = {each.id: each for each in Member.listed()}
        self.owner_id.choices = [(0, _("Not decided")), *Agency.named()]
        self.owner_member_id.choices = [(0, _("Not decided")), *((each.id, each.full) for each in self.members.values())]
        self.forum.render_kw = {"list": "forums"}

    @classmethod
    def of(cls, proposal, today):
        """The form as a proposal stands."""
        return cls(formdata=None, data=dict(state=proposal.state.value, on=today, forum=proposal.forum, owner_id=proposal.owner_id or 0,
                                            owner_member_id=proposal.owner_member_id or 0, next_step=proposal.next_step, next_on=proposal.next_on, version=str(proposal.version)))

    @property
    def texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("forum", "note", "next_step")}

    @property
    def ahead(self) -> dict:
        """What comes next; a person in charge brings their agency with them."""
        member = self.members.get(self.owner_member_id.data)
        return dict(forum=self.forum.data, owner_id=member.agency_id if member else self.owner_id.data or None, owner_member_id=member and member.id,
                    next_step=self.next_step.data, next_on=self.next_on.data)


class MergeForm(Form):
    """Put a proposal under another one."""

    into = wtforms.HiddenField()


class ForumsForm(Form):
    names = paragraph(later("Forums, one a line"), limit=4000, required=True, rows=8)

    def validate_names(self, field):
        if any(len(each) > 120 for each in field.data.split("\n")):
            raise wtforms.ValidationError(_("At most %(limit)s characters; there are %(count)s now.", limit=120, count=max(map(len, field.data.split("\n")))))

    @classmethod
    def now(cls):
        return cls(formdata=None, data=dict(names="\n".join(listed())))
