"""Doors to the office's examples of when to put a household forward (つなぎの目安)."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from core.access import office
from core.languages import _
from core.office import office as the_office
from referrals.criteria import Criterion
from referrals.forms import CriteriaForm

bp = Blueprint("criteria", __name__)


@bp.get("/referrals/criteria")
@office("coordinator", "admin")
def edit():
    rows = [dict(id=str(each.id), place=place, ja=each.ja, en=each.en, active=each.active)
            for place, each in enumerate(Criterion.listed(), 1)]
    form = CriteriaForm(data=dict(rows=rows, criterion_needed=the_office().criterion_needed, version=str(the_office().version)))
    return render_template("referrals/criteria.html", form=form)


@bp.post("/referrals/criteria")
@office("coordinator", "admin")
def update():
    here, form = the_office() or abort(404), CriteriaForm()
    if not form.accepts(here):
        return render_template("referrals/criteria.html", form=form), form.status
    Criterion.arrange(form.arranged)
    here.criterion_needed = form.criterion_needed.data
    flash(_("Saved."), "success")
    return redirect(url_for("criteria.edit"), 303)
