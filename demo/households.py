"""The sample's cases with their households, needs and consents (cases.toml)."""

from __future__ import annotations

from datetime import date, timedelta

from cases.consent import ConsentState, Method
from cases.household import Conflict, FamilyRelation, Kinship, Strength, Tie
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from core import clock
from core.database import session
from demo import stages
from demo.days import Days
from demo.people import Town


class Answers:
    """What the households said about sharing, recorded day by day: minutes of an earlier day must not know it yet."""

    def __init__(self, by, days: Days, agencies: dict):
        self._by, self._days, self._agencies = by, days, agencies
        self._waiting: list[tuple[int, HouseholdPerson, dict]] = []

    def expect(self, person: HouseholdPerson, rows: list[dict]) -> None:
        """Keep a person's answers, oldest first, until their day comes."""
        self._waiting += [(row["days"], person, row) for row in rows]

    def until(self, count: int) -> None:
        """Record every answer given up to that day."""
        for _count, person, row in (each for each in self._waiting if each[0] <= count):
            self._record(person, row)
        self._waiting = [each for each in self._waiting if each[0] > count]
        session.flush()

    def _record(self, person: HouseholdPerson, row: dict) -> None:
        on = self._days.day(row["days"])
        consent = person.record_consent(
            self._by, ConsentState(row["state"]), on, method=Method(row["method"]), scope=row.get("scope", ""),
            witness=row.get("witness", ""), reason=row.get("reason", ""), expires_on=_expiry(row, on),
            about=" ".join(row.get("about", [])), agencies=[self._agencies[key] for key in row.get("agencies", [])])
        consent.recorded_at = self._days.at(row["days"], "16:30")


def open_cases(rows: list[dict], town: Town, days: Days, numbers: dict) -> Answers:
    """Open every case of cases.toml, under its own number where `numbers` name none; give the households' answers, which are recorded as the story goes on."""
    answers = Answers(town.facilitator, days, town.agencies)
    for row in rows:
        town.cases[row["key"]] = _case(row, town, days, answers, numbers.get(("case", row["key"]), row["serial"]))
        session.flush()
        stages.go(town.cases[row["key"]], row, town, days)
    return answers


def _case(row: dict, town: Town, days: Days, answers: Answers, serial: int) -> Case:
    first, *others = [town.users[login] for login in row["team"]]
    case = Case.open(first, row["label"], HouseholdType(row["household_type"]), days.day(row["opened_days"]),
                     summary=row["summary"].strip(), own_words=row["own_words"].strip(),
                     strengths=row["strengths"].strip())
    _number(case, serial)
    for user in [*others, *town.coordinators]:
        case.join_team(user)
    for each in case.team:
        each.since = days.at(row["opened_days"], "11:00")
    for position, person in enumerate(row["person"], 1):
        _person(case, position, person, answers)
    _map(case, row, town)
    case.needs += [Need(position=position, domain_code=need["domain"], text=need["text"])
                   for position, need in enumerate(row["need"], 1)]
    return case


def _number(case: Case, serial: int) -> None:
    """The office had other cases before: the sample's numbers do not begin at 1."""
    case.serial, case.number = serial, f"{clock.fiscal_year_code(case.fiscal_year)}-{serial:04d}"


def _person(case: Case, position: int, row: dict, answers: Answers) -> None:
    person = HouseholdPerson(position=position, label=row["label"], relation=row["relation"], age=row.get("age"),
                             note=row.get("note", ""), shared=row["shared"],
                             apart=row.get("apart", False))
    case.people.append(person)
    answers.expect(person, row.get("consent", []))


def _map(case: Case, row: dict, town: Town) -> None:
    """Who is whose parent, who stands by them, who had better not decide."""
    people = {each.label: each for each in case.people}
    case.relations += [FamilyRelation(first=people[each["first"]], second=people[each["second"]], kind=Kinship(each["kind"]))
                       for each in row.get("relation", [])]
    case.ties += [Tie(position=position, person=people.get(each["person"]), agency=town.agencies.get(each.get("agency")), label=each.get("name", ""),
                      strength=Strength(each["strength"]), note=each["note"]) for position, each in enumerate(row.get("tie", []), 1)]
    case.conflicts += [Conflict(member=town.members[each["member"]], note=each["note"]) for each in row.get("conflict", [])]


def _expiry(row: dict, on: date) -> date | None:
    """As long after the day of the consent as the data says, wherever that day has moved to."""
    return on + timedelta(days=row["expires_days"] - row["days"]) if "expires_days" in row else None
