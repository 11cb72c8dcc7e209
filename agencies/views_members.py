"""Doors to the people of an agency."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from accounts import leaving
from agencies.forms import MemberForm
from agencies.models import Agency, Member
from core.access import office
from core.database import session
from core.languages import _

bp = Blueprint("members", __name__)
FIELDS = ("name", "kana", "section", "job", "email", "phone", "deputy", "remarks", "since", "left_on")


@bp.get("/agencies/<int:agency_id>/members/new")
@office("coordinator", "admin")
def new(agency_id):
    agency = _agency(agency_id)
    return render_template("agencies/member.html", form=MemberForm(agency), agency=agency, member=None)


@bp.post("/agencies/<int:agency_id>/members")
@office("coordinator", "admin")
def create(agency_id):
    agency = _agency(agency_id)
    form = MemberForm(agency)
    if not form.accepts():
        return render_template("agencies/member.html", form=form, agency=agency, member=None), form.status
    member = Member(agency=agency)
    _fill(member, form)
    session.add(member)
    flash(_("%(name)s is on the roster.", name=member.name), "success")
    return redirect(url_for("agencies.show", agency_id=agency.id), 303)


@bp.get("/members/<int:member_id>")
@office("coordinator", "admin")
def edit(member_id):
    member = _member(member_id)
    plain = {name: getattr(member, name) for name in FIELDS}
    form = MemberForm(member.agency, own_user=member.user_id, data=plain | dict(user_id=member.user_id or 0, version=str(member.version)))
    return render_template("agencies/member.html", form=form, agency=member.agency, member=member)


@bp.post("/members/<int:member_id>")
@office("coordinator", "admin")
def update(member_id):
    member = _member(member_id)
    form = MemberForm(member.agency, own_user=member.user_id)
    if not form.accepts(member):
        return render_template("agencies/member.html", form=form, agency=member.agency, member=member), form.status
    if member.user and form.left_on.data and member.left_on is None:
        leaving.ask(member.user)
    _fill(member, form)
    flash(_("Saved."), "success")
    return redirect(url_for("agencies.show", agency_id=member.agency_id), 303)


def _agency(agency_id: int) -> Agency:
    return session.get(Agency, agency_id) or abort(404)


def _member(member_id: int) -> Member:
    return session.get(Member, member_id) or abort(404)


def _fill(member: Member, form: MemberForm) -> None:
    for name in FIELDS:
        setattr(member, name, form[name].data)
    member.user_id = form.user_id.data or None
    member.kept = member.kept or member.left_on is None  # whose day is taken away is on the roster again
