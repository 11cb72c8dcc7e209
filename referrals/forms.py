"""Forms of a referral: the sheet, a message, the office's answer, and the list of examples."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from accounts.forms import Ticks
from cases.forms import NeedRow
from cases.models import HouseholdType
from core.forms import Form, Radio, Required, Select, Whole, line, paragraph
from core.languages import _, later
from core.office import office
from referrals.criteria import Criterion
from referrals.models import ReferralNeed, ReferralPerson, ReferralTick
from referrals.words import Agreement, Answer, Urgency


class PersonRow(wtforms.Form):
    """One member of the household; an empty label means an empty row."""

    label = line(later("Label"), limit=40, required=False)
    relation = line(later("Relation"), limit=40, required=False)
    age = Whole(later("Age"), [wtforms.validators.Optional()], low=0, high=120)

    def validate_label(self, field):
        """Somebody described but not labelled could not be told from the others."""
        if not field.data and (self.relation.data or self.age.data is not None):
            raise ValidationError(_("Give this person a label such as A."))


class SheetForm(Form):
    """相談シート: light, because a sheet that takes an hour is not sent."""

    label = line(later("Working label"), limit=80)
    household_type = Select(later("Kind of household"))
    worry = paragraph(later("What worries us"), limit=2000, required=True, rows=4)
    own_words = paragraph(later("In their own words"), limit=2000, rows=3)
    done = paragraph(later("What we have done so far"), limit=2000, rows=3)
    ask = paragraph(later("What we ask of the office"), limit=2000, required=True, rows=3)
    criteria = Ticks(later("Which of these apply?"))
    agreement = Radio(later("Does the person agree to being put forward?"), [Required()])
    agreement_reason = paragraph(later("Reason for putting them forward without agreement"), limit=1000, rows=2)
    urgency = Radio(later("How urgent is it?"), [Required()])
    needs = wtforms.FieldList(wtforms.FormField(NeedRow), max_entries=30)
    people = wtforms.FieldList(wtforms.FormField(PersonRow), max_entries=20)
    shown_to_agency = wtforms.BooleanField(later("Show it to the others of my agency too"))

    def __init__(self, *args, kept=(), **kwargs):
        super().__init__(*args, **kwargs)
        offered = Criterion.offered()
        # What was ticked before and is out of use by now stays on the sheet, in its words of then.
        self.offered = [*offered, *(each for each in kept if each.criterion_id not in {one.id for one in offered})]
        self.household_type.choices = [(each.value, each.label) for each in HouseholdType]
        self.agreement.choices = [(each.value, each.label) for each in Agreement]
        self.urgency.choices = [(each.value, each.label) for each in Urgency]
        self.criteria.choices = [(str(_id(each)), each.label) for each in self.offered]

    def pad(self) -> None:
        """One empty row at least, so that another person or need can be added without scripts."""
        for rows, first in ((self.people, "label"), (self.needs, "text")):
            while len(rows) < rows.max_entries and (len(rows) < 2 or rows[-1].form[first].data):
                rows.append_entry()

    def validate_criteria(self, field):
        """Only an office that asks for it makes its examples a condition."""
        if office().criterion_needed and self.offered and not field.data:
            raise ValidationError(_("Tick at least one: your office asks for it."))

    def validate_agreement_reason(self, field):
        """Whoever is put forward without agreeing is owed the reason on record."""
        if self.agreement.data in ("not_yet", "unable") and not field.data:
            raise ValidationError(_("Write why the household is put forward without agreement."))

    def validate_people(self, field):
        """Two people under one label could not be told apart."""
        labels = [row.form.label.data for row in field if row.form.label.data]
        if len(set(labels)) < len(labels):
            raise ValidationError(_("Two people have the same label."))

    @property
    def sheet(self) -> dict:
        """The sheet as the referral keeps it."""
        texts = {name: self[name].data for name in ("label", "worry", "own_words", "done", "ask", "shown_to_agency")}
        agreement = Agreement(self.agreement.data)
        return texts | dict(
            household_type=HouseholdType(self.household_type.data), agreement=agreement, urgency=Urgency(self.urgency.data),
            agreement_reason="" if agreement == Agreement.GIVEN else self.agreement_reason.data,
            people=[ReferralPerson(position=place, label=row.label.data, relation=row.relation.data, age=row.age.data)
                    for place, row in enumerate(_filled(self.people, "label"), 1)],
            needs=[ReferralNeed(position=place, domain_code=row.domain.data, text=row.text.data)
                   for place, row in enumerate(_filled(self.needs, "text"), 1)],
            ticks=[ReferralTick(position=place, criterion_id=_id(each), ja=each.ja, en=each.en)
                   for place, each in enumerate(self.offered, 1) if str(_id(each)) in (self.criteria.data or [])])


class MessageForm(Form):
    message = paragraph(later("Message"), limit=2000, required=True, rows=3)


class AnswerForm(Form):
    """The coordinator's answer: one of three, with words where the agency needs them."""

    seal = wtforms.HiddenField()
    answer = Radio(later("Your answer"), [Required()])
    case = Select(later("If you take it on: which case?"), coerce=lambda value: int(value or 0))
    words = paragraph(later("Words to the agency"), limit=2000, rows=4)

    def __init__(self, *args, cases=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.cases = {each.id: each for each in cases}
        self.answer.choices = [(each.value, each.label) for each in Answer]
        self.case.choices = [(0, _("Open a new case from this sheet")),
                             *((each.id, f"{each.number} {each.label}") for each in cases)]

    @property
    def chosen_case(self):
        return self.cases.get(self.case.data)

    def validate_words(self, field):
        """Advice without words is none; a sheet returned without a reason cannot be completed."""
        if not field.data and self.answer.data == "advise":
            raise ValidationError(_("Write the advice."))
        elif not field.data and self.answer.data == "return":
            raise ValidationError(_("Write what is missing, so that the agency can complete it."))


class CriterionRow(wtforms.Form):
    """One example; a new row without words is left out."""

    id = wtforms.HiddenField()
    place = Whole(later("Order"), [wtforms.validators.Optional()], low=1, high=99)
    ja = line(later("Example (Japanese)"), limit=120, required=False)
    en = line(later("Example (English, may stay empty)"), limit=120, required=False)
    active = wtforms.BooleanField(later("Offered on the sheet"), default=True)

    def validate_ja(self, field):
        """An example that was on sheets is put out of use, not emptied."""
        if not field.data and (self.id.data or self.en.data):
            raise ValidationError(_("Write the example. One you no longer need is taken off with its tick."))


class CriteriaForm(Form):
    rows = wtforms.FieldList(wtforms.FormField(CriterionRow), max_entries=30)
    criterion_needed = wtforms.BooleanField(later("At least one of them must apply"))

    def pad(self) -> None:
        """One empty row at the end, to write another in."""
        while len(self.rows) < self.rows.max_entries and (not self.rows or self.rows[-1].form.ja.data):
            self.rows.append_entry()

    @property
    def arranged(self) -> list[dict]:
        """The rows that say something, in the order asked for; without a number, at the end."""
        rows = sorted(_filled(self.rows, "ja"), key=lambda row: row.place.data or 100)
        return [dict(id=row["id"].data or "", ja=row.ja.data, en=row.en.data, active=row.active.data) for row in rows]


def _filled(rows, first: str) -> list:
    return [row.form for row in rows if row.form[first].data]


def _id(criterion_or_tick) -> int:
    return getattr(criterion_or_tick, "criterion_id", None) or criterion_or_tick.id
