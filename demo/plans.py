"""The sample's plans: drafted, frozen, put to the meeting to come, agreed to, and one of them evaluated (plan of cases.toml)."""

from __future__ import annotations

from datetime import timedelta

from cases.models import Case
from core.database import session
from demo.days import Days
from demo.people import Town
from plans import evaluation
from plans.content import Content, Goal, Support
from plans.models import Plan
from plans.verdicts import Conclusion, Result


def draw_up(rows: list[dict], town: Town, days: Days) -> None:
    """Draw up the plan of every case that has one; the meetings must be there already."""
    for row in rows:
        if "plan" in row:
            _plan(town.cases[row["key"]], row["plan"], town, days)


def _plan(case: Case, words: dict, town: Town, days: Days) -> None:
    by = town.facilitator
    plan = Plan.begin(case, by, _content(words, town, days))
    plan.number = words["number"]  # the office had other plans before
    plan.begun_at = days.at(words["frozen_days"], "09:20")
    coming = [each for each in case.hearings if each.meeting.pending and each.meeting.invited_at]
    version = plan.put_to(coming[0], by) if coming else plan.freeze(by)
    version.frozen_at = days.at(words["frozen_days"], "15:40")
    for each in version.tablings:
        each.at = version.frozen_at
    version.agree(by, words["agreed"], days.day(words["agreed_days"]))
    if "evaluation" in words:
        _evaluate(plan, words, by, days)
    session.flush()


def _content(words: dict, town: Town, days: Days) -> Content:
    ends = days.day(words["period_end_days"])
    goals = tuple(Goal(each["text"], each.get("issue", ""), (Support(
        town.agencies[each["by"]].name, each["what"], each["often"], ends.isoformat(), each["own_part"]),)) for each in words["goal_item"])
    starts = days.day(words["period_start_days"])
    looked = min(max(days.day(words["monitoring_days"]), starts), ends - timedelta(days=1))
    return Content(aim=words["goal"], family_idea=words["family_idea"], goals=goals, programmes=tuple(words["programmes"]),
                   programme_note=words["programme_note"], informal=words["informal"], emergency=words["emergency"],
                   period_from=starts.isoformat(), period_to=ends.isoformat(), monitoring_on=looked.isoformat())


def _evaluate(plan: Plan, words: dict, by, days: Days) -> None:
    said = words["evaluation"]
    results = [(Result(each["result"]), each["word"]) for each in words["goal_item"]]
    made = evaluation.evaluate(plan, by, days.day(said["days"]), results, Conclusion(said["conclusion"]), **{
        name: said[name] for name in ("changes", "own_view", "remaining", "missing", "reason")})
    made.at = days.at(said["days"], "17:00")
