"""Doors to the roster and its agencies."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
import sqlalchemy as sa
from sqlalchemy import orm

from accounts import leaving
from agencies import hints
from agencies.forms import BINDINGS, AgencyForm
from agencies.models import Agency, AgencyKind, Domain
from core import clock, search
from core.access import office
from core.database import session
from core.forms import Form
from core.languages import _
from core.pages import page_asked

bp = Blueprint("agencies", __name__)
PAGE = 30
SHOWN = 5  # people of an agency in the list; its own page has them all
WORDS = ("name", "prefectural", "coordinating", "contract", "head", "postal", "address", "phone", "fax", "remarks")


@bp.get("/agencies")
@office("coordinator", "admin")
def index():
    asked = {name: request.args.get(name, "").strip()[:search.LIMIT] for name in ("q", "domain", "kind", "gone")}
    found, page = Agency.found(asked["q"], asked["domain"], asked["kind"], bool(asked["gone"])), page_asked()
    whole = orm.selectinload(Agency.domains), orm.selectinload(Agency.members)
    agencies = session.scalars(found.options(*whole).limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return render_template("agencies/index.html", agencies=agencies[:PAGE], more=len(agencies) > PAGE, page=page, asked=asked,
                           count=session.scalar(sa.select(sa.func.count()).select_from(found.order_by(None).subquery())),
                           first=_first(asked["q"]), domains=Domain.listed(also=[asked["domain"]]), kinds=list(AgencyKind), shown=SHOWN)


@bp.get("/agencies/new")
@office("coordinator", "admin")
def new():
    return _edit(AgencyForm())


@bp.post("/agencies")
@office("coordinator", "admin")
def create():
    form = AgencyForm()
    if not form.accepts():
        return _edit(form), form.status
    agency = Agency()
    _fill(agency, form)
    session.add(agency)
    session.flush()
    return redirect(url_for("agencies.show", agency_id=agency.id), 303)


@bp.get("/agencies/<int:agency_id>")
@office("coordinator", "admin")
def show(agency_id):
    return render_template("agencies/show.html", agency=_agency(agency_id), form=Form())


@bp.get("/agencies/<int:agency_id>/edit")
@office("coordinator", "admin")
def edit(agency_id):
    agency = _agency(agency_id)
    plain = {name: getattr(agency, name) for name in WORDS}
    return _edit(AgencyForm(agency, data=plain | dict(kind=agency.kind.value, domains=[each.code for each in agency.domains], version=str(agency.version))), agency)


@bp.post("/agencies/<int:agency_id>")
@office("coordinator", "admin")
def update(agency_id):
    agency = _agency(agency_id)
    form = AgencyForm(agency)
    if not form.accepts(agency):
        return _edit(form, agency), form.status
    _fill(agency, form)
    flash(_("Saved."), "success")
    return redirect(url_for("agencies.show", agency_id=agency.id), 303)


@bp.post("/agencies/<int:agency_id>/leaving")
@office("coordinator", "admin")
def leave(agency_id):
    agency = _agency(agency_id)
    leaving.ask(*(member.user for member in agency.active_members if member.user))
    agency.leave(clock.today())
    flash(_("%(name)s is out of use, and its people are off the roster. What they did stays on record.", name=agency.name), "success")
    return redirect(url_for("agencies.show", agency_id=agency.id), 303)


@bp.post("/agencies/<int:agency_id>/return")
@office("coordinator", "admin")
def come_back(agency_id):
    agency = _agency(agency_id)
    agency.come_back()
    flash(_("%(name)s is in use again. Put its people back one by one.", name=agency.name), "success")
    return redirect(url_for("agencies.show", agency_id=agency.id), 303)


def _agency(agency_id: int) -> Agency:
    return session.get(Agency, agency_id) or abort(404)


def _edit(form: AgencyForm, agency: Agency | None = None) -> str:
    return render_template("agencies/edit.html", form=form, agency=agency, bindings=BINDINGS)


def _first(text: str):
    """For a list that was searched: an agency's people, those who were searched for in front."""
    asked = [hints.squashed(each) for each in text.split()]

    def order(members):
        return sorted(members, key=lambda each: not any(word in hints.squashed(each.name + each.kana + each.job) for word in asked))

    return order if asked else list


def _fill(agency: Agency, form: AgencyForm) -> None:
    agency.domains = list(session.scalars(sa.select(Domain).where(Domain.code.in_(form.domains.data or []))))
    agency.kind = AgencyKind(form.kind.data)
    for name in WORDS:
        setattr(agency, name, form[name].data)
