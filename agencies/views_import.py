"""Doors of the import: send a table, say what its columns hold, look at what it would do, take it in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from agencies import columns, rows, tables
from agencies.domains import Domain
from agencies.forms_import import ColumnsForm
from agencies.importing import Choices, Plan, State
from agencies.imports import RosterImport
from agencies.models import AgencyKind
from agencies.sheets import Unreadable
from core import audit, text
from core.access import office
from core.database import session
from core.forms import Form
from core.languages import _, ngettext

bp = Blueprint("imports", __name__)
SHOWN = 12  # latest imports


@bp.get("/agencies/import")
@office("coordinator", "admin")
def index():
    return _upload()


@bp.post("/agencies/import")
@office("coordinator", "admin")
def create():
    sent = request.files.get("file")
    try:
        sheets, chosen, heading = tables.headed(sent.read() if sent else b"", bool(sent and sent.filename), Domain.known(), columns.ROSTER)
    except Unreadable as fault:
        return _upload(fault), 422
    made = RosterImport.begin(current_user.id, text.revealed(sent.filename)[-200:], sheets)
    made.point_at(chosen, heading)
    return redirect(url_for("imports.show", import_id=made.id), 303)


@bp.get("/agencies/imports/<int:import_id>")
@office("coordinator", "admin", record="roster_import")
def show(import_id):
    found = _import(import_id)
    return _columns(found, ColumnsForm(found))


@bp.post("/agencies/imports/<int:import_id>")
@office("coordinator", "admin", record="roster_import")
def choose(import_id):
    found = _import(import_id)
    form = ColumnsForm(found, request.form)
    if not form.accepts():
        return _columns(found, form), form.status
    if form.elsewhere:  # another sheet, another heading: its columns are others
        found.point_at(form.sheet.data, columns.read_at(found.sheets[form.sheet.data].rows, form.row.data - 1, Domain.known()))
        return redirect(url_for("imports.show", import_id=found.id, _anchor="columns"), 303)
    form.keep()
    return redirect(url_for("imports.preview", import_id=found.id), 303)


@bp.get("/agencies/imports/<int:import_id>/preview")
@office("coordinator", "admin", record="roster_import")
def preview(import_id):
    found = _import(import_id)
    if "agency" not in found.heading.columns:
        return redirect(url_for("imports.show", import_id=found.id), 303)
    return _preview(found, plan_of(found))


@bp.post("/agencies/imports/<int:import_id>/preview")
@office("coordinator", "admin", record="roster_import")
def confirm(import_id):
    found = _import(import_id)
    plan, chosen = plan_of(found), set(request.form.getlist("take"))
    if request.form.get("read") != plan.fingerprint:
        return _preview(found, plan, chosen, _("The roster was changed in the meantime. Look at the rows once more.")), 409
    if not chosen <= {str(each.row.number) for each in plan.takeable}:
        return _preview(found, plan, chosen, _("Choose one of the choices shown.")), 422
    if not chosen:
        return _preview(found, plan, chosen, _("No row is chosen. Tick at least one, or give the import up.")), 422
    counts = plan.carry_out({int(each) for each in chosen})
    found.finish(counts)
    audit.note("imported", f"roster_import/{found.id}", ", ".join(f"{key}={count}" for key, count in counts.items()))
    flash(told(counts), "success")
    return redirect(url_for("imports.index"), 303)


@bp.post("/agencies/imports/<int:import_id>/removal")
@office("coordinator", "admin", record="roster_import")
def give_up(import_id):
    session.delete(_import(import_id))
    flash(_("The import was given up. Nothing was taken in, and the table is deleted."), "success")
    return redirect(url_for("imports.index"), 303)


def told(counts: dict) -> str:
    """What an import did, in a sentence."""
    parts = [ngettext("%(num)s new agency", "%(num)s new agencies", counts["agencies_new"]),
             ngettext("%(num)s new person", "%(num)s new people", counts["members_new"]),
             ngettext("%(num)s agency changed", "%(num)s agencies changed", counts["agencies_changed"]),
             ngettext("%(num)s person changed", "%(num)s people changed", counts["members_changed"])]
    done = [part for part, key in zip(parts, ("agencies_new", "members_new", "agencies_changed", "members_changed")) if counts[key]]
    return _("Taken in: %(parts)s.", parts="、".join(done) if done else _("nothing new"))


def _import(import_id: int) -> RosterImport:
    return current_user.find("roster_import", import_id)


def plan_of(found: RosterImport) -> Plan:
    """What this table would do, with the columns and choices as they stand."""
    reading = rows.read(found.sheet, found.heading, Domain.known(), bool(found.choices.get("posts")))
    return Plan(reading, Choices(found.choices.get("kind", "public"), found.choices.get("guess", True)))


def _upload(fault=None):
    return render_template("agencies/import.html", form=Form(), fault=fault, reports=RosterImport.reports(SHOWN), told=told)


def _columns(found, form):
    sheet = found.sheets[form.sheet.data] if isinstance(form.sheet.data, int) and form.sheet.data < len(found.sheets) else found.sheet
    return render_template("agencies/columns.html", record=found, form=form, table=sheet, heading=found.heading)


def _preview(found, plan, chosen=None, fault=""):
    audit.saw(f"roster_import/{found.id}")
    chosen = {str(each.row.number) for each in plan.takeable} if chosen is None else chosen
    return render_template("agencies/preview.html", record=found, plan=plan, form=Form(), chosen=chosen, fault=fault, State=State, FIELDS=columns.FIELDS,
                           kinds={each.value: each.label for each in AgencyKind})
