"""Plants みなも市 into an empty database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
import tomllib

import sqlalchemy as sa

from accounts.models import User
from agencies.models import Domain
from core.database import session
from core.office import office
from demo import (
    calendars,
    case_book,
    confirming,
    councils,
    dates,
    disclosing,
    handing,
    history,
    households,
    identities,
    keeping,
    links,
    mapping,
    own_forms,
    people,
    plans,
    preparing,
    referrals,
    reflecting,
    selfchecking,
    wishing,
)
from demo.days import Days
from demo.years.past import Past
from ground_rules.models import Edition
from meetings.templates import AgendaTemplate
from papers.withholding import Ground
from referrals.criteria import Criterion
from room.cards import ClueCard


class InUse(Exception):
    """There is an office (or an account) in this database already: the sample would mix with real work."""


def load(today: date, *, years: bool = True) -> None:
    """Load the sample, counted from `today`, with the two `years` behind it or without them (tests that do not look at
    them are faster), within the unit of work (`core.database.unit`) the caller has opened.

    The tables must exist and be empty, apart from domains and ground rules, which are planted when missing.
    Every account's password is `kurumaza-` and its sign-in name. Raises InUse when there is an office already.
    """
    if in_use():
        raise InUse("an office exists already")
    Domain.plant()
    Edition.plant()
    Criterion.plant()
    AgendaTemplate.plant()
    ClueCard.plant()
    Ground.plant()
    days = Days(today)
    Edition.current().effective_on = days.at(-3100, "09:00").date()  # the sample's meetings of the past went by it
    town = people.settle(_read("roster"), days.at(-1200, "09:00"))
    numbers = _past(town, days) if years else {}
    answers = households.open_cases(_read("cases")["case"], town, days, numbers)
    identities.write_down(_read("identities")["case"], town, days)
    history.tell(_read("meetings")["meeting"], town, days, answers, numbers)
    confirming.follow(_read("confirming"), town, days)
    handing.pass_on(town, days)
    links.hand_out(town, days)
    plans.draw_up(_read("cases")["case"], town, days)
    dates.plan(_read("dates"), town, days)
    referrals.tell(_read("referrals")["referral"], town, days, numbers)
    preparing.prepare(_read("preparation"), town, days)
    disclosing.take_in(town, days)
    calendars.fill()
    own_forms.keep(town)
    keeping.keep(town)
    case_book.write(town)
    reflecting.look_back(today)
    reflecting.answer(town)
    wishing.gather(town, days)
    mapping.draw(_read("community"), town, days)
    councils.tell(_read("councils"), town, days)
    selfchecking.look_back(_read("selfcheck"), town, days)  # last: it counts what the years left behind


def _past(town: people.Town, days: Days) -> dict[tuple[str, str], int]:
    """Plant the years behind the sample; give the numbers that they leave to its own cases, referrals and meetings."""
    past = Past(town, days, {name: _read(f"{name}s")[name] for name in ("case", "meeting", "referral")})
    past.plant()
    return past.numbers


def in_use() -> bool:
    """Whether somebody has begun to work with this database."""
    return office() is not None or bool(session.scalar(sa.select(sa.exists().where(User.id.is_not(None)))))


def _read(name: str) -> dict:
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
