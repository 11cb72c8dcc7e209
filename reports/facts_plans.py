"""プラン and its 評価: made, made anew, judged by meetings, and what programmes they link to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from core.languages import later
from meetings.models import Meeting
from meetings.table import Hearing
from plans.evaluation import Evaluation
from plans.models import Plan, PlanVerdict, PlanVersion
from plans.verdicts import Conclusion, Programme, Verdict
from reports.facts_meetings import held, held_on
from reports.figure import Breakdown, Group, figure
from reports.naming import raw, words
from reports.span import Span
from reports.sql import within


def made(first: bool):
    """Facts of the plans by the day of their first version: the first of a case, or a later one."""
    which = Plan.number == 1 if first else Plan.number > 1
    return lambda span: (sa.select(PlanVersion.frozen_at.label("at"), Plan.id.label("unit"), Plan.case_id.label("row"))
                         .join(Plan, Plan.id == PlanVersion.plan_id).where(PlanVersion.number == 1, which, within(span, PlanVersion.frozen_at)))


def linking(programme: Programme):
    """Facts of the plans by their first version that links to a programme."""
    name = f'"{programme.value}"'  # stands so in the JSON only as a value: quotes within words are escaped

    def facts(span: Span) -> sa.Select:
        older = orm.aliased(PlanVersion)
        before = sa.exists().where(older.plan_id == PlanVersion.plan_id, older.number < PlanVersion.number, older.content.contains(name, autoescape=True)).correlate(PlanVersion)
        return (sa.select(PlanVersion.frozen_at.label("at"), Plan.id.label("unit"), Plan.case_id.label("row")).join(Plan, Plan.id == PlanVersion.plan_id)
                .where(within(span, PlanVersion.frozen_at), PlanVersion.content.contains(name, autoescape=True), ~before))

    return facts


def judged(span: Span, *more) -> sa.Select:
    """What meetings found of plans (プランの適切性の協議), by the day of the meeting."""
    return (sa.select(held_on().label("at"), PlanVerdict.id.label("unit"), Hearing.case_id.label("row"), *more).join(Hearing, Hearing.id == PlanVerdict.hearing_id)
            .join(Meeting, Meeting.id == Hearing.meeting_id).where(*held(), within(span, held_on())))


def evaluated(span: Span, *more) -> sa.Select:
    """Evaluations of plans."""
    return (sa.select(Evaluation.on.label("at"), Evaluation.id.label("unit"), Plan.case_id.label("row"), *more)
            .join(Plan, Plan.id == Evaluation.plan_id).where(within(span, Evaluation.on)))


figure("plans_first", Group.PLANS, later("First plans"), later("First plans of a case, by the day their first version was settled or put to a meeting. Drafts do not count."), made(True), "case", charted=True)
figure("plans_again", Group.PLANS, later("Further plans"), later("Plans made after an evaluation, by the day of their first version."), made(False), "case")
figure("plans_judged", Group.PLANS, later("Plans discussed in a meeting"),
       later("Findings of a meeting on whether a plan is appropriate, by the day of the meeting."), judged, "case", breakdowns=(
           Breakdown("verdict", later("By finding"), lambda span: judged(span, raw(PlanVerdict.verdict).label("part")), words(Verdict), households=False),))
figure("plans_participation", Group.PLANS, later("Plans that link to participation support"), later("Plans by the day of their first version that names the programme."),
       linking(Programme.PARTICIPATION), "case")
figure("plans_outreach", Group.PLANS, later("Plans that link to outreach"), later("Plans by the day of their first version that names the programme."), linking(Programme.OUTREACH), "case")
figure("evaluations", Group.PLANS, later("Evaluations"), later("Evaluations of plans, by their day."), evaluated, "case", charted=True, breakdowns=(
    Breakdown("conclusion", later("By conclusion"), lambda span: evaluated(span, raw(Evaluation.conclusion).label("part")), words(Conclusion), households=False),))
