"""What an import would do to the roster, row by row, and doing it: all rows that were chosen, or none.

An empty cell never empties anything, nobody and nothing is removed, and who left the roster is not brought back (their
sign-in would open their cases again): the person is added anew, without an account.
"""

from __future__ import annotations

from dataclasses import dataclass, field
import enum
import hashlib

import sqlalchemy as sa
from sqlalchemy import orm

from agencies import cells, hints
from agencies.models import Agency, AgencyKind, Domain, Member
from agencies.rows import Reading, Row
from core.database import session
from core.languages import _, later

OF_AGENCY = ("kind", "contract", "prefectural", "coordinating", "head", "postal", "address", "phone", "fax", "remarks")
KINDS = [each.value for each in AgencyKind]
WORDS = {"kind": later("Kind"), "contract": later("How it is bound"), "prefectural": later("Prefectural body"), "coordinating": later("Coordinating body"),
         "head": later("Head of the agency, for letters"), "postal": later("Postal code"), "address": later("Address"), "phone": later("Telephone"),
         "fax": later("Fax"), "remarks": later("Remarks"), "domains": later("Domains"), "kana": later("Reading (kana)"), "section": later("Section"),
         "job": later("Post"), "email": later("Mail address"), "deputy": later("Stand-in"), "since": later("On the roster since")}
OF_PERSON = ("kana", "section", "job", "phone", "email", "deputy", "remarks", "since")


class State(enum.Enum):
    """What one row would do."""

    FAULT = "fault"
    DUPLICATE = "duplicate"
    NEW = "new"
    CHANGED = "changed"
    AGENCY = "agency"
    SAME = "same"

    @property
    def label(self):
        return {"fault": later("Cannot be taken in"), "duplicate": later("Twice in this file"), "new": later("New person"),
                "changed": later("Changed"), "agency": later("Agency only"), "same": later("Already there")}[self.value]


@dataclass
class Body:
    """An agency the table names, on the roster already or not, and what its rows say of it."""

    name: str
    there: Agency | None
    row: int  # where it is named first
    said: dict = field(default_factory=dict)  # field → (value, row)
    domains: list[str] = field(default_factory=list)
    likely: list[str] = field(default_factory=list)
    likely_kind: str = ""
    people: dict[str, int] = field(default_factory=dict)  # person → row
    made: Agency | None = None


@dataclass
class Line:
    """One row of the preview."""

    row: Row
    body: Body | None
    member: Member | None = None
    state: State = State.SAME
    agency: dict = field(default_factory=dict)  # what it changes of the agency
    person: dict = field(default_factory=dict)  # … and of the person
    notes: list[str] = field(default_factory=list)

    @property
    def takeable(self) -> bool:
        return self.state in (State.NEW, State.CHANGED, State.AGENCY)

    @property
    def new_agency(self) -> bool:
        return self.body is not None and self.body.there is None


@dataclass
class Choices:
    """What the person decided for all rows at once."""

    kind: str = AgencyKind.PUBLIC.value  # of agencies whose kind neither the table nor the name tells
    guess: bool = True  # domains from the name of an agency for which the table names none


