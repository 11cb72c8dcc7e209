"""Forms of a plan: the draft, its freezing, agreement, monitoring and evaluation."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from core import clock
from core.forms import Day, Form, Radio, Required, Select, line, paragraph
from core.languages import _, later
from plans.content import Content, Goal, Support, day
from plans.verdicts import Conclusion, Programme, Result

GOALS, SUPPORTS = 8, 6


class SupportRow(wtforms.Form):
    """One support; without a text in "what" the row is empty."""

    who = line(later("Agency or person"), limit=80, required=False)
    what = line(later("What"), limit=300, required=False)
    often = line(later("Frequency"), limit=60, required=False)
    until = Day(later("Until"))
    own_part = line(later("What the person does"), limit=300, required=False)

    def validate_what(self, field):
        """Somebody named without a task would be asked for nothing."""
        if not field.data and (self.who.data or self.often.data or self.own_part.data or self.until.data):
            raise ValidationError(_("Write what the support is."))

    @property
    def support(self) -> Support:
        return Support(who=self.who.data or "", what=self.what.data or "", often=self.often.data or "",
                       until=self.until.data.isoformat() if self.until.data else "", own_part=self.own_part.data or "")


class GoalRow(wtforms.Form):
    """One goal with its supports; without a text it is an empty row."""

    issue = line(later("Issue to be solved"), limit=400, required=False)
    text = line(later("Goal"), limit=400, required=False)
    supports = wtforms.FieldList(wtforms.FormField(SupportRow), max_entries=SUPPORTS)

    def validate_text(self, field):
        """An issue or a support without a goal leads nowhere."""
        if not field.data and (self.issue.data or any(row.form.what.data for row in self.supports)):
            raise ValidationError(_("Write the goal."))

    @property
    def goal(self) -> Goal:
        return Goal(text=self.text.data, issue=self.issue.data or "",
                    supports=tuple(row.form.support for row in self.supports if row.form.what.data))


class PlanForm(Form):
    """The draft of a plan."""

    aim = paragraph(later("Where the household wants to get to, in their own words"), limit=1000, required=True, rows=3)
    family_idea = paragraph(later("The household's own idea"), limit=1000, rows=2)
    goals = wtforms.FieldList(wtforms.FormField(GoalRow), max_entries=GOALS)
    programmes = wtforms.SelectMultipleField(later("Programmes used"), option_widget=wtforms.widgets.CheckboxInput(),
                                             widget=wtforms.widgets.ListWidget(prefix_label=False), validate_choice=False)
    programme_note = line(later("Which, and what for"), limit=300, required=False)
    informal = paragraph(later("Informal resources"), limit=1000, required=True, rows=2)
    emergency = paragraph(later("In an emergency"), limit=1000, rows=2)
    period_from = Day(later("Plan from"), [Required()])
    period_to = Day(later("Plan until"), [Required()])
    monitoring_on = Day(later("Monitoring on"), [Required()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.programmes.choices = [(each.value, each.label) for each in Programme]

    def pad(self) -> None:
        """One empty goal and one empty support under each, so that more can be added without scripts."""
        while len(self.goals) < GOALS and (not len(self.goals) or self.goals[-1].form.text.data):
            self.goals.append_entry()
        for row in self.goals:
            supports = row.form.supports
            while len(supports) < SUPPORTS and (not len(supports) or supports[-1].form.what.data):
                supports.append_entry()

    def validate_goals(self, field):
        """A plan without a goal cannot be judged at its end."""
        if not any(row.form.text.data for row in field):
            raise ValidationError(_("Write at least one goal."))

    def validate_programmes(self, field):
        """Only the programmes on the page."""
        if not set(field.data or []) <= {each.value for each in Programme}:
            raise ValidationError(_("Choose one of the choices shown."))

    def validate_period_to(self, field):
        """A plan ends after it began."""
        if field.data and self.period_from.data and field.data < self.period_from.data:
            raise ValidationError(_("The end lies before the beginning."))

    def validate_monitoring_on(self, field):
        """A plan is looked at while it runs."""
        if field.data and (self.period_from.data and field.data < self.period_from.data
                           or self.period_to.data and field.data > self.period_to.data):
            raise ValidationError(_("This day lies outside the period of the plan."))

    @property
    def content(self) -> Content:
        words = {name: self[name].data for name in ("aim", "family_idea", "programme_note", "informal", "emergency")}
        days = {name: self[name].data.isoformat() for name in ("period_from", "period_to", "monitoring_on")}
        return Content(goals=tuple(row.form.goal for row in self.goals if row.form.text.data),
                       programmes=tuple(each.value for each in Programme if each.value in self.programmes.data), **words, **days)


def typed(content: Content) -> dict:
    """What the form of a draft begins with."""
    goals = [dict(issue=goal.issue, text=goal.text, supports=[
        dict(who=each.who, what=each.what, often=each.often, until=day(each.until), own_part=each.own_part) for each in goal.supports])
        for goal in content.goals]
    return dict(aim=content.aim, family_idea=content.family_idea, goals=goals, programmes=list(content.programmes),
                programme_note=content.programme_note, informal=content.informal, emergency=content.emergency,
                period_from=day(content.period_from), period_to=day(content.period_to), monitoring_on=day(content.monitoring_on))


class FreezeForm(Form):
    """Which meeting the draft is put to, if any; and what was changed since the version before."""

    hearing_id = Select(later("Put it to"), coerce=lambda value: int(value or 0))
    change = paragraph(later("What was changed"), limit=500, rows=2)

    def __init__(self, *args, hearings=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.hearing_id.choices = [*((each.id, f"{each.meeting.reference} {each.meeting.name}") for each in hearings),
                                   (0, _("No meeting: settle it as amended"))]


class AgreementForm(Form):
    who = Select(later("Who agreed"))
    agreed_on = Day(later("Agreed on"), [Required()])

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.who.choices = [(each.label, each.label) for each in case.people]

    def validate_agreed_on(self, field):
        """Nobody has agreed tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))


