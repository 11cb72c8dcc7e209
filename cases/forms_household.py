"""The form of the household map: who lives apart, who is whose parent, who stands by them, who must not decide."""

from __future__ import annotations

from flask import g
import sqlalchemy as sa
import wtforms
from wtforms import ValidationError

from accounts.forms import Ticks
from agencies.models import Agency, Member
from cases.household import Kinship, Strength
from core.database import session
from core.forms import Form, Select, line
from core.languages import _, later


def _people() -> list[tuple[str, str]]:
    return [(str(each.id), each.label) for each in g.household]  # set by the form, once for all its rows


class RelationRow(wtforms.Form):
    """One family relation; without its two people it is an empty row."""

    first = Select(later("Who"))
    second = Select(later("Whose"))
    kind = Select(later("What they are to them"))
    note = line(later("Note"), limit=80, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.first.choices = self.second.choices = [("", _("(choose)")), *_people()]
        self.kind.choices = [(each.value, each.label) for each in Kinship]

    @property
    def filled(self) -> bool:
        return bool(self.first.data or self.second.data or self.note.data)

    def validate_second(self, field):
        """A relation is between two people."""
        if self.filled and not (field.data and self.first.data):
            raise ValidationError(_("Choose two people."))
        if field.data and field.data == self.first.data:
            raise ValidationError(_("Nobody is related to themselves: choose two people."))


class TieRow(wtforms.Form):
    """One tie; without a name it is an empty row."""

    person = Select(later("Whose tie"))
    name = line(later("With whom"), limit=80, required=False)
    strength = Select(later("How strong"), default=Strength.ORDINARY.value)
    note = line(later("How it shows"), limit=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.person.choices = [("", _("The whole household")), *_people()]
        self.strength.choices = [(each.value, each.label) for each in Strength]
        self.name.render_kw = {"list": "agencies"}

    @property
    def filled(self) -> bool:
        return bool(self.name.data)

    def validate_name(self, field):
        """A note about nobody would be lost."""
        if self.note.data and not field.data:
            raise ValidationError(_("Say with whom."))


class ConflictRow(wtforms.Form):
    """Somebody of the roster who is related to the household; without a name it is an empty row."""

    member = line(later("Person on the roster"), limit=170, required=False)
    note = line(later("How they are related"), limit=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.member.render_kw = {"list": "members"}

    @property
    def filled(self) -> bool:
        return bool(self.member.data or self.note.data)

    def validate_note(self, field):
        """Without the reason nobody could tell later why somebody stood aside."""
        if self.member.data and not field.data:
            raise ValidationError(_("Say how they are related, for example a relative or a neighbour."))


class HouseholdForm(Form):
    apart = Ticks(later("Who lives apart"))
    relations = wtforms.FieldList(wtforms.FormField(RelationRow), later("Family relations"), max_entries=40)
    ties = wtforms.FieldList(wtforms.FormField(TieRow), later("Ties"), max_entries=40)
    conflicts = wtforms.FieldList(wtforms.FormField(ConflictRow), later("People of the roster related to this household"), max_entries=20)

    def __init__(self, people, *args, **kwargs):
        g.household = people
        super().__init__(*args, **kwargs)
        self.apart.choices = _people()

    def pad(self) -> None:
        """One empty row at least of each kind, so that it works without scripts."""
        for rows in (self.relations, self.ties, self.conflicts):
            while len(rows) < rows.max_entries and (not len(rows) or rows[-1].form.filled):
                rows.append_entry()

    @property
    def agencies(self) -> dict[str, Agency]:
        """The agencies of the roster among the names typed as ties."""
        names = {row.form.name.data for row in self.ties if row.form.filled}
        return {each.name: each for each in session.scalars(sa.select(Agency).where(Agency.name.in_(names)))}

    @property
    def members(self) -> dict[str, Member]:
        """The people of the roster among the names typed, by agency and name."""
        typed = {row.form.member.data for row in self.conflicts if row.form.member.data}
        full = Agency.name + " " + Member.name
        found = session.scalars(sa.select(Member).join(Agency, Agency.id == Member.agency_id).where(full.in_(typed)).order_by(Member.id.desc()))
        return {each.full: each for each in found}

    def validate_ties(self, field):
        """Two ties between the same two would contradict each other."""
        pairs = [(row.form.person.data or "", row.form.name.data) for row in field if row.form.filled]
        twice = [name for place, (person, name) in enumerate(pairs) if (person, name) in pairs[:place]]
        if twice:
            raise ValidationError(_("This tie stands there twice: %(name)s.", name=twice[0]))

    def validate_relations(self, field):
        """Two relations between the same two people would contradict each other."""
        pairs = [frozenset((row.form.first.data, row.form.second.data)) for row in field if row.form.filled]
        if len(set(pairs)) < len(pairs):
            raise ValidationError(_("Two people stand there twice: one relation is enough."))

    def validate_conflicts(self, field):
        """Who is to stand aside must be somebody who could otherwise be chosen."""
        known = self.members
        for row in field:
            if row.form.filled and row.form.member.data not in known:
                row.form.member.errors = [_("Choose somebody of the roster, as the list writes them: agency and name.")]
        if any(row.form.member.errors for row in field):
            raise ValidationError(_("Choose somebody of the roster, as the list writes them: agency and name."))
        names = [row.form.member.data for row in field if row.form.member.data]
        if len(set(names)) < len(names):
            raise ValidationError(_("Somebody stands there twice."))
