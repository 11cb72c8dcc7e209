"""The sample's names and addresses (identities.toml), sealed as an office's own would be."""

from __future__ import annotations

from cases.models import Case
from core import clock
from demo.days import Days
from demo.people import Town
from identities.facts import Facts
from identities.models import Identity


def write_down(rows: list[dict], town: Town, days: Days) -> None:
    """Keep what identities.toml says of the households and their members."""
    for row in rows:
        case = town.cases[row["key"]]
        _keep(case, None, row.get("household", {}), town, days)
        for person in case.people:
            _keep(case, person, row["people"].get(person.label, {}), town, days)


def _keep(case: Case, person, row: dict, town: Town, days: Days) -> None:
    if row:
        born = {"birth_date": _birthday(person.age, row["birthday"], days)} if "birthday" in row else {}
        identity = Identity.of(case, person)
        identity.keep(Facts(**{name: text for name, text in row.items() if name != "birthday"} | born), by=town.facilitator)
        identity.changed_at = clock.instant(case.opened_on, clock.read_time("11:30"))


def _birthday(age: int, birthday: str, days: Days):
    """The last such day (month-day) on which somebody of this age turns out to be just that old today."""
    this_year = clock.read_date(f"{days.today.year}-{birthday}")
    return this_year.replace(year=this_year.year - age - (this_year > days.today))
