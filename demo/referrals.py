"""The sample's referrals: one became a case, one was answered with advice, one waits (referrals.toml)."""

from __future__ import annotations

from datetime import datetime

from cases.models import HouseholdType
from core import clock
from core.database import session
from demo.days import Days
from demo.people import Town
from referrals.criteria import Criterion
from referrals.models import Referral, ReferralNeed, ReferralPerson, ReferralStep, ReferralTick
from referrals.words import Agreement, Urgency

TEXTS = ("label", "worry", "own_words", "done", "ask", "shown_to_agency")


def tell(rows: list[dict], town: Town, days: Days, numbers: dict) -> None:
    """Put the referrals of referrals.toml into the database, each through the verbs that made it."""
    offered = Criterion.offered()
    for row in rows:
        referral = Referral.put_forward(town.users[row["by"]], _sheet(row, offered))
        _number(referral, row, days, numbers.get(("referral", row["label"]), row["serial"]))
        session.flush()
        _date(referral.steps[-1], days.at(row["sent_days"], "10:15"))
        for said in row.get("said", []):
            _date(referral.say(town.users[said["by"]], said["words"]), days.at(said["days"], said["at"]))
        if row["answer"]:
            _answer(referral, row, town, days)
        session.flush()


def _sheet(row: dict, offered: list[Criterion]) -> dict:
    return {name: row[name] for name in TEXTS} | dict(
        household_type=HouseholdType(row["household_type"]), agreement=Agreement(row["agreement"]),
        agreement_reason=row.get("agreement_reason", ""), urgency=Urgency(row["urgency"]),
        people=[ReferralPerson(position=place, label=each["label"], relation=each["relation"], age=each["age"])
                for place, each in enumerate(row.get("person", []), 1)],
        needs=[ReferralNeed(position=place, domain_code=each["domain"], text=each["text"])
               for place, each in enumerate(row.get("need", []), 1)],
        ticks=[ReferralTick(position=place, criterion_id=offered[place - 1].id, ja=offered[place - 1].ja, en=offered[place - 1].en)
               for place in row["ticks"]])


def _number(referral: Referral, row: dict, days: Days, serial: int) -> None:
    """The office had other referrals before: the sample's numbers do not begin at 1."""
    referral.fiscal_year, referral.serial = clock.fiscal_year(days.day(row["sent_days"])), serial
    referral.number = Referral.numbered(referral.fiscal_year, referral.serial)


def _answer(referral: Referral, row: dict, town: Town, days: Days) -> None:
    by, at = town.facilitator, days.at(row["answered_days"], row["answered_at"])
    if row["answer"] == "accept":
        _date(referral.accept(by, row["answer_words"], town.cases[row["case"]]), at)
        _date(referral.acknowledge(town.users[row["by"]]), days.at(row["answered_days"], "17:05"))
    else:
        _date(referral.advise(by, row["answer_words"]), at)


def _date(step: ReferralStep, at: datetime) -> None:
    """Move what has just happened, and whose turn it is since, to its day."""
    step.at, referral = at, step.referral
    if len(referral.steps) == 1:
        referral.sent_at = at
    if referral.office_turn_since:
        referral.office_turn_since = at
    if referral.referrer_turn_since:
        referral.referrer_turn_since = at
