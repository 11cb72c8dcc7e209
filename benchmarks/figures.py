"""Whether each yearly figure stays quick in the tenth year: 200, 2,000 and 20,000 meetings, side by side in one run.

    python benchmarks/figures.py [--postgresql] [--most 100]

The world is that of benchmarks/scale.py, with what figures count beside it: attendance, moves, plans, evaluations, final minutes,
reports on roles, referrals, ideas, pledges, checks of the rules, proposals, councils. Prints, figure by figure, median milliseconds for counting two years of it by month, and how they
grow; then the groups (one question each), its breakdowns, the pages and the whole report. Says at the end which figures took more than 200 ms.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from statistics import median
import sys
import tempfile
import time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from scale import CASES, PEOPLE, World
import sqlalchemy as sa

from actions.models import ActionItem
from actions.progress import ProgressStep
from actions.words import Progress
from cases.flow import Stage
from cases.models import Case, HouseholdType
from cases.stages import StageMove
from community.kinds import ResourceKind
from core import clock, database
from core.database import session, unit
from councils.models import Council, CouncilMember
from councils.posts import Post
from councils.sessions import CouncilSession
from ground_rules.models import Part
from meetings.capture import Entry, EntryKind
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.pledges import Pledge, PledgeMethod, Term
from meetings.record import MinutesVersion
from meetings.rule_reviews import Kept, RuleFinding, RuleReview
from meetings.table import Attendance, Seat
from plans.content import Content
from plans.evaluation import Evaluation
from plans.models import Plan, PlanVerdict, PlanVersion
from plans.verdicts import Conclusion, Verdict
from referrals.models import Referral, ReferralNeed, ReferralStep
from referrals.words import Act, Agreement, State
from reports import catalogue, counting, fairness
from reports.figure import grouped, listed
from reports.span import Span
from resources.models import IdeaState, ResourceIdea
from resources.register import Merger, Proposal, ProposalStep

ROUNDS, LIMIT = 7, 200
assert catalogue.PAGES


def main() -> None:
    """Build, measure, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--postgresql", action="store_true")
    asked.add_argument("--most", type=int, default=100)
    chosen = asked.parse_args()
    times = [each for each in (1, 10, 100) if each <= chosen.most]
    with tempfile.TemporaryDirectory() as folder:
        worlds = {each: Years(Path(folder) / str(each), each, chosen.postgresql) for each in times}
        print(f"{'figure':40}" + "".join(f"{200 * each:>9} ms" for each in times) + "".join(f"{each:>7}×/1×" for each in times[1:]))
        late = []
        for name in worlds[times[0]].questions:
            taken = [worlds[each].measure_one(name) for each in times]
            print(f"{name:40}" + "".join(f"{each:12.1f}" for each in taken) + "".join(f"{each / taken[0]:10.2f}" for each in taken[1:]))
            if taken[-1] > LIMIT and not name.startswith(("/", "group ")):
                late.append(name)
        print(f"more than {LIMIT} ms: {', '.join(late) or 'none'}")
        for world in worlds.values():
            world.close()


