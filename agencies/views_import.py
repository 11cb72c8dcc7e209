"""Doors of the import into the roster; what they do is told in flow.py."""

from __future__ import annotations

from flask import Blueprint

from agencies import rows
from agencies.columns import ROSTER
from agencies.domains import Domain
from agencies.flow import ImportFlow
from agencies.forms_import import ColumnsForm
from agencies.importing import Choices, Plan, State
from agencies.imports import RosterImport
from agencies.models import AgencyKind
from core import audit
from core.access import office
from core.languages import _, later, ngettext

bp = Blueprint("imports", __name__)


class RosterFlow(ImportFlow):
    doors, number, pages = "imports", "import_id", "agencies"
    kept, of, form, state = RosterImport, ROSTER, ColumnsForm, State
    overtaken = later("The roster was changed in the meantime. Look at the rows once more.")

    def plan(self, found: RosterImport) -> Plan:
        reading = rows.read(found.sheet, found.heading, Domain.known(), bool(found.choices.get("posts")))
        return Plan(reading, Choices(found.choices.get("kind", "public"), found.choices.get("guess", True)))

    def carry_out(self, plan: Plan, numbers: set[int]) -> dict:
        return plan.carry_out(numbers)

    def told(self, counts: dict) -> str:
        parts = [ngettext("%(num)s new agency", "%(num)s new agencies", counts["agencies_new"]),
                 ngettext("%(num)s new person", "%(num)s new people", counts["members_new"]),
                 ngettext("%(num)s agency changed", "%(num)s agencies changed", counts["agencies_changed"]),
                 ngettext("%(num)s person changed", "%(num)s people changed", counts["members_changed"])]
        done = [part for part, key in zip(parts, ("agencies_new", "members_new", "agencies_changed", "members_changed")) if counts[key]]
        return _("Taken in: %(parts)s.", parts="、".join(done) if done else _("nothing new"))

    def shown(self, found: RosterImport, plan: Plan) -> dict:
        audit.saw(f"roster_import/{found.id}")  # people stand in it
        return dict(kinds={each.value: each.label for each in AgencyKind})


flow = RosterFlow()


@bp.get("/agencies/import")
@office("coordinator", "admin")
def index():
    return flow.sending()


@bp.post("/agencies/import")
@office("coordinator", "admin")
def create():
    return flow.read()


@bp.get("/agencies/imports/<int:import_id>")
@office("coordinator", "admin", record="roster_import")
def show(import_id):
    return flow.columns(import_id)


@bp.post("/agencies/imports/<int:import_id>")
@office("coordinator", "admin", record="roster_import")
def choose(import_id):
    return flow.choose(import_id)


@bp.get("/agencies/imports/<int:import_id>/preview")
@office("coordinator", "admin", record="roster_import")
def preview(import_id):
    return flow.preview(import_id)


@bp.post("/agencies/imports/<int:import_id>/preview")
@office("coordinator", "admin", record="roster_import")
def confirm(import_id):
    return flow.confirm(import_id)


@bp.post("/agencies/imports/<int:import_id>/removal")
@office("coordinator", "admin", record="roster_import")
def give_up(import_id):
    return flow.give_up(import_id)
