"""How cases go on: support begun, closed, suspended, accompanied, begun again (cases/flow.py says what each move is)."""

from __future__ import annotations

import sqlalchemy as sa

from cases.flow import ACTIVE, OVER, Stage
from cases.stages import StageMove
from core.languages import later
from reports.facts_consultations import standing
from reports.figure import Group, Measure, figure
from reports.sql import within


def moves(*conditions):
    """Facts of the moves for which these conditions hold; a case that moves so twice counts twice."""
    return lambda span: sa.select(StageMove.on.label("at"), StageMove.id.label("unit"), StageMove.case_id.label("row")).where(*conditions, within(span, StageMove.on))


BEFORE, AFTER = StageMove.from_stage, StageMove.to_stage

figure("support_begun", Group.COURSE, later("Support decided and begun"), later("Moves from planning to support."), moves(BEFORE == Stage.PLAN, AFTER == Stage.SUPPORT), "case")
figure("closed", Group.COURSE, later("Cases closed"), later("Moves to closure, by their day."), moves(AFTER == Stage.CLOSED), "case", charted=True)
figure("suspended", Group.COURSE, later("Cases suspended"), later("Moves to suspension, by their day."), moves(AFTER == Stage.SUSPENDED), "case")
figure("reopened", Group.COURSE, later("Cases begun again"), later("Moves of a case that was closed, accompanied or suspended back to work, by their day."),
       moves(BEFORE.in_([*OVER, Stage.SUSPENDED]), AFTER.in_(ACTIVE)), "case", charted=True)
figure("accompanied", Group.COURSE, later("Accompanied after closure at the end of the month"),
       later("Cases accompanied on the last day of the month (today, in the month that runs). For the year: at its end."), standing(Stage.ACCOMPANIED), "case", measure=Measure.STOCK)
