"""新規受付, つなぎ and what is under way: how households come to the office."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from cases.flow import ACTIVE, Stage
from cases.models import Case, HouseholdType, Need
from cases.stages import StageMove
from core.languages import later
from referrals.models import Referral, ReferralNeed, ReferralStep
from referrals.words import Act, State
from reports.figure import Breakdown, Group, Measure, Stock, Unit, figure
from reports.naming import agencies, domains, number, raw, words
from reports.span import Span
from reports.sql import days_between, kept, local_day, within

ANSWERED = (Act.ACCEPTED, Act.ADVISED, Act.RETURNED)


def opened(span: Span, *more) -> sa.Select:
    """Cases opened."""
    return sa.select(Case.opened_on.label("at"), Case.id.label("unit"), Case.id.label("row"), *more).where(within(span, Case.opened_on))


def sent(span: Span, *more) -> sa.Select:
    """Referrals that came in (for the first time: one sent again is the same referral)."""
    return (sa.select(ReferralStep.at, Referral.id.label("unit"), Referral.id.label("row"), *more)
            .join(Referral, Referral.id == ReferralStep.referral_id).where(ReferralStep.act == Act.SENT, within(span, ReferralStep.at)))


def answered(span: Span) -> sa.Select:
    """Referrals with the days from their coming in to the first answer."""
    first = (sa.select(ReferralStep.referral_id, sa.func.min(ReferralStep.at).label("at")).where(ReferralStep.act.in_(ANSWERED))
             .group_by(ReferralStep.referral_id).subquery())
    days = days_between(local_day(ReferralStep.at), local_day(first.c.at))
    return sent(span, days.label("value")).join(first, first.c.referral_id == Referral.id)


def standing(*stages: Stage) -> Stock:
    """Facts of the cases at one of these stages at the end of each month (today, in the one that runs)."""

    def stays(span: Span) -> sa.Select:
        after = orm.aliased(StageMove)  # looked up for these stages only: few stand at some of them
        until = sa.select(after.on).where(after.case_id == StageMove.case_id, after.id > StageMove.id).order_by(after.id).limit(1).scalar_subquery()
        moves = kept(sa.select(StageMove.case_id, StageMove.on, until.label("until")).where(StageMove.to_stage.in_(stages)))
        return (sa.select(moves.c.case_id.label("unit"), moves.c.case_id.label("row"), moves.c.on.label("begins"), moves.c.until)
                .where(sa.or_(moves.c.until.is_(None), moves.c.until > span.edges[0])))

    return Stock(stays)


def _by_need(span: Span) -> sa.Select:
    return opened(span, Need.domain_code.label("part")).outerjoin(Need, Need.case_id == Case.id)


def _by_route(span: Span) -> sa.Select:
    came = sa.exists().where(Referral.case_id == Case.id, local_day(Referral.sent_at) <= Case.opened_on).correlate(Case)
    return opened(span, sa.case((came, "referral"), else_="direct").label("part"))


def _routes() -> dict[str, str]:
    return {"referral": str(later("Put forward by an agency (referral)")), "direct": str(later("Asked for directly"))}


def _sent_by_need(span: Span) -> sa.Select:
    return sent(span, ReferralNeed.domain_code.label("part")).outerjoin(ReferralNeed, ReferralNeed.referral_id == Referral.id)


figure("cases_opened", Group.CONSULTATIONS, later("New cases"), later("Cases opened, by the day of the intake."), opened, "case", charted=True, breakdowns=(
    Breakdown("route", later("By route"), _by_route, _routes, nobody=None),
    Breakdown("domain", later("By domain"), _by_need, domains, several=True),
    Breakdown("household", later("By kind of household"), lambda span: opened(span, raw(Case.household_type).label("part")), words(HouseholdType), nobody=None)))
figure("cases_active", Group.CONSULTATIONS, later("Cases under way at the end of the month"),
       later("Cases between intake and evaluation on the last day of the month (today, in the month that runs). For the year: at its end."),
       standing(*ACTIVE), "case", measure=Measure.STOCK)
figure("referrals", Group.CONSULTATIONS, later("Referrals received"),
       later("Sheets that agencies put forward, by the day they first came in; one that was sent again counts once. Those withdrawn are counted, too."), sent, "referral", charted=True, breakdowns=(
           Breakdown("agency", later("By agency, in the order of the roster"), lambda span: sent(span, number(Referral.agency_id).label("part")), agencies, nobody=None),
           Breakdown("domain", later("By domain"), _sent_by_need, domains, several=True),
           Breakdown("answer", later("By where they stand today"), lambda span: sent(span, raw(Referral.state).label("part")), words(State), households=False)))
figure("days_to_answer", Group.CONSULTATIONS, later("Days to the answer to a referral (average)"),
       later("Days from the day a referral came in to the office's first answer (taken on, advice, sent back); those not answered yet are left out."), answered, "referral",
       unit=Unit.DAY, measure=Measure.AVERAGE)