class Plan:
    """What the rows of a table would do to the roster as it stands now."""

    def __init__(self, reading: Reading, choices: Choices):
        self.choices, self.passed = choices, reading.passed
        self.domains = {each.code: each for each in Domain.listed(everything=True)}
        self._known = _Roster()
        self._bodies: dict[str, Body] = {}
        self.lines = [self._line(row) for row in reading.rows]

    @property
    def takeable(self) -> list[Line]:
        return [each for each in self.lines if each.takeable]

    def count(self, state: State) -> int:
        return sum(each.state is state for each in self.lines)

    @property
    def fingerprint(self) -> str:
        """Changes when the roster changed so that a row would do something else than was shown."""
        told = [(each.row.number, each.state.value, sorted(each.agency), sorted(each.person), each.new_agency) for each in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]

    def kind(self, body: Body) -> str:
        """The kind an agency that is not there yet would get: as the table says, as its name or its group tells, else as chosen."""
        return (body.said.get("kind") or [hints.kind(body.name) or body.likely_kind or self.choices.kind])[0]

    def codes(self, body: Body) -> list[str]:
        """The domains it would get: the table's, those of its group, or (if so chosen) those its name speaks of."""
        guessed = body.likely or (hints.domains(body.name) if self.choices.guess else [])
        return body.domains or [each for each in guessed if each in self.domains and self.domains[each].active]

    def changes(self, line: Line) -> list[tuple[str, str, str]]:
        """(what, as it stands, as it would stand) of what a row changes of an agency or person that is there."""
        told = [(key, line.body.there, value) for key, value in line.agency.items() if line.body.there]
        told += [(key, line.member, value) for key, value in line.person.items() if line.member]
        return [(str(WORDS[key]), "" if key == "domains" else self._shown(_plain(getattr(record, key))), self._shown(value))
                for key, record, value in told]

    def _shown(self, value) -> str:
        if isinstance(value, list):
            return "、".join(self.domains[code].label for code in value)
        elif isinstance(value, bool):
            return "○" if value else "–"
        else:
            return str(AgencyKind(value).label) if value in KINDS else str(value or "")

    # -- looking ------------------------------------------------------------------------------------------------------

    def _line(self, row: Row) -> Line:
        body = self._body(row) if row.name else None
        line = Line(row, body, notes=list(row.notes))
        if body and body.there and not body.there.active:
            row.faults.append(("agency", _("This agency is out of use: put it in use again on its page first.")))
        if row.faults:
            line.state = State.FAULT
        else:
            self._compare_agency(line)
            self._compare_person(line)
            if line.new_agency and body.row == row.number:
                line.notes += self._known.alike(body.name)
        return line

    def _body(self, row: Row) -> Body:
        key = hints.body(row.name)
        return self._bodies.setdefault(key, Body(row.name, self._known.agency(row.name), row.number))

    def _compare_agency(self, line: Line) -> None:
        said, body = line.row.agency, line.body
        for key in OF_AGENCY:
            value = said.get(key)
            if value in (None, ""):
                continue
            first, row = body.said.setdefault(key, (value, line.row.number))
            if not _same(first, value):
                line.notes.append(_("The agency's details differ from row %(row)s, which is followed.", row=row))
            elif row == line.row.number and not (body.there and _stands(key, body.there, value)):
                line.agency[key] = value
        there = [each.code for each in body.there.domains] if body.there else []
        fresh = [each for each in said.get("domains", []) if each not in there and each not in body.domains]
        body.domains += fresh
        body.likely += [each for each in said.get("likely", []) if each not in body.likely]
        body.likely_kind = body.likely_kind or said.get("likely_kind", "")
        if fresh:
            line.agency["domains"] = fresh

    def _compare_person(self, line: Line) -> None:
        person, body = line.row.person, line.body
        key = cells.person(person["name"]) if person else ""
        if person and key in body.people:
            line.state = State.DUPLICATE
            line.notes.append(_("The same person stands in row %(row)s.", row=body.people[key]))
            line.agency = {}
        elif person:
            body.people[key] = line.row.number
            line.member = self._known.member(body.there, key) if body.there else None
            self._compare_fields(line, key)
        else:
            first = line.new_agency and body.row == line.row.number
            line.state = State.AGENCY if first or line.agency else State.SAME

    def _compare_fields(self, line: Line, key: str) -> None:
        said = {each: line.row.person[each] for each in OF_PERSON if line.row.person.get(each)}
        if line.member is None:
            line.state, line.person = State.NEW, {"name": line.row.person["name"], **said}
            line.notes += self._known.warnings(line.body.there, key)
        else:
            line.person = {each: value for each, value in said.items() if not _stands(each, line.member, value)}
            line.state = State.CHANGED if line.person or line.agency else State.SAME

    # -- doing --------------------------------------------------------------------------------------------------------

    def carry_out(self, numbers: set[int]) -> dict:
        """Take in the rows with these numbers, in the transaction of the caller; give the counts for the report."""
        counts = dict.fromkeys(("agencies_new", "agencies_changed", "members_new", "members_changed"), 0)
        changed = set()
        for line in self.takeable:
            if line.row.number in numbers:
                agency = self._agency(line.body, counts)
                self._write_agency(line, agency)
                if line.agency and line.body.there:
                    changed.add(agency.id)
                self._write_person(line, agency, counts)
        taken = sum(line.row.number in numbers for line in self.takeable)
        return counts | {"agencies_changed": len(changed), "left_out": len(self.takeable) - taken, "faults": self.count(State.FAULT)}

    def _agency(self, body: Body, counts: dict) -> Agency:
        if body.there is None and body.made is None:
            kind = AgencyKind(self.kind(body))
            body.made = Agency(name=body.name, kind=kind, domains=[self.domains[code] for code in self.codes(body)],
                               prefectural=hints.prefectural(body.name, kind.value))
            session.add(body.made)
            counts["agencies_new"] += 1
        return body.there or body.made

    def _write_agency(self, line: Line, agency: Agency) -> None:
        for key, value in line.agency.items():
            if key == "domains":
                agency.domains += [self.domains[code] for code in value if self.domains[code] not in agency.domains]
            else:
                setattr(agency, key, AgencyKind(value) if key == "kind" else value)

    def _write_person(self, line: Line, agency: Agency, counts: dict) -> None:
        if line.state is State.NEW:
            session.add(Member(agency=agency, **line.person))
            counts["members_new"] += 1
        elif line.person:
            for key, value in line.person.items():
                setattr(line.member, key, value)
            counts["members_changed"] += 1


