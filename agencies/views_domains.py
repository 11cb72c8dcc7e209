"""Doors to the domains: reword, put in order, add, put out of use."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
import sqlalchemy as sa
import wtforms
from wtforms import ValidationError

from agencies.models import Domain, agency_domain
from core import clock
from core.access import office
from core.database import session
from core.forms import Form, line
from core.languages import _, later

bp = Blueprint("domains", __name__)
STEPS = {"up": -1, "down": 1}


class DomainForm(Form):
    ja = line(later("Name in Japanese"), limit=40)
    en = line(later("Name in English"), limit=60, required=False)
    out = wtforms.BooleanField(later("Out of use"))

    def __init__(self, *args, own_code="", **kwargs):
        super().__init__(*args, **kwargs)
        self.own_code = own_code

    def validate_ja(self, field):
        """Tables separate domains by commas, and know them by their names."""
        if any(sign in field.data for sign in "、,，"):
            raise ValidationError(_("Leave out commas: in tables they stand between two domains."))
        if session.scalar(sa.select(Domain.code).where(Domain.ja == field.data, Domain.code != self.own_code)):
            raise ValidationError(_("There is a domain of this name."))


@bp.get("/domains")
@office("coordinator", "admin")
def index():
    counts = dict(session.execute(sa.select(agency_domain.c.domain_code, sa.func.count()).group_by(agency_domain.c.domain_code)).all())
    return render_template("agencies/domains.html", domains=Domain.listed(everything=True), counts=counts, form=DomainForm())


@bp.get("/domains/new")
@office("coordinator", "admin")
def new():
    return render_template("agencies/domain.html", form=DomainForm(), domain=None)


@bp.post("/domains")
@office("coordinator", "admin")
def create():
    form = DomainForm()
    if not form.accepts():
        return render_template("agencies/domain.html", form=form, domain=None), form.status
    Domain.add(form.ja.data, form.en.data)
    flash(_("The domain is added at the end of the list."), "success")
    return redirect(url_for("domains.index"), 303)


@bp.get("/domains/<code>")
@office("coordinator", "admin")
def edit(code):
    domain = _domain(code)
    form = DomainForm(own_code=code, data=dict(ja=domain.ja, en=domain.en, out=not domain.active, version=str(domain.version)))
    return render_template("agencies/domain.html", form=form, domain=domain)


@bp.post("/domains/<code>")
@office("coordinator", "admin")
def update(code):
    domain, form = _domain(code), DomainForm(own_code=code)
    if not form.accepts(domain):
        return render_template("agencies/domain.html", form=form, domain=domain), form.status
    domain.ja, domain.en = form.ja.data, form.en.data
    if form.out.data == domain.active:
        domain.left_on = clock.today() if form.out.data else None
    flash(_("Saved."), "success")
    return redirect(url_for("domains.index"), 303)


@bp.post("/domains/<code>/place")
@office("coordinator", "admin")
def move(code):
    _domain(code).move(STEPS.get(request.form.get("step"), 0))
    return redirect(url_for("domains.index", _anchor=f"domain-{code}"), 303)


def _domain(code: str) -> Domain:
    found = session.get(Domain, code) if len(code) <= 8 and "\x00" not in code else None
    return found or abort(404)