class MonitoringForm(Form):
    seen_on = Day(later("Seen on"), [Required()])
    seen = paragraph(later("How the plan goes"), limit=2000, required=True, rows=3)
    next_on = Day(later("Next monitoring on"))

    def validate_seen_on(self, field):
        """Nobody has looked tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def validate_next_on(self, field):
        """The next look lies ahead."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))


class ResultRow(wtforms.Form):
    """What became of one goal."""

    result = Radio(later("Result"))
    word = line(later("How it shows"), limit=400, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.result.choices = [(each.value, each.label) for each in Result]

    def validate_result(self, field):
        """Every goal is judged, also the one that came to nothing."""
        if field.data not in [each.value for each in Result]:
            raise ValidationError(_("Choose one of the choices shown."))


class EvaluationForm(Form):
    """A plan judged at its end."""

    on = Day(later("Evaluated on"), [Required()])
    results = wtforms.FieldList(wtforms.FormField(ResultRow), max_entries=GOALS)
    changes = paragraph(later("Changes seen"), limit=2000, rows=3)
    own_view = paragraph(later("How the household sees it"), limit=2000, required=True, rows=3)
    remaining = paragraph(later("Remaining issues"), limit=2000, rows=2)
    missing = paragraph(later("Resources that were missing"), limit=2000, rows=2)
    conclusion = Radio(later("Conclusion"), [Required()])
    reason = paragraph(later("Reason"), limit=1000, required=True, rows=2)

    def __init__(self, *args, goals=0, **kwargs):
        self.count = goals
        super().__init__(*args, **kwargs)
        self.conclusion.choices = [(each.value, each.label) for each in Conclusion]

    def pad(self) -> None:
        """A row for each goal of the plan."""
        while len(self.results) < min(GOALS, self.count):
            self.results.append_entry()

    def validate_on(self, field):
        """Nobody has judged it tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet."))

    def validate_results(self, field):
        """Every goal of the plan is judged, none that it does not have."""
        if len(field) != self.count:
            raise ValidationError(_("Judge every goal."))

    @property
    def judged(self) -> list[tuple[Result, str]]:
        return [(Result(row.form.result.data), row.form.word.data or "") for row in self.results]

    @property
    def words(self) -> dict:
        return {name: self[name].data for name in ("changes", "own_view", "remaining", "missing", "reason")}
