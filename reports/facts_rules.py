"""Ground rules: acknowledged by those who came, pledged, and looked back at. By edition, by way and by rule, never by person or agency."""

from __future__ import annotations

from functools import lru_cache

import sqlalchemy as sa

from core.languages import later
from ground_rules.models import AckMethod, Acknowledgement, Edition, Part
from ground_rules.proxies import ProxyAcknowledgement
from ground_rules.rule_cards import rules_in
from meetings.models import Meeting
from meetings.pledges import Pledge, PledgeMethod, Term
from meetings.rule_reviews import RuleFinding, RuleReview
from meetings.table import Attendance, Hearing, Seat
from reports.facts_meetings import HERE, held, held_on
from reports.figure import Breakdown, Group, Measure, Unit, figure
from reports.naming import number, raw, words
from reports.span import Span
from reports.sql import kept, within

OWN, OTHER = Acknowledgement, ProxyAcknowledgement


@lru_cache(maxsize=12)  # one table for all figures of a question that ask it: the database reads it once
def came(span: Span) -> sa.CTE:
    """Those who were there, once for each meeting: whether they had acknowledged the rules it goes by (`done`), and before each of the cases
    they sat for was opened (`before`); `method` how, of those who had. Whoever came in somebody's place is asked for their own word."""
    own = sa.and_(OWN.meeting_id == Meeting.id, OWN.member_id == Seat.member_id, OWN.edition_id == Meeting.edition_id, Seat.attendance != Attendance.PROXY)
    other = sa.and_(OTHER.meeting_id == Meeting.id, OTHER.member_id == Seat.member_id, OTHER.name == Seat.proxy_name, OTHER.edition_id == Meeting.edition_id,
                    Seat.attendance == Attendance.PROXY)
    at = sa.func.coalesce(OWN.at, OTHER.at)
    every = lambda condition: sa.func.min(sa.case((condition, 1), else_=0))  # noqa: E731  at each of their tables
    return kept(sa.select(held_on().label("at"), (sa.cast(Meeting.id, sa.BigInteger) * 10_000_000 + Seat.member_id).label("unit"), Meeting.id.label("row"),
                      every(at.is_not(None)).label("done"), every(at <= sa.func.coalesce(Hearing.opened_at, Meeting.closed_at)).label("before"),
                      Meeting.edition_id.label("edition"), sa.func.min(sa.func.coalesce(raw(OWN.method), raw(OTHER.method))).label("method"))
            .join(Hearing, Hearing.meeting_id == Meeting.id).join(Seat, Seat.hearing_id == Hearing.id).outerjoin(OWN, own).outerjoin(OTHER, other)
            .where(*held(), Seat.attendance.in_(HERE), within(span, held_on()))
            .group_by(Meeting.id, Seat.member_id))


def acknowledged(span: Span, part: str = "") -> sa.Select:
    """Those who had acknowledged; `part`: by "edition" or "method"."""
    there = came(span)
    by = [number(there.c.edition).label("part")] if part == "edition" else [there.c.method.label("part")] if part else []
    return sa.select(there.c.at, there.c.unit, there.c.row, *by).where(there.c.done == 1)


def share(name: str):
    """Facts of all who were there, with 1 for those of whom `name` (done, before) holds."""

    def facts(span: Span) -> sa.Select:
        there = came(span)
        return sa.select(there.c.at, there.c.unit, there.c.row, there.c[name].label("value"))

    return facts


def pledges(span: Span, *more) -> sa.Select:
    """Pledges by the day they were given, without those struck as recorded by mistake."""
    return (sa.select(Pledge.given_on.label("at"), Pledge.id.label("unit"), Pledge.meeting_id.label("row"), *more)
            .where(Pledge.struck_at.is_(None), within(span, Pledge.given_on)))


def reviewed(span: Span, *more) -> sa.Select:
    """Meetings that looked back at their rules, by the day of the meeting."""
    return (sa.select(held_on().label("at"), Meeting.id.label("unit"), Meeting.id.label("row"), *more).join(RuleReview, RuleReview.meeting_id == Meeting.id)
            .where(*held(), within(span, held_on())))


def all_kept(span: Span) -> sa.Select:
    """Those meetings, with 1 for those that found every rule kept."""
    hard = sa.exists().where(RuleFinding.review_id == RuleReview.id).correlate(RuleReview)
    return reviewed(span, sa.case((hard, 0), else_=1).label("value"))


