"""Puts the plans of the last years into the database: put to meetings, found fit, watched, judged."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
import json
from random import Random

from core import clock
from core.workdays import add_working_days
from demo.people import Town
from demo.years.lives import Life, PlanStory, Turn
from demo.years.planting import add, put
from demo.years.sittings import Sitting
from plans.content import Content, Goal, Support
from plans.evaluation import Evaluation, Monitoring
from plans.models import Agreement, Plan, PlanVerdict, PlanVersion, Tabling
from plans.verdicts import Conclusion, Result

PROGRAMMES = [("coordination",), ("coordination", "participation"), ("coordination", "outreach"), ("coordination", "community")]


def plans(lives: list[Life], held: list[Sitting], town: Town, today: date) -> None:
    """Every plan with its versions, verdicts and evaluation."""
    by = town.facilitator.id
    tables = {(table.life.turn, table.turn.day): (each, table) for each in held if each.opened for table in each.tables}
    rows = [(life, plan, [_content(life, plan, town, turn) for turn in plan.versions]) for life in lives for plan in life.plans]
    ids = put(Plan, [dict(case_id=life.id, number=plan.number, draft=contents[-1].to_json(), due_on=_due(plan, today), begun_by_id=by,
                          begun_at=frozen(plan.versions[0]) - timedelta(days=3)) for life, plan, contents in rows])
    versions = [(life, plan, turn, content, number, id) for (life, plan, contents), id in zip(rows, ids, strict=True)
                for number, (turn, content) in enumerate(zip(plan.versions, contents), 1)]
    made = put(PlanVersion, [dict(plan_id=id, number=number, content=content.to_json(), hash=content.hash, frozen_by_id=by, frozen_at=frozen(turn),
                                  change="" if number == 1 else "会議での指摘を受け、優先する目標を二つに絞った。") for _life, _plan, turn, content, number, id in versions])
    sat = [(tables[life.turn, turn.day], turn, id) for (life, _plan, turn, *_rest), id in zip(versions, made, strict=True)]
    add(Tabling, [dict(version_id=id, hearing_id=table.id, at=frozen(turn), by_id=by) for (_each, table), turn, id in sat])
    add(PlanVerdict, [dict(version_id=id, hearing_id=table.id, verdict=turn.verdict, words=table.verdict, at=each.closed, by_id=by) for (each, table), turn, id in sat])
    newest = {plan_id: (id, content) for (*_which, content, _number, plan_id), id in zip(versions, made, strict=True)}
    add(Agreement, [dict(version_id=newest[id][0], who=life.shared[0].label, on=plan.starts, at=clock.instant(plan.starts, time(17, 30)), by_id=by)
                    for (life, plan, _contents), id in zip(rows, ids, strict=True)])
    add(Monitoring, [dict(plan_id=id, on=day, words=life.words.common["monitored"][turn % 3], next_on=plan.ends, at=clock.instant(day, time(17, 0)), by_id=by)
                     for (life, plan, _contents), id in zip(rows, ids, strict=True) for turn, day in enumerate(plan.monitored, plan.number + life.turn)])
    add(Evaluation, [_evaluation(life, plan, id, *newest[id], by) for (life, plan, _contents), id in zip(rows, ids, strict=True) if plan.evaluated])


def frozen(turn: Turn) -> datetime:
    """When the version was put to the meeting: five working days ahead."""
    return clock.instant(add_working_days(turn.day, -5), time(15, 40))


def _due(plan: PlanStory, today: date) -> date | None:
    """The next day to look, never one that has passed: nobody is reminded of anything old."""
    return None if plan.evaluated else max(plan.ends, add_working_days(today, 12))


def _content(life: Life, plan: PlanStory, town: Town, turn: Turn) -> Content:
    dice = Random(f"plan {life.turn} {plan.number}")
    goals = life.words.rows("goals")
    kept = goals if turn is plan.versions[0] and plan.number == 1 else goals[:2]
    aim = dice.choice(life.words.kind["aim"])
    return Content(
        aim=life.words.fill(aim), family_idea=life.texts["own_words"].split("\n")[0], programmes=PROGRAMMES[life.turn % 4],
        programme_note="" if life.turn % 4 == 0 else "本人の調子を見ながら、無理のない回数で始める。", informal=life.words.kind["watchers"],
        goals=tuple(Goal(each["text"], each["issue"], (Support(town.agencies[each["by"]].name, each["what"], each["often"], plan.ends.isoformat(), each["own"]),))
                    for each in kept), emergency=life.words.common["emergency"][0], period_from=plan.starts.isoformat(), period_to=plan.ends.isoformat(),
        monitoring_on=(plan.starts + (plan.ends - plan.starts) / 2).isoformat())


def _evaluation(life: Life, plan: PlanStory, id: int, version: int, content: Content, by: int) -> dict:
    dice, common, (day, what) = Random(f"evaluation {life.turn} {plan.number}"), life.words.common, plan.evaluated
    weights = [70, 26, 4] if what is Conclusion.CLOSE else [25, 50, 25]
    results = dice.choices([Result.ACHIEVED, Result.PARTLY, Result.NOT_YET], weights, k=len(content.goals))
    judged = [dict(goal=goal.text, result=result.value, word=common["result_words"][["achieved", "partly", "not_yet"].index(result.value)])
              for goal, result in zip(content.goals, results)]
    return dict(plan_id=id, version_id=version, on=day, results=json.dumps(judged, ensure_ascii=False), changes=dice.choice(common["changes"]),
                own_view=dice.choice(common["own_view"]), remaining=dice.choice(common["remaining"]), missing=dice.choice(common["missing"]),
                conclusion=what, reason={Conclusion.CLOSE: "役割分担と見通しが整ったため。", Conclusion.REPLAN: "残る課題に向け、目標を絞って続けるため。",
                                         Conclusion.SUSPEND: "本人の意向により、いったん関わりを緩めるため。"}[what], at=clock.instant(day, time(17, 0)), by_id=by)
