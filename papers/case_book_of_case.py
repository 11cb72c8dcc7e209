"""What the case book takes from a case: its facts, and how many cases look like it."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from sqlalchemy import orm

from agencies.models import Agency, Member
from cases import flow
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from cases.stages import StageMove
from core import clock
from core.database import session
from meetings.models import Meeting
from meetings.table import Hearing, Seat
from papers.case_book_facts import FEW, Facts, band, months_between

HOUSEHOLDS = {"8050": "8050世帯", "young_carer": "ヤングケアラー", "withdrawn": "ひきこもり", "double_care": "ダブルケア", "poverty": "生活困窮",
              "hoarding": "ごみ屋敷", "other": "その他"}
WIDE = "複合的な課題を抱える世帯"


def year_of(case: Case) -> int:
    """The 年度 whose book a case stands in: of its end, or the one now while it goes on."""
    ends = [each.on for each in case.moves if each.to_stage in flow.OVER]
    return clock.fiscal_year(ends[-1] if ends and case.stage in flow.OVER else clock.today())


def facts_of(case: Case, widened: bool = False) -> Facts:
    """The facts of a case as they stand now."""
    held = session.scalars(sa.select(Hearing).join(Meeting, Meeting.id == Hearing.meeting_id).where(Hearing.case_id == case.id, Hearing.opened_at.is_not(None), Meeting.cancelled_at.is_(None))
                           .order_by(Meeting.starts_at).options(orm.selectinload(Hearing.seats).joinedload(Seat.member).joinedload(Member.agency).selectinload(Agency.domains))).unique().all()
    sat = [domain for hearing in held for seat in hearing.seats if seat.attendance.here for domain in seat.member.agency.domains]
    ends = [each.on for each in case.moves if each.to_stage in flow.OVER]
    over = case.stage in flow.OVER and bool(ends)
    last = ends[0] if over else clock.today()
    steps = [(each.on, _stage(each)) for each in case.moves] + [(clock.local(each.meeting.starts_at).date(), each.meeting.kind.law_name) for each in held]
    ages = Counter(band(each.age, widened) for each in sorted(case.people, key=lambda each: -(each.age or -1)))
    return Facts(
        household=WIDE if widened else HOUSEHOLDS[case.household_type.value],
        ages=tuple(f"{name}{f' {count}人' if count > 1 else ''}" for name, count in ages.items()),
        domains=tuple(dict.fromkeys(each.domain.ja for each in case.needs)),
        steps=tuple((months_between(case.opened_on, on), what) for on, what in sorted(steps, key=lambda each: each[0])),
        meetings=tuple(Counter(each.meeting.kind.law_name for each in held).items()),
        sat=tuple(dict.fromkeys(each.ja for each in sorted(sat, key=lambda each: each.position))),
        months=months_between(case.opened_on, last), over=over)


def alike(case: Case, widened: bool) -> int | None:
    """How many cases of the office look like this one (household type, main domain, and the rarest of its age bands), where
    they are few; None where there are enough, or where too little is known to tell."""
    main = case.needs[0].domain_code if case.needs else None
    of = sa.select(Case.id, HouseholdPerson.age).join(HouseholdPerson, HouseholdPerson.case_id == Case.id).join(Need, sa.and_(Need.case_id == Case.id, Need.position == 1))
    of = of.where(Need.domain_code == main) if widened else of.where(Need.domain_code == main, Case.household_type == case.household_type)
    there: dict[str, set[int]] = {}
    for case_id, age in session.execute(of):
        there.setdefault(band(age, widened), set()).add(case_id)
    own = {band(each.age, widened) for each in case.people if each.age is not None}
    fewest = min((len(there.get(each, ())) for each in own), default=FEW)
    return max(fewest, 1) if main and fewest < FEW else None


def figures(year: int) -> list[tuple[str, list[tuple[str, int]]]]:
    """Of all cases that ended in a 年度: how many of each household type and of each main domain."""
    ended = sa.select(StageMove.case_id).where(StageMove.to_stage == flow.Stage.CLOSED, StageMove.on >= clock.read_date(f"{year}-04-01"), StageMove.on < clock.read_date(f"{year + 1}-04-01"))
    cases = session.scalars(sa.select(Case).where(Case.id.in_(ended)).options(orm.selectinload(Case.needs))).unique().all()
    types = Counter(each.household_type for each in cases)
    mains = Counter(each.needs[0].domain.ja for each in cases if each.needs)
    return [("世帯の類型", [(HOUSEHOLDS[each.value], types[each]) for each in HouseholdType]), ("主な困りごとの分野", mains.most_common())]


def _stage(move: StageMove) -> str:
    return STAGES[move.to_stage.value]


STAGES = {"intake": "相談受付", "assessment": "アセスメント", "plan": "プラン作成", "support": "支援実施", "evaluation": "評価", "closed": "終結", "accompanied": "終結後の伴走",
          "suspended": "中断"}
