"""Reads the rows of an office's table as agencies and people, forgiving what offices do and telling what cannot be. Pure.

An agency named only in the first row of its group holds for the rows below it; 〃 and 同上 repeat the cell above; titles
between the rows, foot notes, repeated headings and empty numbered rows are passed over, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
import re

from agencies import cells, hints
from agencies.cells import LIMITS, Wrong, line
from agencies.columns import Heading
from agencies.sheets import Sheet
from core.languages import _

OF_GROUP = ("upper", "category", "kind", "domains")  # left of the agency they head a group of rows
TITLE = re.compile(r"^[【〈《＜<■□●◆◇▼▽★☆※*]|^\(?注|^(?:(?:合計|小計|総計|計)(?:\s*\d.*)?|以上)$|^備考(?:[\s:：]|$)")


@dataclass
class Row:
    """One row of the table: what it says of an agency and of a person (None: only of the agency), and its faults."""

    number: int  # as Excel counts
    agency: dict = field(default_factory=dict)
    person: dict | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)  # (field of FIELDS, why)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.agency.get("name", "")


@dataclass
class Reading:
    """The rows that say something, and those passed over (number, what stands there)."""

    rows: list[Row] = field(default_factory=list)
    passed: list[tuple[int, str]] = field(default_factory=list)


def read(sheet: Sheet, heading: Heading, known: dict[str, str], posts: bool = False) -> Reading:
    """All rows below the heading. `known`: the office's domains by squashed name; `posts`: a row without a name is its post."""
    return _Reader(sheet, heading, known, posts).read()


