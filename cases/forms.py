"""Forms of a case: the household, its needs, and consent."""

from __future__ import annotations

from flask import g
import sqlalchemy as sa
import wtforms
from wtforms import ValidationError

from agencies.models import Domain
from cases.models import HouseholdType, Need
from core import clock
from core.database import session
from core.forms import Day, Form, Required, Select, Whole, line, paragraph
from core.languages import _, later


class PersonRow(wtforms.Form):
    """One member of the household; an empty label means an empty row."""

    id = wtforms.HiddenField()
    label = line(later("Label"), limit=40, required=False)
    relation = line(later("Relation"), limit=40, required=False)
    age = Whole(later("Age"), [wtforms.validators.Optional()], low=0, high=120)
    note = line(later("Situation"), limit=400, required=False)
    shared = wtforms.BooleanField(later("Information is shared"), default=True)

    def validate_label(self, field):
        """Somebody described but not labelled could not be told from the others."""
        if not field.data and (self.relation.data or self.note.data or self.age.data is not None):
            raise ValidationError(_("Give this person a label such as A."))


def _domains() -> list[tuple[str, str]]:
    if "domains" not in g:  # asked once for all rows of a page
        gone = sa.select(Need.domain_code).join(Domain).where(Domain.active.is_(False)).distinct()  # stays where it was used
        g.domains = [("", _("(choose)")), *((each.code, each.label) for each in Domain.listed(also=session.scalars(gone)))]
    return g.domains


class NeedRow(wtforms.Form):
    """One need in one domain; an empty text means an empty row."""

    domain = Select(later("Domain"))
    text = line(later("Need"), limit=400, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.domain.choices = _domains()

    def validate_domain(self, field):
        """A need without a domain finds nobody who could help."""
        if self.text.data and not field.data:
            raise ValidationError(_("Choose one of the choices shown."))


class CaseForm(Form):
    label = line(later("Working label"), limit=80)
    household_type = Select(later("Kind of household"))
    opened_on = Day(later("Opened on"), [Required()])
    summary = paragraph(later("Outline of the household"), limit=4000, rows=4)
    own_words = paragraph(later("In their own words"), limit=2000, rows=3)
    strengths = paragraph(later("Strengths"), limit=2000, rows=3)
    people = wtforms.FieldList(wtforms.FormField(PersonRow), max_entries=20)
    needs = wtforms.FieldList(wtforms.FormField(NeedRow), max_entries=30)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.household_type.choices = [(each.value, each.label) for each in HouseholdType]

    def pad(self) -> None:
        """One empty row at least, so that another person or need can be added without scripts."""
        for rows in (self.people, self.needs):
            while len(rows) < rows.max_entries and (len(rows) < 2 or _filled(rows[-1])):
                rows.append_entry()

    def validate_opened_on(self, field):
        """A case cannot have been opened tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def validate_people(self, field):
        """Two people under one label could not be told apart in the minutes."""
        labels = [row.form.label.data for row in field if row.form.label.data]
        if not labels:
            raise ValidationError(_("Write at least one member of the household."))
        if len(set(labels)) < len(labels):
            raise ValidationError(_("Two people have the same label."))


def _filled(row) -> bool:
    first = row.form["label"] if "label" in row.form else row.form["text"]
    return bool(first.data)
