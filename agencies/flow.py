"""How a table comes in, whichever list of the office it is for: it is sent, its columns are named, its rows are looked at, and
those that were ticked are taken in. Roster and map each have their doors (views_import.py) and say here what is their own.
"""

from __future__ import annotations

import enum

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from agencies import columns, tables
from agencies.columns import Words
from agencies.domains import Domain
from agencies.forms_import import TableForm
from agencies.imports import TableImport
from agencies.sheets import Unreadable
from core import audit, text
from core.database import session
from core.forms import Form
from core.languages import Later, _

SHOWN = 12  # latest imports


class ImportFlow:
    """What the doors of an import answer; each list of the office fills in what is its own."""

    doors: str  # the blueprint of its doors
    number: str  # what they call the number of an import
    pages: str  # the folder of its pages
    kept: type[TableImport]
    of: Words
    form: type[TableForm]
    state: type[enum.Enum]  # what a row can do
    overtaken: Later  # said when the list was changed since the rows were shown

    def plan(self, found: TableImport):
        """What this table would do, with the columns and choices as they stand: lines, counts and a fingerprint of them."""
        raise NotImplementedError

    def carry_out(self, plan, numbers: set[int]) -> dict:
        """Take in the rows with these numbers, all or none; gives the counts."""
        raise NotImplementedError

    def told(self, counts: dict) -> str:
        """What an import did, in a sentence."""
        raise NotImplementedError

    def ticked(self, plan) -> list:
        """The lines that are ticked before anybody has chosen."""
        return plan.takeable

    def shown(self, found: TableImport, plan) -> dict:
        """More words for the page of the rows."""
        return {}

    # -- what the doors answer ----------------------------------------------------------------------------------------

    def sending(self, fault: Unreadable | None = None):
        return render_template(f"{self.pages}/import.html", form=Form(), fault=fault, reports=self.kept.reports(SHOWN), told=self.told)

    def read(self):
        sent = request.files.get("file")
        try:
            sheets, chosen, heading = tables.headed(sent.read() if sent else b"", bool(sent and sent.filename), Domain.known(), self.of)
        except Unreadable as fault:
            return self.sending(fault), 422
        made = self.kept.begin(current_user.id, text.revealed(sent.filename)[-200:], sheets)
        made.point_at(chosen, heading)
        return self._to("show", made)

    def columns(self, number: int):
        found = self._found(number)
        return self._columns(found, self.form(found))

    def choose(self, number: int):
        found = self._found(number)
        form = self.form(found, request.form)
        if not form.accepts():
            return self._columns(found, form), form.status
        if form.elsewhere:  # another sheet, another heading: its columns are others
            found.point_at(form.sheet.data, columns.read_at(found.sheets[form.sheet.data].rows, form.row.data - 1, Domain.known(), self.of))
            return self._to("show", found, _anchor="columns")
        form.keep()
        return self._to("preview", found)

    def preview(self, number: int):
        found = self._found(number)
        return self._rows(found, self.plan(found)) if self.form.needed[0] in found.heading.columns else self._to("show", found)

    def confirm(self, number: int):
        found = self._found(number)
        plan, chosen = self.plan(found), set(request.form.getlist("take"))
        if request.form.get("read") != plan.fingerprint:
            return self._rows(found, plan, chosen, str(self.overtaken)), 409
        if not chosen <= {str(each.row.number) for each in plan.takeable}:
            return self._rows(found, plan, chosen, _("Choose one of the choices shown.")), 422
        if not chosen:
            return self._rows(found, plan, chosen, _("No row is chosen. Tick at least one, or give the import up.")), 422
        counts = self.carry_out(plan, {int(each) for each in chosen})
        found.finish(counts)
        audit.note("imported", f"{self.kept.__tablename__}/{found.id}", ", ".join(f"{key}={count}" for key, count in counts.items()))
        flash(self.told(counts), "success")
        return redirect(url_for(f"{self.doors}.index"), 303)

    def give_up(self, number: int):
        session.delete(self._found(number))
        flash(_("The import was given up. Nothing was taken in, and the table is deleted."), "success")
        return redirect(url_for(f"{self.doors}.index"), 303)

    def _found(self, number: int) -> TableImport:
        return current_user.find(self.kept.__tablename__, number)

    def _address(self, door: str, found: TableImport, **more) -> str:
        return url_for(f"{self.doors}.{door}", **{self.number: found.id}, **more)

    def _to(self, door: str, found: TableImport, **more):
        return redirect(self._address(door, found, **more), 303)

    def _columns(self, found: TableImport, form: TableForm):
        return render_template(f"{self.pages}/columns.html", record=found, form=form, door=lambda name: self._address(name, found))

    def _rows(self, found: TableImport, plan, chosen: set[str] | None = None, fault: str = ""):
        chosen = {str(each.row.number) for each in self.ticked(plan)} if chosen is None else chosen
        return render_template(f"{self.pages}/preview.html", record=found, plan=plan, form=Form(), chosen=chosen, fault=fault, State=self.state, FIELDS=self.of.fields,
                               door=lambda name: self._address(name, found), **self.shown(found, plan))
