"""Five questions with three answers each; and what was counted on sheets of paper."""

from __future__ import annotations

from core.forms import Form, Radio, Required, Whole
from core.languages import _
from reflection.rules import ASKED, ENOUGH, Answer, Question, Tally
from reflection.words import ANSWERS, QUESTIONS, question


class ReflectionForm(Form):
    """One person's minute. Its page sends no `once`: nothing is to be kept of who sent it (reflection/__init__.py)."""

    role, speaking, blame, wish, moving = (
        Radio(QUESTIONS[each], [Required()], choices=[(answer.value, ANSWERS[answer]) for answer in Answer]) for each in ASKED)

    def __init__(self, meeting, **kwargs):
        super().__init__(**kwargs)
        self.wish.label.text = question(Question.WISH, meeting.kind.hears_cases)

    @property
    def said(self) -> dict[Question, Answer]:
        return {each: Answer(self[each.value].data) for each in Question}


class SheetsForm(Form):
    """How many sheets have a tick in each place. `at_most` says how many people can have filled in one."""

    at_most = 0

    @property
    def enough_people(self) -> bool:
        return self.at_most >= ENOUGH

    @property
    def rows(self):
        """(question, its three fields), in the order of the page."""
        return [(QUESTIONS[each], [self[f"{each.value}_{answer.value}"] for answer in Answer]) for each in ASKED]

    @property
    def tally(self) -> Tally:
        return Tally.of({each: {answer: self[f"{each.value}_{answer.value}"].data or 0 for answer in Answer} for each in Question})

    def validate(self, extra_validators=None):
        """Every sheet answers every question, and there are enough of them and no more than people."""
        if not super().validate(extra_validators):
            return False
        sums = [sum(field.data or 0 for field in fields) for _label, fields in self.rows]
        fault = ""
        if len(set(sums)) > 1:
            fault = _("The sums differ: %(sums)s. Leave out sheets with a question unanswered.", sums="、".join(map(str, sums)))
        elif sums[0] < ENOUGH:
            fault = _("Fewer than five sheets are not counted: destroy them unread.")
        elif sums[0] > self.at_most:
            fault = _("%(sheets)s sheets are more than the %(people)s people noted as present without an account. Look at the record of who was present.",
                      sheets=sums[0], people=self.at_most)
        if fault:
            self.role_yes.errors = [fault]
        return not fault


for _each in ASKED:
    for _answer in Answer:
        setattr(SheetsForm, f"{_each.value}_{_answer.value}", Whole(ANSWERS[_answer], low=0, high=300))