class Years(World):
    """An office with ten years behind it, and all that figures count."""

    def __init__(self, *args):
        super().__init__(*args)
        year = self.year = clock.fiscal_year(clock.today())
        self.questions = {each.key: (lambda each=each: counting.count(each, year)) for each in listed()}
        self.questions |= {f"{each.key} {part.key}": (lambda part=part, each=each: counting.parts(part, Span.between(year, None, clock.today()), self._mine(each.opens)))
                           for each in listed() for part in each.breakdowns}
        self.questions |= {f"group {group.value}": (lambda figures=figures: counting.count_all(figures, year)) for group, figures in grouped()}
        self.questions["fairness"] = lambda: fairness.of(year)
        self.questions |= {page: (lambda page=page: self._get(page)) for page in (
            "/reports", "/reports/figures/cases_opened", "/reports/figures/roles/rows", "/reports/fairness", f"/reports/years/{year}.xlsx")}

    def measure_one(self, name: str) -> float:
        """Median milliseconds of one question."""
        if database.engine().url != sa.engine.make_url(self.url):
            database.connect(self.url)
        times = []
        for _round in range(ROUNDS + 2):
            with self.app.app_context(), unit(read_only=True):
                begin = time.perf_counter()
                self.questions[name]()
                times.append((time.perf_counter() - begin) * 1000)
        return median(times[2:])

    def _get(self, page: str) -> None:
        answer = self.clients["many"].get(page)
        assert answer.status_code == 200, (page, answer.status_code)

    def _mine(self, kind: str):
        from accounts.models import User
        from reports import behind

        return behind.open_to(session.get(User, self.many), kind)

    def _furnish(self) -> None:
        super()._furnish()
        held = session.execute(sa.select(Meeting.id, Meeting.starts_at).where(Meeting.closed_at.is_not(None)).order_by(Meeting.id)).all()
        session.execute(sa.update(Seat).values(attendance=Attendance.PRESENT))
        self._planned()
        self._referred()
        self._at_the_table(held)
        self._reported()
        self._by_the_rules(held)
        self._registered(held)
        self._sat_in_councils(held)
        if database.engine().dialect.name == "postgresql":
            self._count_on()

    def _day(self, case: int):
        """Cases come in evenly over ten years."""
        total = CASES * self.times
        return clock.today() - timedelta(days=(total - case) * 3600 // total + 20)

    def _course(self) -> None:
        """Cases came in over ten years, and each went some way."""
        way, moves = (Stage.INTAKE, Stage.ASSESSMENT, Stage.PLAN, Stage.SUPPORT, Stage.EVALUATION, Stage.CLOSED), []
        for case in range(1, CASES * self.times + 1):
            for turn in range(2 + case % 5):
                moves.append(dict(case_id=case, from_stage=way[turn - 1] if turn else None, to_stage=way[turn], on=self._day(case) + timedelta(days=60 * turn), by_id=self.many))
        session.execute(sa.update(Case.__table__).where(Case.__table__.c.id == sa.bindparam("case")).values(opened_on=sa.bindparam("day")),
                        [dict(case=case, day=self._day(case)) for case in range(1, CASES * self.times + 1)])
        self._put(StageMove, moves)

    def _planned(self) -> None:
        plans, versions, verdicts, evaluations = [], [], [], []
        content = Content(aim="家で暮らしたい。" * 20, programmes=("participation",))
        for case in range(1, CASES * self.times + 1, 2):
            at = clock.instant(self._day(case) + timedelta(days=30), clock.read_time("10:00"))
            plans.append(dict(id=case, case_id=case, number=1, draft="{}", begun_by_id=self.many, begun_at=at))
            versions.append(dict(id=case, plan_id=case, number=1, content=content.to_json(), hash="0" * 64, frozen_at=at, frozen_by_id=self.many))
            verdicts.append(dict(version_id=case, hearing_id=2 * case, verdict=Verdict.FIT, by_id=self.many))
            evaluations.append(dict(plan_id=case, version_id=case, on=self._day(case) + timedelta(days=200), results="[]", conclusion=Conclusion.CLOSE, by_id=self.many))
        for model, rows in ((Plan, plans), (PlanVersion, versions), (PlanVerdict, verdicts), (Evaluation, evaluations)):
            self._put(model, rows)

    def _referred(self) -> None:
        referrals, steps, needs, kinds = [], [], [], list(HouseholdType)
        for case in range(1, CASES * self.times + 1, 2):
            at = clock.instant(self._day(case), clock.read_time("9:00"))
            referrals.append(dict(id=case, number=f"R-{case}", fiscal_year=2000, serial=case, label="世帯", household_type=kinds[case % len(kinds)], worry="", ask="",
                                  agreement=Agreement.GIVEN, referred_by_id=self.few, member_id=2, agency_id=1 + case % 300, state=State.ACCEPTED, sent_at=at, case_id=case))
            steps += [dict(referral_id=case, act=act, by_id=self.many, at=at + timedelta(days=days)) for act, days in ((Act.SENT, 0), (Act.SAID, 1), (Act.ACCEPTED, 3))]
            needs.append(dict(referral_id=case, position=1, domain_code=self.domains[case % len(self.domains)], text=""))
        for model, rows in ((Referral, referrals), (ReferralStep, steps), (ReferralNeed, needs)):
            self._put(model, rows)

    def _at_the_table(self, held) -> None:
        states, kinds = list(IdeaState), list(ResourceKind)
        self._put(MinutesVersion, [dict(meeting_id=id, number=1, content="{}", hash="0" * 64, finalised_at=at + timedelta(days=id % 30), finalised_by_id=self.many) for id, at in held])
        self._put(ResourceIdea, [dict(hearing_id=id, key=f"i{id}", need="", wished="", enables="", kind=kinds[id % len(kinds)], state=states[id % len(states)], written_by_id=self.many)
                                 for id, _at in held if id % 3 == 0])
        self._put(Entry, [dict(hearing_id=id, key=f"e{id}-{turn}", position=turn, kind=EntryKind.FACT, text="", agency_id=1 + (id * 7 + turn * 331) % PEOPLE % 400, written_by_id=self.many)
                          for id, _at in held for turn in range(6)])

    def _reported(self) -> None:
        done = session.execute(sa.select(ActionItem.id, ActionItem.written_at).where(ActionItem.state == Progress.DONE)).all()
        self._put(ProgressStep, [dict(action_id=id, state=Progress.DONE, by_id=self.many, at=at + timedelta(days=id % 40)) for id, at in done])

    def _by_the_rules(self, held) -> None:
        """Two pledges at every meeting, one check of the rules at every third, with a rule that was hard."""
        days = [(id, clock.local(at).date()) for id, at in held]
        ways, terms, parts = list(PledgeMethod), list(Term), list(Part)
        self._put(Pledge, [dict(meeting_id=id, member_id=1 + (id + turn) % PEOPLE, edition_id=self.edition, kind=Kind.SHIEN, fiscal_year=clock.fiscal_year(day), term=terms[turn],
                                method=ways[id % 2], given_on=day, recorded_by_id=self.many) for id, day in days for turn in range(2)])
        looked = [(id, at) for id, at in held if id % 3 == 0]
        self._put(RuleReview, [dict(id=turn, meeting_id=id, edition_id=self.edition, by_id=self.many, at=at) for turn, (id, at) in enumerate(looked, 1)])
        self._put(RuleFinding, [dict(review_id=turn, part=parts[turn % len(parts)], number=1 + turn % 5, kept=Kept.PARTLY) for turn in range(1, len(looked) + 1) if turn % 2])

    def _registered(self, held) -> None:
        """A proposal for every fifth meeting, three steps each, one in twenty merged."""
        way, at = (IdeaState.IDEA, IdeaState.STUDY, IdeaState.REAL), [at for id, at in held if id % 5 == 0]
        self._put(Proposal, [dict(id=turn, wished="居場所", enables="", need="", state=way[-1], made_by_id=self.many, made_at=each, merged_into_id=1 if turn % 20 == 19 else None)
                             for turn, each in enumerate(at, 1)])
        self._put(ProposalStep, [dict(proposal_id=turn, state=state, on=clock.local(each).date() + timedelta(days=60 * place), by_id=self.many, at=each)
                                 for turn, each in enumerate(at, 1) for place, state in enumerate(way)])
        self._put(Merger, [dict(proposal_id=turn, into_id=1, words="", by_id=self.many, at=each + timedelta(days=90)) for turn, each in enumerate(at, 1) if turn % 20 == 19])

    def _sat_in_councils(self, held) -> None:
        """One meeting in fifty is a session of a council with twenty members."""
        council = Council(id=1, name="検討委員会")
        session.add(council)
        session.flush()
        self._put(CouncilMember, [dict(council_id=1, member_id=member, post=Post.MEMBER, since=clock.today() - timedelta(days=5000)) for member in range(1, 21)])
        self._put(CouncilSession, [dict(council_id=1, meeting_id=id, number=turn, public=True) for turn, (id, _at) in enumerate(held[::50], 1)])


if __name__ == "__main__":
    main()