class _Reader:
    """Goes down the table once, remembering what the rows above said."""

    def __init__(self, sheet: Sheet, heading: Heading, known: dict[str, str], posts: bool):
        self.sheet, self.heading, self.known, self.posts = sheet, heading, known, posts
        self.places = {key: at for at, key in enumerate(heading.columns) if key}
        self.above: dict[str, str] = {}
        self.agency = self.upper = ""

    def read(self) -> Reading:
        reading, first = Reading(), self.heading.row + self.heading.rows
        titles = [self._cells(self.sheet.rows[at]) for at in range(self.heading.row, first)]
        for at in range(first, len(self.sheet.rows)):
            values = self._cells(self.sheet.rows[at])
            marked = [key for key, column in self.places.items() if (at, column) in self.sheet.uncalculated]
            if not any(values.values()) and not marked:
                reading.passed += [(at + 1, self._shown(self.sheet.rows[at]))] if re.search(r"[^\W\d]", "".join(self.sheet.rows[at])) else []
            elif values in titles or self._title(self.sheet.rows[at], values):
                reading.passed.append((at + 1, self._shown(self.sheet.rows[at])))
            else:
                self._add(reading, at + 1, values, marked)
        return reading

    def _cells(self, row: list[str]) -> dict[str, str]:
        return {key: row[at].strip() if at < len(row) else "" for key, at in self.places.items()}

    def _title(self, row: list[str], values: dict[str, str]) -> bool:
        alone = [each.strip() for each in row if each.strip()]
        telling = values.get("agency") or values.get("name") or values.get("family")
        return len(alone) == 1 and (bool(TITLE.match(alone[0])) or not telling and "agency" not in values)

    def _shown(self, row: list[str]) -> str:
        return " ".join(" ".join(row).split())[:80]

    def _add(self, reading: Reading, number: int, values: dict[str, str], marked: list[str]) -> None:
        row = Row(number)
        for key in marked:
            row.faults.append((key, _("The cell holds a formula that was saved without its value.")))
        self._repeat(row, values)
        self._read_agency(row, values)
        self._read_person(row, values)
        if not row.name and not row.faults and row.person is None:
            reading.passed.append((number, " ".join(each for each in values.values() if each)[:80]))
        else:
            reading.rows.append(row)

    def _repeat(self, row: Row, values: dict[str, str]) -> None:
        """〃 becomes what stands above; a group's heading holds until the next one."""
        for key, value in values.items():
            if value in cells.DITTO:
                values[key] = self.above.get(key, "")
                if not values[key]:
                    row.faults.append((key, _("There is nothing above that could be repeated.")))
            elif cells.FAULTY.match(value):
                row.faults.append((key, _("Excel could not calculate this cell: %(value)s", value=value[:10])))
                values[key] = ""
            elif not value and key in OF_GROUP and self.places[key] < self.places.get("agency", -1):
                values[key] = self.above.get(key, "")
        self.above.update({key: value for key, value in values.items() if value or key not in (*OF_GROUP, "agency")})

    @staticmethod
    def _take(row: Row, key: str, read, *more):
        """A cell as `read` understands it; what it cannot is a fault of the row, at its field."""
        def take(typed: str):
            try:
                return read(typed, *more)
            except Wrong as wrong:
                row.faults.append((key, str(wrong)))
                return None
        return take

    def _plain(self, row: Row, values: dict[str, str], key: str) -> str:
        return self._take(row, key, line, LIMITS[key])(values.get(key, "")) or ""

    # -- the agency ---------------------------------------------------------------------------------------------------

    def _read_agency(self, row: Row, values: dict[str, str]) -> None:
        name, upper = self._plain(row, values, "agency"), self._plain(row, values, "upper")
        if not name and upper and upper != self.upper:
            name = upper  # a department that stands for itself
        elif name and upper and not cells.same(upper, name) and not hints.squashed(name).startswith(hints.squashed(upper)):
            name = f"{upper} {name}"
        if len(name) > LIMITS["agency"]:
            row.faults.append(("agency", _("At most %(limit)s characters; there are %(count)s now.", limit=LIMITS["agency"], count=len(name))))
        named = bool(name) or any(key == "agency" for key, _why in row.faults)
        self.agency, self.upper = name if named else self.agency, upper
        someone = any(values.get(key) for key in ("name", "family", "given", "job"))
        if not self.agency and someone and not named:
            row.faults.append(("agency", _("No agency is named, in this row or above it.")))
        row.agency = {"name": self.agency if named or someone else ""}
        if row.agency["name"]:
            self._read_particulars(row, values)

    def _read_particulars(self, row: Row, values: dict[str, str]) -> None:
        for key, to in (("head", "head"), ("contract", "contract"), ("agency_remarks", "remarks")):
            row.agency[to] = self._plain(row, values, key)
        row.agency["phone"] = self._take(row, "agency_phone", cells.phone)(values.get("agency_phone", "")) or ""
        row.agency["fax"] = self._take(row, "fax", cells.phone)(values.get("fax", "")) or ""
        row.agency["postal"] = self._take(row, "postal", cells.postal)(values.get("postal", "")) or ""
        code, address = self._take(row, "address", cells.address)(values.get("address", "")) or ("", "")
        row.agency |= {"address": address, "postal": row.agency["postal"] or code}
        for key in ("prefectural", "coordinating"):
            row.agency[key] = self._take(row, key, cells.yes)(values.get(key, ""))
        row.agency["kind"] = self._take(row, "kind", cells.kind)(values.get("kind", "")) or ""
        self._read_domains(row, values)
        if "phone_fax" in values:
            both = self._take(row, "phone_fax", cells.phone_and_fax)(values["phone_fax"]) or ("", "")
            row.agency |= {"phone": row.agency["phone"] or both[0], "fax": row.agency["fax"] or both[1]}

    def _read_domains(self, row: Row, values: dict[str, str]) -> None:
        codes, strange = self._take(row, "domains", cells.domains, self.known)(values.get("domains", "")) or ([], [])
        row.agency["domains"] = codes
        if strange:
            row.notes.append(_("No domain of this office: %(words)s", words="、".join(strange)[:80]))
        group = values.get("category", "")
        row.agency |= {"likely": [each for each in hints.domains(group) if each in self.known.values()], "likely_kind": hints.kind(group) if group else ""}

    # -- the person ---------------------------------------------------------------------------------------------------

    def _read_person(self, row: Row, values: dict[str, str]) -> None:
        name, kana = self._name(row, values)
        job = self._plain(row, values, "job")
        if not name and self.posts and job:
            name = job
        failed = any(key in ("name", "family", "given") for key, _why in row.faults)
        if name or failed:
            row.person = {"name": name, "kana": kana, "job": job if name != job else ""}
            self._read_contact(row, values)
        elif job or values.get("name"):
            row.notes.append(_("Nobody is named here, so only the agency is taken in."))

    def _name(self, row: Row, values: dict[str, str]) -> tuple[str, str]:
        whole = values.get("name") or f"{values.get('family', '')} {values.get('given', '')}"
        name, reading = self._take(row, "name", cells.name)(whole) or ("", "")
        kana = values.get("kana") or f"{values.get('family_kana', '')} {values.get('given_kana', '')}"
        return name, self._plain(row, {"kana": kana}, "kana") or reading

    def _read_contact(self, row: Row, values: dict[str, str]) -> None:
        for key in ("section", "deputy", "remarks"):
            row.person[key] = self._plain(row, values, key)
        phone, fax, address = self._take(row, "phone", cells.reached)(values.get("phone", "")) or ("", "", "")
        mail = self._take(row, "email", cells.mail)(values.get("email", "")) or ""
        row.person |= {"phone": phone, "email": mail or address, "since": self._take(row, "since", cells.day)(values.get("since", ""))}
        row.agency["fax"] = row.agency.get("fax") or fax
        if re.fullmatch(r"[1-9]\d{8,9}", phone):
            row.notes.append(_("The telephone number may have lost its leading 0."))
