"""Doors of the import onto the map; what they do is told in agencies/flow.py."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from agencies.domains import Domain
from agencies.flow import ImportFlow
from community import rows
from community.columns import MAP
from community.forms import MapColumnsForm
from community.importing import Choices, Plan, State
from community.imports import ResourceImport
from core.access import office
from core.languages import _, later, ngettext

bp = Blueprint("map_imports", __name__)


class MapFlow(ImportFlow):
    doors, number, pages = "map_imports", "map_import_id", "community"
    kept, of, form, state = ResourceImport, MAP, MapColumnsForm, State
    overtaken = later("The map was changed in the meantime. Look at the rows once more.")

    def plan(self, found: ResourceImport) -> Plan:
        chosen = {name: found.choices[name] for name in MapColumnsForm.more if name in found.choices}
        return Plan(rows.read(found.sheet, found.heading, Domain.known()), Choices(**chosen))

    def carry_out(self, plan: Plan, numbers: set[int]) -> dict:
        return plan.carry_out(numbers, current_user)

    def told(self, counts: dict) -> str:
        parts = [ngettext("%(num)s new resource", "%(num)s new resources", counts["new"]), ngettext("%(num)s resource changed", "%(num)s resources changed", counts["changed"])]
        done = [part for part, key in zip(parts, ("new", "changed")) if counts[key]]
        return _("Taken in: %(parts)s.", parts="、".join(done) if done else _("nothing new"))

    def ticked(self, plan: Plan) -> list:
        return [each for each in plan.takeable if not each.personal]  # somebody has to look at these first


flow = MapFlow()


@bp.get("/resources/map/import")
@office("coordinator", "admin")
def index():
    return flow.sending()


@bp.post("/resources/map/import")
@office("coordinator", "admin")
def create():
    return flow.read()


@bp.get("/resources/map/imports/<int:map_import_id>")
@office("coordinator", "admin", record="resource_import")
def show(map_import_id):
    return flow.columns(map_import_id)


@bp.post("/resources/map/imports/<int:map_import_id>")
@office("coordinator", "admin", record="resource_import")
def choose(map_import_id):
    return flow.choose(map_import_id)


@bp.get("/resources/map/imports/<int:map_import_id>/preview")
@office("coordinator", "admin", record="resource_import")
def preview(map_import_id):
    return flow.preview(map_import_id)


@bp.post("/resources/map/imports/<int:map_import_id>/preview")
@office("coordinator", "admin", record="resource_import")
def confirm(map_import_id):
    return flow.confirm(map_import_id)


@bp.post("/resources/map/imports/<int:map_import_id>/removal")
@office("coordinator", "admin", record="resource_import")
def give_up(map_import_id):
    return flow.give_up(map_import_id)
