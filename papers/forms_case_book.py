"""Forms of the case book. No text of a case is put into them: what stands here was written for the book."""

from __future__ import annotations

import wtforms

from core.forms import Form, line, paragraph
from core.languages import later
from papers.case_book import WORDS


class ExampleForm(Form):
    title = line(later("Title (invented)"), limit=80)
    overview = paragraph(later("Overview of the example"), limit=2000, rows=4)
    troubles = paragraph(later("Main troubles"), limit=2000, rows=3)
    flow = paragraph(later("Course of the support, in words"), limit=2000, rows=4)
    decided = paragraph(later("What was decided, in kind"), limit=2000, rows=3)
    worked = paragraph(later("What worked"), limit=2000, rows=3)
    remains = paragraph(later("What remains"), limit=2000, rows=3)
    missing = paragraph(later("Resources that were missing"), limit=2000, rows=3)
    widened = wtforms.BooleanField(later("Tell the household more widely (no household type, wide age bands)"))

    @property
    def words(self) -> dict[str, str]:
        return {name: self[name].data for name in WORDS}


class ConfirmForm(Form):
    key = wtforms.HiddenField()
    reason = line(later("Why these words may stay"), limit=200)


class ReadyForm(Form):
    note = line(later("What you looked at"), limit=400, required=False)


class WithdrawForm(Form):
    reason = line(later("Why it is taken out"), limit=400)
