"""Count, over all cases of the office, what its data says to the questions. Numbers only: no case, person or word of a case.

Counted are 重層的支援会議 and 支援会議 of the 年度 that were held to their end. What is no matter of a year (examples in use, fixed
members) is told as it stands now.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from actions.models import ActionItem
from agencies.models import AgencyKind
from core.database import session
from core.office import office
from meetings.core import CoreMember
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Attendance, Hearing, Level, Seat
from plans.models import Tabling
from preparation.sheets import Sheet
from referrals.criteria import Criterion
from referrals.models import Referral, ReferralTick
from resources.counting import STEP, told
from resources.models import ResourceIdea
from room.cards_used import CardUse
from selfcheck import evidence_consents, evidence_rules
from selfcheck.facts import NOTHING, Evidence, Fact, enough, most, share
from selfcheck.held import hearings, held, meetings_with, roles, total


def of(question, year: int) -> Evidence:
    """What speaks to this question in this 年度."""
    found = COUNTS[question.own](year) if question.own else NOTHING
    return Evidence(tuple(dict.fromkeys(found.facts)), found.proposed)  # where nothing was held, two facts say the same


def _criteria(year: int) -> Evidence:
    count, needed = len(Criterion.offered()), bool(office() and office().criterion_needed)
    ticked = sa.exists().where(ReferralTick.referral_id == Referral.id)
    sent, named = session.execute(sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((ticked, 1), else_=0)), 0))
                                  .select_from(Referral).where(Referral.fiscal_year == year)).one()
    facts = [Fact("examples", dict(count=count)), *([Fact("examples_needed" if needed else "examples_free")] if count else []),
             Fact("referrals", dict(count=sent, ticked=named)) if enough(sent) else Fact("no_referrals")]
    return Evidence(tuple(facts), dict(required=needed and count > 0, examples=not needed and count > 0, none=count == 0))


def _criteria_used(year: int) -> Evidence:
    """Never which example one household fitted: none named under three times, and how often in steps of three, for a year goes on."""
    query = (sa.select(Criterion, sa.func.count()).join(ReferralTick, ReferralTick.criterion_id == Criterion.id)
             .join(Referral, Referral.id == ReferralTick.referral_id).where(Referral.fiscal_year == year)
             .group_by(Criterion.id).having(sa.func.count() >= STEP).order_by(sa.func.count().desc(), Criterion.id).limit(3))
    return Evidence(tuple(Fact("example_used", dict(name=each.ja, count=told(count))) for each, count in session.execute(query)))


def _participants(year: int) -> Evidence:
    fixed = sa.select(CoreMember.member_id).where(CoreMember.kind == Kind.JUSO)
    count, meetings = len(CoreMember.of(Kind.JUSO)), total(year, Kind.JUSO)
    beyond = meetings_with(year, sa.select(Hearing.meeting_id).join(Seat).where(Seat.member_id.not_in(fixed)), Kind.JUSO)
    facts = Fact("fixed", dict(count=count)), share("fixed_more", beyond, meetings)
    if not count:
        return Evidence(facts, dict(per_case=True, partly=False, fixed=False))
    return Evidence(facts, dict(per_case=False, partly=beyond > 0, fixed=beyond == 0) if meetings else dict(per_case=False))


def _functions(year: int) -> Evidence:
    meetings = total(year)
    tabled = meetings_with(year, sa.select(Hearing.meeting_id).join(Tabling, Tabling.hearing_id == Hearing.id))
    agreed = meetings_with(year, sa.select(Hearing.meeting_id).join(ActionItem, ActionItem.hearing_id == Hearing.id)
                           .where(ActionItem.removed_at.is_(None), ActionItem.agency_id.is_not(None)))
    facts = share("tabled", tabled, meetings), share("with_roles", agreed, meetings)
    return Evidence(facts, {"roles": True} if most(agreed, meetings) else {})


def _informal(year: int) -> Evidence:
    heard = session.scalar(sa.select(sa.func.count()).select_from(hearings(year).subquery()))
    wished = sa.exists().where(ResourceIdea.hearing_id == Hearing.id, ResourceIdea.removed_at.is_(None))
    ideas = session.scalar(sa.select(sa.func.count()).select_from(hearings(year).where(wished).subquery()))
    every = roles(year)
    informal = sum(each.count for each in every if each.kind == AgencyKind.INFORMAL)
    whole = sum(each.count for each in every)
    facts = share("with_ideas", ideas, heard), share("informal_roles", informal, whole, "no_roles")
    return Evidence(facts, {"public_only": True} if enough(heard) and not enough(ideas) and not enough(informal) else {})


def _meetings(year: int) -> Evidence:
    juso, shien = total(year, Kind.JUSO), total(year, Kind.SHIEN)
    heard, without = evidence_consents.of(year)
    switched = session.scalar(sa.select(sa.func.count()).select_from(held(year).where(Meeting.switched_from != "").subquery()))
    cards = session.scalar(sa.select(sa.func.count()).select_from(CardUse).where(CardUse.hearing_id.in_(hearings(year)), CardUse.rule.is_(False)))
    every = roles(year)
    whole, open_now = sum(each.count for each in every), sum(each.count for each in every if each.kind is None)
    coordinated = sum(each.count for each in every if each.coordinating)
    proposed = {"consent": enough(without) and shien > juso} if juso + shien else {}
    if most(open_now + coordinated, whole):
        proposed["roles"] = True
    return Evidence((
        Fact("kinds", dict(juso=juso, shien=shien)), share("unconsented", without, heard, "no_shien"), Fact("switched", dict(count=switched)),
        Fact("cards", dict(count=cards)), Fact("open_roles", dict(total=whole, open=open_now, held=coordinated)) if enough(whole) else Fact("no_roles")), proposed)


def _reach(year: int) -> Evidence:
    query = (sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((Seat.attendance == Attendance.ABSENT, 1), else_=0)), 0))
             .select_from(Seat).where(Seat.level == Level.REQUIRED, Seat.hearing_id.in_(hearings(year))))
    seats, empty = session.execute(query).one()
    sent, agencies = session.execute(sa.select(sa.func.count(), sa.func.count(sa.distinct(Referral.agency_id)))
                                     .where(Referral.fiscal_year == year)).one()
    facts = share("absent", empty, seats), Fact("came_from", dict(count=sent, agencies=agencies)) if enough(sent) else Fact("no_referrals")
    return Evidence(facts, {"no_cases": True} if not enough(sent) else {})


def _coordinating(year: int) -> Evidence:
    meetings, sheets = total(year), _sheets(year)
    own = [each for each in roles(year) if each.coordinating]
    direct, manage = (sum(each.count for each in own if each.nature == nature) for nature in ("direct", "manage"))
    facts = share("sheets", sheets, meetings), _natures(own, direct, manage)
    proposed = {"before": True} if most(sheets, meetings) else {}
    return Evidence(facts, proposed | ({"managing": manage > direct} if enough(direct + manage) else {}))


def _natures(own, direct: int, manage: int) -> Fact:
    return Fact("natures", dict(total=sum(each.count for each in own), direct=direct, manage=manage)) if enough(sum(each.count for each in own)) else Fact("no_coordinating")


def _next_dates(year: int) -> Evidence:
    meetings, sheets = total(year), _sheets(year)
    said = meetings_with(year, sa.select(Hearing.meeting_id).where(sa.func.trim(Hearing.next_meeting) != ""))
    facts = share("next_dates", said, meetings), share("sheets", sheets, meetings)
    return Evidence(facts, ({"running": True} if most(said, meetings) else {}) | ({"prior_talk": True} if most(sheets, meetings) else {}))


def _sheets(year: int) -> int:
    return meetings_with(year, sa.select(Hearing.meeting_id).join(Sheet, Sheet.hearing_id == Hearing.id).where(Sheet.handed_in_at.is_not(None)))


COUNTS: dict[str, Callable[[int], Evidence]] = {
    "criteria": _criteria, "criteria_used": _criteria_used, "participants": _participants, "functions": _functions,
    "rules": evidence_rules.written, "rules_content": evidence_rules.content, "informal": _informal, "meetings": _meetings,
    "reach": _reach, "coordinating": _coordinating, "next_dates": _next_dates,
}
