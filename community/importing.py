"""What an import would do to the map, row by row, and doing it: all rows that were chosen, or none.

An empty cell never empties anything, and nothing is taken off the map.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
import enum
import hashlib

import sqlalchemy as sa
from sqlalchemy import orm

from agencies import cells, hints
from agencies.hints import squashed
from agencies.models import Agency, Domain
from agencies.rows import Reading
from community.columns import FIELDS
from community.kinds import Act, Footing, ResourceKind
from community.models import SocialResource
from community.personal import looks_personal
from community.rows import LIMITS, ResourceRow
from core import clock
from core.database import session
from core.languages import _, later


class State(enum.Enum):
    """What one row would do."""

    FAULT = "fault"
    DUPLICATE = "duplicate"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"

    @property
    def label(self):
        return {"fault": later("Cannot be taken in"), "duplicate": later("Twice in this file"), "new": later("New on the map"),
                "changed": later("Changed"), "same": later("Already there")}[self.value]


@dataclass
class Line:
    """One row of the preview."""

    row: ResourceRow
    there: SocialResource | None = None
    state: State = State.SAME
    fields: dict = field(default_factory=dict)  # column → what it would be
    notes: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)  # words that may be a private person's: such a row is not ticked by itself

    @property
    def takeable(self) -> bool:
        return self.state in (State.NEW, State.CHANGED)


@dataclass
class Choices:
    """What the person decided for all rows at once."""

    kind: str = ResourceKind.SYSTEM.value  # of rows that do not say
    footing: str = Footing.INFORMAL.value
    guess: bool = True  # domains from the words of a row that names none
    checked: bool = False  # the whole table was looked through today


class Plan:
    """What the rows of a table would do to the map as it stands now."""

    def __init__(self, reading: Reading, choices: Choices):
        self.choices, self.passed = choices, reading.passed
        self.domains = {each.code: each for each in Domain.listed(everything=True)}
        self.agencies = {hints.body(name): id for id, name in Agency.named()}
        self.in_use = {id for id, _name in Agency.offered()}
        self._there: dict[str, list[SocialResource]] = {}
        for each in session.scalars(sa.select(SocialResource).options(orm.selectinload(SocialResource.domains)).order_by(SocialResource.id)).unique():
            self._there.setdefault(squashed(each.name), []).append(each)
        self._seen: dict[tuple[str, str], int] = {}
        self.lines = [self._line(row) for row in reading.rows]

    @property
    def takeable(self) -> list[Line]:
        return [each for each in self.lines if each.takeable]

    def count(self, state: State) -> int:
        return sum(each.state is state for each in self.lines)

    @property
    def fingerprint(self) -> str:
        """Changes when the map changed so that a row would do something else than was shown."""
        told = [(each.row.number, each.state.value, each.there.id if each.there else 0, each.there.version if each.there else 0, sorted(each.fields)) for each in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]

    def changes(self, line: Line) -> list[tuple[str, str, str]]:
        """(what, as it stands, as it would stand) of what a row changes of an entry, or (what, "", value) of a new one."""
        told = [(key, value) for key, value in line.fields.items() if key != "name" or line.there]
        return [(str(FIELDS["agency" if key == "agency_id" else key][0]), self._shown(key, _stands(line.there, key)) if line.there else "", self._shown(key, value)) for key, value in told]

    def _shown(self, key: str, value) -> str:
        if key == "domains":
            return "、".join(self.domains[code].label for code in value)
        elif key == "kind":
            return str(ResourceKind(value).label)
        elif key == "footing":
            return str(Footing(value).label)
        elif key == "agency_id":
            return next((name for id, name in Agency.named() if id == value), "")
        else:
            return value.isoformat() if isinstance(value, date) else str(value or "")

    # -- looking ------------------------------------------------------------------------------------------------------

    def _line(self, row: ResourceRow) -> Line:
        line = Line(row, notes=list(row.notes))
        if row.faults:
            line.state = State.FAULT
            return line
        key = squashed(row.name), squashed(row.said.get("area", ""))
        if key in self._seen:
            line.state = State.DUPLICATE
            line.notes.append(_("The same resource stands in row %(row)s.", row=self._seen[key]))
            return line
        self._seen[key] = row.number
        line.there = self._known(*key)
        if line.there and line.there.ended:
            row.faults.append(("name", _("This resource has ended: let it go on again on its page first.")))
            line.state = State.FAULT
        else:
            self._compare(line)
            line.personal = looks_personal(*(value for key, value in line.fields.items() if key in LIMITS))
        if line.personal:
            line.notes.append(_("There may be a private person here: %(words)s. Tick the row only if everybody at the tables may read it.", words="、".join(line.personal[:5])))
        return line

    def _known(self, name: str, area: str) -> SocialResource | None:
        """The entry of this name: of this area, or the only one where either says no area."""
        alike = self._there.get(name, [])
        same = [each for each in alike if squashed(each.area) == area]
        open_ = [each for each in alike if not area or not each.area]
        return next(iter(same), None) or (open_[0] if len(open_) == 1 and len(alike) == 1 else None)

    def _compare(self, line: Line) -> None:
        said = dict(line.row.said)
        agency = self.agencies.get(hints.body(line.row.agency)) if line.row.agency else None
        if agency in self.in_use or agency and line.there and line.there.agency_id == agency:
            said["agency_id"] = agency
        elif agency:
            line.notes.append(_("This agency is out of use and is left out: %(name)s", name=line.row.agency))
        elif line.row.agency:
            line.notes.append(_("Not on the roster: %(name)s", name=line.row.agency))
        if said.get("checked_on", date.min) > clock.today():
            line.notes.append(_("The day of checking lies ahead and was left out."))
            del said["checked_on"]
        if self.choices.checked:
            said["checked_on"] = clock.today()
        if line.there is None:
            said = {"kind": self.choices.kind, "footing": self.choices.footing} | said
            if self.choices.guess and "domains" not in said and (guessed := self._guess(said)):
                said["domains"] = guessed
            line.state, line.fields = State.NEW, said
        else:
            line.fields = {key: value for key, value in said.items() if not _same(_stands(line.there, key), value)}
            if "checked_on" in line.fields and line.there.checked_on and line.there.checked_on > said["checked_on"]:
                del line.fields["checked_on"]  # an older table knows less
            line.state = State.CHANGED if line.fields else State.SAME

    def _guess(self, said: dict) -> list[str]:
        words = " ".join(said.get(key, "") for key in ("name", "does", "whom"))
        return [each for each in hints.domains(words) if each in self.domains and self.domains[each].active]

    # -- doing --------------------------------------------------------------------------------------------------------

    def carry_out(self, numbers: set[int], by) -> dict:
        """Take in the rows with these numbers, in the transaction of the caller; give the counts for the report."""
        counts = dict(new=0, changed=0)
        for line in self.takeable:
            if line.row.number in numbers:
                fields = {key: self._kept(key, value) for key, value in line.fields.items()}
                if line.there is None:
                    SocialResource.make(by, Act.IMPORTED, **fields)
                    counts["new"] += 1
                else:
                    line.there.rewrite(by, **fields)
                    counts["changed"] += 1
        return counts | {"left_out": len(self.takeable) - counts["new"] - counts["changed"], "faults": self.count(State.FAULT)}

    def _kept(self, key: str, value):
        if key == "domains":
            return [self.domains[code] for code in value]
        elif key == "kind":
            return ResourceKind(value)
        else:
            return Footing(value) if key == "footing" else value


def _stands(there: SocialResource, key: str):
    value = getattr(there, key)
    if key == "domains":
        return [each.code for each in value]
    else:
        return value.value if isinstance(value, enum.Enum) else value


def _same(stands, said) -> bool:
    if isinstance(said, list):
        return set(said) <= set(stands) and len(said) == len(stands)
    elif isinstance(said, str) and isinstance(stands, str):
        return cells.same(stands, said)
    else:
        return stands == said
