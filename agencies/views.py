"""Doors to the roster."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
import sqlalchemy as sa

from agencies.forms import AgencyForm, MemberForm
from agencies.models import Agency, AgencyKind, Domain, Member
from core.access import office
from core.database import session
from core.languages import _

bp = Blueprint("agencies", __name__)


@bp.get("/agencies")
@office("coordinator", "admin")
def index():
    return render_template("agencies/index.html", agencies=Agency.listed())


@bp.get("/agencies/new")
@office("coordinator", "admin")
def new():
    return render_template("agencies/edit.html", form=AgencyForm(), agency=None)


@bp.post("/agencies")
@office("coordinator", "admin")
def create():
    form = AgencyForm()
    if not form.accepts():
        return render_template("agencies/edit.html", form=form, agency=None), form.status
    agency = Agency()
    _fill(agency, form)
    session.add(agency)
    session.flush()
    return redirect(url_for("agencies.show", agency_id=agency.id), 303)


@bp.get("/agencies/<int:agency_id>")
@office("coordinator", "admin")
def show(agency_id):
    agency = _agency(agency_id)
    form = AgencyForm(own_id=agency.id, data=dict(
        name=agency.name, kind=agency.kind.value, domains=[each.code for each in agency.domains],
        prefectural=agency.prefectural, coordinating=agency.coordinating, version=str(agency.version)))
    return render_template("agencies/edit.html", form=form, agency=agency)


@bp.post("/agencies/<int:agency_id>")
@office("coordinator", "admin")
def update(agency_id):
    agency = _agency(agency_id)
    form = AgencyForm(own_id=agency.id)
    if not form.accepts(agency):
        return render_template("agencies/edit.html", form=form, agency=agency), form.status
    _fill(agency, form)
    flash(_("Saved."), "success")
    return redirect(url_for("agencies.index"), 303)


@bp.get("/agencies/<int:agency_id>/members/new")
@office("coordinator", "admin")
def new_member(agency_id):
    return render_template("agencies/member.html", form=MemberForm(), agency=_agency(agency_id), member=None)


@bp.post("/agencies/<int:agency_id>/members")
@office("coordinator", "admin")
def create_member(agency_id):
    agency, form = _agency(agency_id), MemberForm()
    if not form.accepts():
        return render_template("agencies/member.html", form=form, agency=agency, member=None), form.status
    member = Member(agency=agency)
    _fill_member(member, form)
    session.add(member)
    flash(_("%(name)s is on the roster.", name=member.name), "success")
    return redirect(url_for("agencies.show", agency_id=agency.id), 303)


@bp.get("/members/<int:member_id>")
@office("coordinator", "admin")
def edit_member(member_id):
    member = _member(member_id)
    form = MemberForm(own_user=member.user_id, data=dict(
        name=member.name, kana=member.kana, job=member.job, email=member.email, phone=member.phone,
        user_id=member.user_id or 0, left=not member.active, version=str(member.version)))
    return render_template("agencies/member.html", form=form, agency=member.agency, member=member)


@bp.post("/members/<int:member_id>")
@office("coordinator", "admin")
def update_member(member_id):
    member = _member(member_id)
    form = MemberForm(own_user=member.user_id)
    if not form.accepts(member):
        return render_template("agencies/member.html", form=form, agency=member.agency, member=member), form.status
    _fill_member(member, form)
    flash(_("Saved."), "success")
    return redirect(url_for("agencies.show", agency_id=member.agency_id), 303)


def _agency(agency_id: int) -> Agency:
    return session.get(Agency, agency_id) or abort(404)


def _member(member_id: int) -> Member:
    return session.get(Member, member_id) or abort(404)


def _fill(agency: Agency, form: AgencyForm) -> None:
    agency.name, agency.kind = form.name.data, AgencyKind(form.kind.data)
    agency.domains = list(session.scalars(sa.select(Domain).where(Domain.code.in_(form.domains.data or []))))
    agency.prefectural, agency.coordinating = form.prefectural.data, form.coordinating.data


def _fill_member(member: Member, form: MemberForm) -> None:
    for name in ("name", "kana", "job", "email", "phone"):
        setattr(member, name, form[name].data)
    member.user_id, member.active = form.user_id.data or None, not form.left.data
