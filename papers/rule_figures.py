"""Figures of the rules in a 年度, month by month: acknowledged by those who came, pledges given, looked back at, cards shown.

Counted are meetings that were opened, by the month in which they were to begin. Who came is counted once a meeting; a proxy is
counted for themselves. No person and no agency is named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from core import clock
from core.database import session
from ground_rules.models import Acknowledgement, Edition, Part
from ground_rules.proxies import ProxyAcknowledgement
from ground_rules.rule_cards import rules_in
from meetings.models import Meeting
from meetings.pledges import Pledge
from meetings.rule_reviews import Kept, RuleFinding, RuleReview
from meetings.table import Attendance, Hearing, Seat
from room.cards_used import CardUse

MONTHS = (*range(4, 13), *range(1, 4))
AT_MEETINGS = ("meetings", "present", "screen", "paper", "aloud", "proxy", "reviewed", "all_kept", "cards")
GIVEN = ("year_screen", "year_paper", "case_screen", "case_paper")  # pledges: of the day they were given, whatever meets in that month
COLUMNS = (*AT_MEETINGS, *GIVEN)


@dataclass
class Figures:
    """By month: the counts under the names of COLUMNS; `hard`: (edition, part, number, what it says, not quite, not kept)."""

    months: dict[int, Counter] = field(default_factory=lambda: {each: Counter() for each in MONTHS})
    hard: list[tuple] = field(default_factory=list)

    @property
    def total(self) -> Counter:
        return sum(self.months.values(), Counter())


def of_year(year: int) -> Figures:
    """The figures of a 年度; one query for each kind of record."""
    found = Figures()
    month, edition = {}, {}
    for id, starts_at, edition_id in session.execute(sa.select(Meeting.id, Meeting.starts_at, Meeting.edition_id).where(Meeting.fiscal_year == year, Meeting.opened_at.is_not(None))):
        month[id], edition[id] = found.months[clock.local(starts_at).month], edition_id
        month[id]["meetings"] += 1
    held = sa.select(Meeting.id).where(Meeting.fiscal_year == year, Meeting.opened_at.is_not(None))
    _acknowledged(month, edition, held)
    for term, method, on, count in session.execute(sa.select(Pledge.term, Pledge.method, Pledge.given_on, sa.func.count()).where(
            Pledge.given_on.between(_first(year), _last(year)), Pledge.struck_at.is_(None)).group_by(Pledge.term, Pledge.method, Pledge.given_on)):
        found.months[on.month][f"{term.value}_{method.value}"] += count
    hard = sa.select(sa.func.count(RuleFinding.id)).where(RuleFinding.review_id == RuleReview.id).correlate(RuleReview).scalar_subquery()
    for id, count in session.execute(sa.select(RuleReview.meeting_id, hard).where(RuleReview.meeting_id.in_(held))):
        month[id].update(reviewed=1, all_kept=int(count == 0))
    for id, count in session.execute(sa.select(Hearing.meeting_id, sa.func.count()).join(CardUse, CardUse.hearing_id == Hearing.id).where(
            CardUse.rule.is_(True), Hearing.meeting_id.in_(held)).group_by(Hearing.meeting_id)):
        month[id]["cards"] += count
    found.hard = _hard(held)
    return found


def years() -> list[int]:
    """The 年度 to choose from, the latest first: this one, and those in which a meeting was opened or a pledge given."""
    this = clock.fiscal_year(clock.today())
    found = session.scalars(sa.union(sa.select(Meeting.fiscal_year).where(Meeting.opened_at.is_not(None)), sa.select(Pledge.fiscal_year)))
    return sorted({this, *(each for each in found if each <= this)}, reverse=True)


def begun(year: int) -> set[int]:
    """The months of a 年度 that have begun: of the others nothing is said, not even 0."""
    return {month for month in MONTHS if date(year + (month < 4), month, 1) <= clock.today()}


def _acknowledged(month: dict, edition: dict, held) -> None:
    """Of those who came: how each acknowledged the edition their meeting went by."""
    rows = list(session.execute(sa.select(Hearing.meeting_id, Seat.member_id, Seat.attendance, Seat.proxy_name).join(Seat, Seat.hearing_id == Hearing.id).where(
        Hearing.meeting_id.in_(held), Seat.attendance.in_([each for each in Attendance if each.here])).distinct()))
    came = {(meeting, member): proxy if attendance is Attendance.PROXY else None for meeting, member, attendance, proxy in rows}
    own = {(meeting, member): method for meeting, member, of, method in session.execute(sa.select(
        Acknowledgement.meeting_id, Acknowledgement.member_id, Acknowledgement.edition_id, Acknowledgement.method).where(Acknowledgement.meeting_id.in_(held))) if of == edition[meeting]}
    proxies = {(meeting, member, name) for meeting, member, name, of in session.execute(sa.select(
        ProxyAcknowledgement.meeting_id, ProxyAcknowledgement.member_id, ProxyAcknowledgement.name, ProxyAcknowledgement.edition_id).where(
            ProxyAcknowledgement.meeting_id.in_(held))) if of == edition[meeting]}
    for (meeting, member), proxy in came.items():
        month[meeting]["present"] += 1
        if proxy is not None:
            month[meeting]["proxy"] += (meeting, member, proxy) in proxies
        elif (meeting, member) in own:
            month[meeting][own[meeting, member].value] += 1


def _hard(held) -> list[tuple]:
    """The rules that meetings found hard to keep, the most often named first."""
    counts: dict[tuple, Counter] = {}
    for edition_id, part, number, kept, count in session.execute(sa.select(
            RuleReview.edition_id, RuleFinding.part, RuleFinding.number, RuleFinding.kept, sa.func.count()).join(RuleFinding, RuleFinding.review_id == RuleReview.id)
            .where(RuleReview.meeting_id.in_(held)).group_by(RuleReview.edition_id, RuleFinding.part, RuleFinding.number, RuleFinding.kept)):
        counts.setdefault((edition_id, part, number), Counter())[kept] = count
    editions = {each.id: each for each in Edition.listed()}
    says = {(id, part): {rule.number: rule.says for rule in rules_in(each.body(part, "ja"))} for id, each in editions.items() for part in Part}
    rows = [(editions[id].number, part, number, says[id, part].get(number, ""), kept[Kept.PARTLY], kept[Kept.NOT]) for (id, part, number), kept in counts.items()]
    return sorted(rows, key=lambda each: (-(each[4] + each[5]), -each[0], list(Part).index(each[1]), each[2]))


def _first(year: int):
    return clock.read_date(f"{year}-04-01")


def _last(year: int):
    return clock.read_date(f"{year + 1}-03-31")