def by_rule(span: Span) -> sa.Select:
    """Those meetings, once for each rule of their edition that they found kept: nothing is written down of a rule that was."""
    rows = [sa.select(sa.literal(edition.id).label("edition"), sa.literal(part.value).label("of"), sa.literal(rule.number).label("number"))
            for edition, part, rule in _rules()]
    rules = (sa.union_all(*rows) if rows else sa.select(sa.literal(0).label("edition"), sa.literal("").label("of"), sa.literal(0).label("number")).where(sa.false())).subquery()
    hard = (sa.exists().where(RuleFinding.review_id == RuleReview.id, raw(RuleFinding.part) == rules.c.of, RuleFinding.number == rules.c.number)
            .correlate(RuleReview, rules))
    key = number(rules.c.edition) + "-" + rules.c.of + "-" + number(rules.c.number)
    return reviewed(span, key.label("part")).join(rules, rules.c.edition == RuleReview.edition_id).where(~hard)


def _rules() -> list[tuple]:
    """(edition, part, rule) of every rule that ever was in force, the newest edition first."""
    return [(edition, part, rule) for edition in Edition.listed() for part in Part for rule in rules_in(edition.body(part, "ja"))]


def _rule_names() -> dict[str, str]:
    several = len(Edition.listed()) > 1
    return {f"{edition.id}-{part.value}-{rule.number}": f"{_edition(edition) + ' ' if several else ''}{part.label} {rule.number} {rule.says}" for edition, part, rule in _rules()}


def _editions() -> dict[str, str]:
    return {str(each.id): _edition(each) for each in Edition.listed()}


def _edition(edition: Edition) -> str:
    return str(later("Edition %(number)s")) % dict(number=edition.number)


def _routes() -> dict[str, str]:
    return {f"{term.value}-{way.value}": f"{_TERMS[term]} {_WAYS[way]}" for term in Term for way in PledgeMethod}


_TERMS = {Term.YEAR: later("For the year"), Term.CASE: later("For one meeting and its cases")}
_WAYS = {PledgeMethod.SCREEN: later("on screen"), PledgeMethod.PAPER: later("on paper")}

figure("acknowledgements", Group.RULES, later("People who acknowledged the rules"),
       later("Of those who attended, how many had acknowledged the rules their meeting goes by; once for each meeting. For whoever came in somebody's place, their own word counts."), acknowledged, "meeting",
       unit=Unit.PERSON, charted=True, breakdowns=(
           Breakdown("edition", later("By edition of the rules"), lambda span: acknowledged(span, "edition"), _editions, households=False, nobody=None),
           Breakdown("method", later("By way"), lambda span: acknowledged(span, "method"), words(AckMethod), households=False, nobody=None)))
figure("rules_acknowledged", Group.RULES, later("Ground rules acknowledged"),
       later("Of those who attended (once for each meeting), the share that had acknowledged the rules of that meeting; for whoever came in somebody's place, their own acknowledgement counts."), share("done"), "meeting",
       unit=Unit.PERCENT, measure=Measure.SHARE)
figure("rules_before", Group.RULES, later("Acknowledged before the case was opened"),
       later("Of those who attended (once for each meeting), the share that had acknowledged the rules before the cases they sat for were opened. Whoever came later and acknowledged at the door is not among them."), share("before"), "meeting",
       unit=Unit.PERCENT, measure=Measure.SHARE)
figure("pledges", Group.RULES, later("Pledges given"),
       later("Pledges of confidentiality (誓約書) by the day they were given, also for meetings to come; somebody who gives one for the year and one for a meeting counts twice. Those struck as recorded by mistake are left out."), pledges, "meeting",
       charted=True, breakdowns=(
           Breakdown("route", later("For what, and how"), lambda span: pledges(span, (raw(Pledge.term) + "-" + raw(Pledge.method)).label("part")), _routes, households=False, nobody=None),))
figure("rules_reviewed", Group.RULES, later("Meetings that looked back at the rules"),
       later("Meetings that checked at the end whether the rules were kept, by the day of the meeting."), reviewed, "meeting", unit=Unit.MEETING, people=False, breakdowns=(
           Breakdown("rule", later("In how many of them each rule was kept"), by_rule, _rule_names, households=False, several=True, nobody=None),))
figure("rules_all_kept", Group.RULES, later("Every rule kept"),
       later("Of the meetings that looked back at the rules, the share that found every rule kept."), all_kept, "meeting", unit=Unit.PERCENT, measure=Measure.SHARE)
