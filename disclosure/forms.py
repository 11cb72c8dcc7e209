"""The forms of a request for disclosure."""

from __future__ import annotations

from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Required, Select, Whole, line, paragraph
from core.languages import _, later
from disclosure.rules import AFTER, BEFORE, SAME, extendable
from disclosure.words import Answer, Capacity, Decision, Delivery, Verdict


def _named(kinds) -> list[tuple[str, object]]:
    return [(each.value, each.label) for each in kinds]


class RequestForm(Form):
    received_on = Day(later("Came in on"), [Required()])
    capacity = Select(later("Who asks"))
    identity_by = line(later("Identity checked by"), limit=120, required=False)
    authority_by = line(later("Authority shown by"), limit=120, required=False)
    wanted = paragraph(later("What is asked for"), limit=2000, required=True, rows=4)
    corrected_days = Whole(later("Days the correction of the request took"), low=0, high=365)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.capacity.choices = _named(Capacity)

    def validate_received_on(self, field):
        """A request cannot come in tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def validate_identity_by(self, field):
        """Whoever asks for their own information shows who they are (個人情報保護法第77条第2項)."""
        if not field.data and self.capacity.data != Capacity.ANYONE.value:
            raise ValidationError(_("Write by which paper identity was checked, without its number."))

    def validate_authority_by(self, field):
        """A representative shows that they are one."""
        if not field.data and self.capacity.data in (Capacity.LEGAL.value, Capacity.PROXY.value):
            raise ValidationError(_("Write by which paper the authority was shown."))


class ExtensionForm(Form):
    extended_on = Day(later("The requester was told on"), [Required()])
    extension_reason = paragraph(later("Why more time is needed"), limit=600, required=True, rows=2)

    def __init__(self, *args, until=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.until = until

    def validate_extended_on(self, field):
        """The time can only be extended while it runs."""
        if field.data and self.until and not extendable(field.data, self.until):
            raise ValidationError(_("The time was over by then: it can be extended only while it runs."))


class DecisionForm(Form):
    decision = Select(later("Decision"))
    decided_on = Day(later("Decided on"), [Required()])
    decided_by = line(later("Decided by (office)"), limit=80)
    ground = paragraph(later("Grounds of refusal, one a line"), limit=2000, rows=3)
    reason = paragraph(later("Reasons"), limit=4000, rows=4)

    def __init__(self, *args, waiting=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.decision.choices, self.waiting = _named(Decision), waiting

    def validate_decision(self, field):
        """Nothing is handed out before every record was looked at."""
        if self.waiting and not field.errors and Decision(field.data).hands_out:
            raise ValidationError(_("%(count)s records have not been looked at yet: the teams of the cases propose for each of them first.", count=self.waiting))

    def validate_reason(self, field):
        """Whoever refuses says why (行政手続法第8条)."""
        if not field.data and self.decision.data != Decision.OPEN.value:
            raise ValidationError(_("A decision that does not disclose everything needs its reasons."))


class DeliveryForm(Form):
    delivered_on = Day(later("Carried out on"), [Required()])
    delivery = Select(later("How"))
    delivery_note = line(later("Note (number of sheets, fee)"), limit=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.delivery.choices = _named(Delivery)


class OpinionForm(Form):
    party = line(later("Third party (agency, or a word that names nobody)"), limit=80)
    asked_on = Day(later("Asked on"), [Required()])
    answer_by = Day(later("Answer wished by"))


class OpinionAnswerForm(Form):
    answer = Select(later("Answer"))
    answered_on = Day(later("Answered on"), [Required()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.answer.choices = _named(Answer)


class CaseNumberForm(Form):
    case_number = line(later("Case number"), limit=20)


class JudgeForm(Form):
    verdict = Select(later("Proposal"))
    ground = Select(later("Ground"))
    note = line(later("Note (which parts, without what they say)"), limit=400, required=False)

    def __init__(self, *args, grounds=(), kept="", **kwargs):
        super().__init__(*args, **kwargs)
        self.verdict.choices = _named(Verdict)
        self.ground.choices = [("", _("(none)")), *((each[:200], each[:200]) for each in dict.fromkeys([*grounds, *filter(None, [kept])]))]

    def validate_ground(self, field):
        """What is held back rests on an article."""
        if not field.data and self.verdict.data in (Verdict.PARTLY.value, Verdict.WITHHELD.value):
            raise ValidationError(_("Choose the ground on which it is held back."))


class TermsForm(Form):
    days = Whole(later("Days to decide"), [Required()], low=1, high=90)
    extension = Whole(later("Days of an extension"), [Required()], low=1, high=90)
    closed = Select(later("When the office is closed on the last day"))
    own = paragraph(later("Grounds, own personal information (one a line)"), limit=6000, required=True, rows=8)
    foi = paragraph(later("Grounds, freedom of information (one a line)"), limit=6000, required=True, rows=6)
    remedies = paragraph(later("Instruction on remedies"), limit=6000, required=True, rows=6)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.closed.choices = [(BEFORE, _("Decide on the working day before")), (AFTER, _("Decide on the working day after")), (SAME, _("Leave the day as it is"))]
