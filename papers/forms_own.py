"""Forms of the pages on which the office keeps its own forms."""

from __future__ import annotations

from flask import request

from core.forms import Form, Select, line
from core.languages import later
from papers.own_checks import LARGEST, Unfit
from papers.own_filling import Prepared, prepared
from papers.own_forms import FormPaper


class VersionForm(Form):
    """A file and what is new in it. `unfit`: why the file was not taken, a sentence for every place."""

    note = line(later("What is new in it"), limit=200, required=False)
    unfit: tuple[str, ...] = ()
    ready: Prepared | None = None

    def accepts(self, record=None) -> bool:
        """Also whether the file that came along may be kept."""
        sound = super().accepts(record)
        sent = request.files.get("file")
        try:
            self.ready = prepared(sent.read(LARGEST + 1) if sent else b"")
        except Unfit as fault:
            self.unfit = fault.faults
        return sound and self.ready is not None


class NameForm(Form):
    """What a form is called."""

    name = line(later("Name of the form"), limit=80)


class OwnFormForm(VersionForm):
    """A new form."""

    name = line(later("Name of the form"), limit=80)
    paper = Select(later("Paper"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper.choices = [(each.value, each.label) for each in FormPaper]
