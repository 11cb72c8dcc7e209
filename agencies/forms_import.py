"""What the columns of a table hold, as found by their headings and corrected by the person."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from agencies import columns
from agencies.columns import ROSTER, Heading, Words
from agencies.imports import TableImport
from agencies.models import AgencyKind
from core.forms import Form, Select, Whole
from core.languages import Later, _, later


class TableForm(Form):
    """Which sheet, which row of headings and what each column holds; each list adds what is to be decided for all its rows."""

    of: Words  # the words of its columns
    needed: tuple[str, Later]  # the field without which nothing can be taken in, and what to say when it is missing
    more: dict[str, object] = {}  # its own fields, and what they are until somebody chooses
    sheet = Select(later("Sheet"), coerce=int)
    row = Whole(later("Row of the headings"), low=1, high=columns.LOOKED_AT * 10)

    def __init__(self, found: TableImport, sent=None):
        heading = found.heading
        super().__init__(data=dict(sheet=found.choices["sheet"], row=heading.row + 1) | {name: found.choices.get(name, usual) for name, usual in self.more.items()})
        self.found, self.texts = found, columns.texts(found.sheet.rows, heading)
        self.sheet.choices = [(at, each.name) for at, each in enumerate(found.sheets)]
        width = max(map(len, found.sheet.rows), default=0)
        self.columns = [sent.get(f"column-{at}", "") if sent is not None else each
                        for at, each in enumerate([*heading.columns, *[""] * width][:width])]
        self.offered = [(key, str(label)) for key, (label, _words) in self.of.fields.items()]
        self.column_fault = ""

    @property
    def elsewhere(self) -> bool:
        """Whether the person has turned to another sheet or another row of headings."""
        return (self.sheet.data, self.row.data) != (self.found.choices["sheet"], self.found.heading.row + 1)

    @property
    def samples(self) -> list[list[str]]:
        """The first values below each heading."""
        first = self.found.heading.row + self.found.heading.rows
        below = self.found.sheet.rows[first:first + 200]
        return [[each[at].strip()[:40] for each in below if at < len(each) and each[at].strip()][:3] for at in range(len(self.columns))]

    def accepts(self, record=None) -> bool:
        """Also whether the columns chosen make sense: each thing once, and what is needed among them."""
        sound = super().accepts(record)
        if sound and not self.elsewhere:
            self.column_fault = self._fault()
        return sound and not self.column_fault

    def validate_row(self, field):
        """The heading must be in the table."""
        sheet = self.sheet.data if isinstance(self.sheet.data, int) and 0 <= self.sheet.data < len(self.found.sheets) else 0
        rows = len(self.found.sheets[sheet].rows)
        if field.data is None or field.data > rows:
            raise ValidationError(_("Write a number from %(low)s to %(high)s.", low=1, high=rows))

    def keep(self) -> None:
        """Remember what was chosen, for the preview."""
        heading = self.found.heading
        settled = Heading(heading.row, heading.rows, self.columns)
        self.found.point_at(self.sheet.data, settled)
        self.found.choices = self.found.choices | {name: self[name].data for name in self.more}

    def _fault(self) -> str:
        chosen = [each for each in self.columns if each]
        twice = next((each for each in chosen if chosen.count(each) > 1), None)
        if any(each not in self.of.fields for each in chosen):
            return _("Choose one of the choices shown.")
        elif twice:
            return _("Two columns are both said to hold “%(field)s”. Keep one of them.", field=str(self.of.fields[twice][0]))
        elif self.needed[0] not in chosen:
            return str(self.needed[1])
        else:
            return ""


class ColumnsForm(TableForm):
    of, needed = ROSTER, ("agency", later("Say which column holds the name of the agency."))
    more = dict(kind="public", guess=True, posts=False)
    kind = Select(later("Kind of agencies whose name does not tell"))
    guess = wtforms.BooleanField(later("Where no domain is written, take it from the name of the agency"))
    posts = wtforms.BooleanField(later("Rows without a name: put the post on the roster instead (充て職)"))

    def __init__(self, found: TableImport, sent=None):
        super().__init__(found, sent)
        self.kind.choices = [(each.value, each.label) for each in AgencyKind]
