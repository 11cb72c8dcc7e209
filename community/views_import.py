"""Doors of the import onto the map: send a table, say what its columns hold, look at what it would do, take it in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from agencies import columns, tables
from agencies.domains import Domain
from agencies.sheets import Unreadable
from community import rows
from community.columns import FIELDS, MAP
from community.forms import MapColumnsForm
from community.importing import Choices, Plan, State
from community.imports import ResourceImport
from core import audit, text
from core.access import office
from core.database import session
from core.forms import Form
from core.languages import _, ngettext

bp = Blueprint("map_imports", __name__)
SHOWN = 12  # latest imports


@bp.get("/resources/map/import")
@office("coordinator", "admin")
def index():
    return _upload()


@bp.post("/resources/map/import")
@office("coordinator", "admin")
def create():
    sent = request.files.get("file")
    try:
        sheets, chosen, heading = tables.headed(sent.read() if sent else b"", bool(sent and sent.filename), Domain.known(), MAP)
    except Unreadable as fault:
        return _upload(fault), 422
    made = ResourceImport.begin(current_user.id, text.revealed(sent.filename)[-200:], sheets)
    made.point_at(chosen, heading)
    return redirect(url_for("map_imports.show", map_import_id=made.id), 303)


@bp.get("/resources/map/imports/<int:map_import_id>")
@office("coordinator", "admin", record="resource_import")
def show(map_import_id):
    found = _import(map_import_id)
    return _columns(found, MapColumnsForm(found))


@bp.post("/resources/map/imports/<int:map_import_id>")
@office("coordinator", "admin", record="resource_import")
def choose(map_import_id):
    found = _import(map_import_id)
    form = MapColumnsForm(found, request.form)
    if not form.accepts():
        return _columns(found, form), form.status
    if form.elsewhere:  # another sheet, another heading: its columns are others
        found.point_at(form.sheet.data, columns.read_at(found.sheets[form.sheet.data].rows, form.row.data - 1, Domain.known(), MAP))
        return redirect(url_for("map_imports.show", map_import_id=found.id, _anchor="columns"), 303)
    form.keep()
    return redirect(url_for("map_imports.preview", map_import_id=found.id), 303)


@bp.get("/resources/map/imports/<int:map_import_id>/preview")
@office("coordinator", "admin", record="resource_import")
def preview(map_import_id):
    found = _import(map_import_id)
    if "name" not in found.heading.columns:
        return redirect(url_for("map_imports.show", map_import_id=found.id), 303)
    return _preview(found, plan_of(found))


@bp.post("/resources/map/imports/<int:map_import_id>/preview")
@office("coordinator", "admin", record="resource_import")
def confirm(map_import_id):
    found = _import(map_import_id)
    plan, chosen = plan_of(found), set(request.form.getlist("take"))
    if request.form.get("read") != plan.fingerprint:
        return _preview(found, plan, chosen, _("The map was changed in the meantime. Look at the rows once more.")), 409
    if not chosen <= {str(each.row.number) for each in plan.takeable}:
        return _preview(found, plan, chosen, _("Choose one of the choices shown.")), 422
    if not chosen:
        return _preview(found, plan, chosen, _("No row is chosen. Tick at least one, or give the import up.")), 422
    counts = plan.carry_out({int(each) for each in chosen}, current_user)
    found.finish(counts)
    audit.note("imported", f"resource_import/{found.id}", ", ".join(f"{key}={count}" for key, count in counts.items()))
    flash(told(counts), "success")
    return redirect(url_for("map_imports.index"), 303)


@bp.post("/resources/map/imports/<int:map_import_id>/removal")
@office("coordinator", "admin", record="resource_import")
def give_up(map_import_id):
    session.delete(_import(map_import_id))
    flash(_("The import was given up. Nothing was taken in, and the table is deleted."), "success")
    return redirect(url_for("map_imports.index"), 303)


def told(counts: dict) -> str:
    """What an import did, in a sentence."""
    parts = [ngettext("%(num)s new resource", "%(num)s new resources", counts["new"]), ngettext("%(num)s resource changed", "%(num)s resources changed", counts["changed"])]
    done = [part for part, key in zip(parts, ("new", "changed")) if counts[key]]
    return _("Taken in: %(parts)s.", parts="、".join(done) if done else _("nothing new"))


def plan_of(found: ResourceImport) -> Plan:
    """What this table would do, with the columns and choices as they stand."""
    chosen = {name: found.choices[name] for name in MapColumnsForm.more if name in found.choices}
    return Plan(rows.read(found.sheet, found.heading, Domain.known()), Choices(**chosen))


def _import(map_import_id: int) -> ResourceImport:
    return current_user.find("resource_import", map_import_id)


def _upload(fault=None):
    return render_template("community/import.html", form=Form(), fault=fault, reports=ResourceImport.reports(SHOWN), told=told)


def _columns(found, form):
    sheet = found.sheets[form.sheet.data] if isinstance(form.sheet.data, int) and 0 <= form.sheet.data < len(found.sheets) else found.sheet
    return render_template("community/columns.html", record=found, form=form, table=sheet, heading=found.heading)


def _preview(found, plan, chosen=None, fault=""):
    chosen = {str(each.row.number) for each in plan.takeable if not each.personal} if chosen is None else chosen
    return render_template("community/preview.html", record=found, plan=plan, form=Form(), chosen=chosen, fault=fault, State=State, FIELDS=FIELDS)
