"""本人同意 and what it makes possible: consents, the days they took, and 支援会議 that became 重層的支援会議."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import orm

from cases.consent import ConsentState
from cases.models import Case, Consent, HouseholdPerson
from core.languages import later
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Hearing
from reports.facts_meetings import held, held_on
from reports.figure import Group, Measure, Unit, figure
from reports.span import Span
from reports.sql import days_between, within

YES = (ConsentState.GIVEN, ConsentState.PARTLY)


def said(*states: ConsentState):
    """Facts of what members of households said about sharing."""
    return lambda span: (sa.select(Consent.on.label("at"), Consent.id.label("unit"), HouseholdPerson.case_id.label("row"))
                         .join(HouseholdPerson, HouseholdPerson.id == Consent.person_id).where(Consent.state.in_(states), within(span, Consent.on)))


def whole(span: Span) -> sa.Select:
    """Cases by the day on which everybody whose information is shared had consented once, with the days since the intake."""
    person = (sa.select(HouseholdPerson.id, HouseholdPerson.case_id, sa.func.min(Consent.on).label("on"))
              .outerjoin(Consent, sa.and_(Consent.person_id == HouseholdPerson.id, Consent.state.in_(YES)))
              .where(HouseholdPerson.shared.is_(True)).group_by(HouseholdPerson.id, HouseholdPerson.case_id).subquery())
    case = (sa.select(person.c.case_id, sa.func.max(person.c.on).label("on")).group_by(person.c.case_id)
            .having(sa.func.count() == sa.func.count(person.c.on)).subquery())
    days = days_between(Case.opened_on, case.c.on)
    return (sa.select(case.c.on.label("at"), Case.id.label("unit"), Case.id.label("row"), sa.case((days < 0, 0), else_=days).label("value"))
            .join(Case, Case.id == case.c.case_id).where(within(span, case.c.on)))


def switched(span: Span) -> sa.Select:
    """Meetings planned as 支援会議 and held as 重層的支援会議."""
    return sa.select(held_on().label("at"), Meeting.id.label("unit"), Meeting.id.label("row")).where(
        *held(Kind.JUSO), Meeting.switched_from != "", within(span, held_on()))


def moved(span: Span) -> sa.Select:
    """Cases by their first 重層的支援会議, if a 支援会議 heard them before, or that meeting was one before."""
    first = (sa.select(Hearing.case_id, sa.func.min(held_on()).label("at"))
             .join(Meeting, Meeting.id == Hearing.meeting_id).where(*held(Kind.JUSO), Hearing.case_id.is_not(None)).group_by(Hearing.case_id).subquery())
    other, table = orm.aliased(Meeting), orm.aliased(Hearing)
    before = sa.exists().where(table.case_id == first.c.case_id, other.id == table.meeting_id, *held(Kind.SHIEN, other),
                               held_on(other) < first.c.at).correlate(first)
    itself, seat = orm.aliased(Meeting), orm.aliased(Hearing)
    was = sa.exists().where(seat.case_id == first.c.case_id, itself.id == seat.meeting_id, *held(Kind.JUSO, itself), itself.switched_from != "",
                            held_on(itself) == first.c.at).correlate(first)
    return sa.select(first.c.at, first.c.case_id.label("unit"), first.c.case_id.label("row")).where(within(span, first.c.at), sa.or_(before, was))


figure("consents_given", Group.CONSENTS, later("Consents given"),
       later("Members of households who consented (wholly or in part), by the day they said so. Somebody who consented anew counts again."), said(*YES), "case", unit=Unit.PERSON, charted=True)
figure("consents_refused", Group.CONSENTS, later("Consents refused"), later("Members of households who refused, by the day they said so."), said(ConsentState.REFUSED), "case", unit=Unit.PERSON)
figure("consents_withdrawn", Group.CONSENTS, later("Consents withdrawn"), later("Members of households who withdrew a consent, by the day they said so."),
       said(ConsentState.WITHDRAWN), "case", unit=Unit.PERSON)
figure("households_consented", Group.CONSENTS, later("Cases with everybody's consent"),
       later("Cases by the day on which the last of those whose information is shared consented for the first time. Later withdrawals change nothing here."), whole, "case", charted=True)
figure("days_to_consent", Group.CONSENTS, later("Days to everybody's consent (average)"),
       later("Days from the intake to that day, on average over the cases that reached it in the month; 0 where consent was there before."), whole, "case",
       unit=Unit.DAY, measure=Measure.AVERAGE)
figure("switched", Group.CONSENTS, later("Statutory meetings turned into plan review meetings"),
       later("Meetings planned as a statutory support meeting and held as a plan review meeting because consent had come."), switched, "meeting", unit=Unit.MEETING)
figure("moved_to_juso", Group.CONSENTS, later("Cases that came to their first plan review meeting by way of a statutory one"),
       later("Cases by their first plan review meeting, when a statutory support meeting had heard them before, or that very meeting had been planned as one."), moved, "case")