class _Roster:
    """The whole roster as it stands, by the names under which a table would speak of it."""

    def __init__(self):
        whole = orm.selectinload(Agency.domains), orm.selectinload(Agency.members)
        self.agencies: dict[str, Agency] = {}
        self.exact: dict[str, Agency] = {}
        self.people: dict[str, list[Member]] = {}
        for agency in session.scalars(sa.select(Agency).options(*whole).order_by(Agency.left_on.is_not(None), Agency.id)):
            self.agencies.setdefault(hints.body(agency.name), agency)
            self.exact[agency.name] = agency
            for member in agency.members:
                self.people.setdefault(cells.person(member.name), []).append(member)

    def agency(self, name: str) -> Agency | None:
        return self.exact.get(name) or self.agencies.get(hints.body(name))

    def alike(self, name: str) -> list[str]:
        """A word about an agency that may be the one meant: the name of one is part of the other's."""
        key = hints.body(name)
        names = [each.name for other, each in self.agencies.items() if len(min(key, other, key=len)) >= 5 and (key in other or other in key)]
        return [_("It may be the same as %(names)s on the roster. If so, write the name as it stands there.", names="、".join(names[:3]))] if names else []

    def member(self, agency: Agency, key: str) -> Member | None:
        return next((each for each in self.people.get(key, []) if each.agency_id == agency.id and each.active), None)

    def warnings(self, agency: Agency | None, key: str) -> list[str]:
        """What to look at before this person is added anew."""
        others = [each for each in self.people.get(key, []) if each.active]
        left = [each for each in self.people.get(key, []) if agency and each.agency_id == agency.id and not each.active]
        return [_("The same name is on the roster at %(agency)s. If the person has moved, take them off there.", agency=each.agency.name) for each in others[:2]] + \
            ([_("Somebody of this name left this agency earlier; an account, if there was one, is not given back.")] if left else [])


def _plain(value):
    return value.value if isinstance(value, enum.Enum) else value


def _same(one, other) -> bool:
    return cells.same(one, other) if isinstance(one, str) and isinstance(other, str) else one == other


def _stands(key: str, record, said) -> bool:
    """Whether the roster says so already: as it is written there, or as it would be read if a table had it."""
    there = _plain(getattr(record, key))
    return _same(there, said) or (key in ("phone", "fax") and cells.same(cells.number(there), said))
