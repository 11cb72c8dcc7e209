"""Forms of the records room."""

from __future__ import annotations

import wtforms

from core.forms import Form, Select, line
from core.languages import later
from core.pages import fiscal_year_words
from records.lists import KINDS, years


class FilingForm(Form):
    """Where versions are filed."""

    binder = line(later("File (簿冊)"), limit=80, required=False)
    number = line(later("Document number (文書番号)"), limit=60, required=False)


class YearForm(Form):
    """Which year is taken out, and how much of it."""

    year = Select(later("Fiscal year"))
    of = Select(later("Kind of meeting"))
    all_versions = wtforms.BooleanField(later("Also versions that were superseded"))
    key = wtforms.HiddenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.of.choices = KINDS
        self.year.choices = [(str(each), fiscal_year_words(each)) for each in years()]
