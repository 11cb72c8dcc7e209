"""The sample's register: what its meetings wished for, told without a case, each wish as far as it has come.

The same words from several cases are one proposal, as somebody would have joined them. What still calls somebody by their label,
and what was said in the last weeks, waits to be taken to the register.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from cases.models import Need
from core import clock
from core.database import session
from demo.days import Days
from demo.people import Town
from meetings.table import Hearing
from resources.models import IdeaState, ResourceIdea
from resources.register import Merger, Proposal, ProposalStep, Source

ORDER = (IdeaState.IDEA, IdeaState.STUDY, IdeaState.TRIAL, IdeaState.REAL)
AREAS = ("東地区", "西地区", "北地区")
NOTES = {
    IdeaState.STUDY: "議題に上げ、担い手と費用を整理することになった。", IdeaState.TRIAL: "一つの地区で、三か月試すことになった。",
    IdeaState.REAL: "試行の後、続けて行うことが決まり、利用の案内を始めた。", IdeaState.DROPPED: "担い手が見つからず、当面は今ある仕組みの使い方を広げることにした。",
}
ALIKE = (  # what somebody saw to be the same need, and by which word
    ("小学生が夕食までいられる民家の居間", "歩いて行ける所で、夜7時まで過ごせる居場所", "夜7時"),
    ("責められずに一緒に封を開けてくれる日", "月1回、やさしい日本語で書類を読む集まり", "一緒に"),
)
FRESH = 40  # days in which an idea still waits


def gather(town: Town, days: Days) -> None:
    """Take the ideas of the years to the register; the first overdue one reminds whoever runs it."""
    before = clock.instant(days.today - timedelta(days=FRESH), clock.read_time("00:00"))
    domains = dict(session.execute(sa.select(Need.case_id, Need.domain_code).order_by(Need.position.desc(), Need.id.desc())).all())
    query = (sa.select(ResourceIdea).join(Hearing, Hearing.id == ResourceIdea.hearing_id).where(Hearing.case_id.is_not(None), ResourceIdea.written_at < before)
             .options(orm.contains_eager(ResourceIdea.hearing)).order_by(ResourceIdea.written_at, ResourceIdea.id))
    wishes = defaultdict(list)
    for idea in session.scalars(query).unique():
        if "さん" not in idea.need + idea.wished + idea.enables:
            wishes[idea.wished].append(idea)
    made = [_propose(turn, ideas, domains, town, days) for turn, ideas in enumerate(wishes.values())]
    session.flush()
    alike = {each.wished: each for each in made}
    for wished, better, words in ALIKE:
        if wished in alike and better in alike:
            alike[wished].merge(alike[better], town.facilitator, words)
            session.scalars(sa.select(Merger).where(Merger.proposal_id == alike[wished].id)).one().at = days.at(-75, "15:30")
    session.flush()


def _propose(turn: int, ideas: list[ResourceIdea], domains: dict, town: Town, days: Days) -> Proposal:
    first = ideas[0]
    going = [each.state for each in ideas if each.state in ORDER]
    state = max(going, key=ORDER.index) if going else IdeaState.DROPPED
    made = Proposal(
        wished=first.wished, enables=first.enables, need=first.need, nearest=first.nearest, kind=first.kind, domain_code=domains.get(first.hearing.case_id),
        state=state, forum=first.forum, owner_id=first.owner_id, made_by_id=town.facilitator.id, made_at=first.written_at)
    if state in (IdeaState.IDEA, IdeaState.STUDY, IdeaState.TRIAL):
        made.next_step, made.next_on = first.first_step, days.day(-6 if turn % 6 == 1 else 14 + 9 * turn % 70)
    made.sources = [Source(idea=each, domain_code=domains.get(each.hearing.case_id), area=AREAS[each.hearing.case_id % 3], by_id=town.facilitator.id, at=each.written_at)
                    for each in ideas]
    began = clock.local(first.written_at).date()
    way = (IdeaState.IDEA, IdeaState.DROPPED) if state == IdeaState.DROPPED else ORDER[:ORDER.index(state) + 1]
    room = max((days.today - began).days - 3, len(way))
    made.steps = [ProposalStep(state=each, on=began + timedelta(days=min(70, room // len(way)) * place), note=NOTES.get(each, ""), forum=made.forum, by_id=town.facilitator.id)
                  for place, each in enumerate(way)]
    for idea in ideas:
        idea.state = state
    session.add(made)
    return made
