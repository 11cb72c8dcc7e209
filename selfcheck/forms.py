"""Forms of the self-check: one for each section, made of its questions; beginning, finishing and reopening one."""

from __future__ import annotations

import wtforms

from core import languages
from core.forms import Form, Radio, Required, Select, paragraph
from core.languages import _, later
from selfcheck.facts import Evidence
from selfcheck.survey import Section


class Ticks(wtforms.SelectMultipleField):
    """Several of the choices offered, or none."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def pre_validate(self, form):
        offered = {value for value, _label in self.choices}
        if any(each not in offered for each in self.data or ()):
            raise wtforms.ValidationError(_("Choose from the choices shown."))


class Chosen(Required):
    """One of the choices has to be taken."""

    def __call__(self, form, field):
        if not field.errors and field.data in (None, "", "None"):
            raise wtforms.validators.StopValidation(_("Choose one."))
        super().__call__(form, field)


class BeginForm(Form):
    year = Select(later("Fiscal year"))


class FinishForm(Form):
    resolve = paragraph(later("What we try in the coming fiscal year"), limit=1000, rows=4)


class ReopenForm(Form):
    reason = paragraph(later("Why it is reopened"), limit=400, rows=2, required=True)


class SectionForm(Form):
    """The questions of a section. An answer that says otherwise than the office's own data needs a note that says why."""

    evidence: dict[str, Evidence] = {}
    section: Section

    def validate(self, *args, **kwargs):
        sound = super().validate(*args, **kwargs)
        for key in self.pairs:
            note = self[f"{key}_note"]
            if not note.data and not self[key].errors and self.evidence[key].differs(self.chosen(key)):
                note.errors = (*note.errors, _("This differs from the office's own data: write why."))
                sound = False
        return sound

    @property
    def pairs(self) -> list[str]:
        return [each.key for each in self.section.questions]

    def chosen(self, key: str) -> set[str]:
        data = self[key].data
        return set(data or ()) if isinstance(data, list) else {data} - {None, "", "None"}

    @property
    def said(self) -> dict[str, tuple[list[str], str]]:
        """By question, the keys chosen in the order of the page, and the note."""
        return {each.key: ([option.key for option in each.choices if option.key in self.chosen(each.key)], self[f"{each.key}_note"].data)
                for each in self.section.questions}


def form_of(section: Section, evidence: dict[str, Evidence], answers=None, version: str = "") -> SectionForm:
    """The form of this section: as it is sent, or filled with its answers, and with what the data proposes where nobody answered."""
    language, fields = languages.language(), {"section": section, "evidence": evidence}
    for each in section.questions:
        choices = [(option.key, option.words.said(language)) for option in each.choices]
        label = each.words.said(language)
        fields[each.key] = Radio(label, [Chosen()], choices=choices) if each.kind == "one" else Ticks(label, choices=choices)
        fields[f"{each.key}_note"] = paragraph(later("Note on the answer"), limit=1000, rows=2)
    made = type("AnswersForm", (SectionForm,), fields)
    if answers is None:
        return made()
    data = {"version": version}
    for each in section.questions:
        kept = answers.get(each.key)
        keys = kept.chosen if kept else [key for key, spoken in evidence[each.key].proposed.items() if spoken]
        data[each.key] = keys if each.kind == "many" else next(iter(keys), None)
        data[f"{each.key}_note"] = kept.note if kept else ""
    return made(formdata=None, data=data)
