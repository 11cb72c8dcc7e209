"""Doors to the classes of retention: which the office has, and which of them a kind of meeting gets."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core.access import office
from core.database import session, utcnow
from core.forms import Form
from core.languages import _
from meetings.kinds import Kind
from retention import classes
from retention.forms import KindsForm, NewClassForm
from retention.models import RetentionChoice

bp = Blueprint("classes", __name__)


@bp.get("/settings/retention")
@office("clerk", "admin")
def index():
    return _page()


@bp.post("/settings/retention")
@office("clerk", "admin")
def create():
    form = NewClassForm()
    if not form.accepts():
        return _page(new=form), form.status
    if not classes.offer(form.name.data, None if form.ever.data else form.years.data):
        form.name.errors = [_("There is a class of this name already.")]
        return _page(new=form), 422
    flash(_("Saved."), "success")
    return redirect(url_for("classes.index"), 303)


@bp.post("/settings/retention/removal")
@office("clerk", "admin")
def drop():
    gone = classes.drop(request.form.get("name", ""), utcnow())
    flash(_("It is no longer offered. Records that have it keep it.") if gone else _("This class is in use as a standard, or is not offered any more."),
          "success" if gone else "warning")
    return redirect(url_for("classes.index"), 303)


@bp.post("/settings/retention/kinds")
@office("clerk", "admin")
def choose():
    """Other classes for kinds of meetings; what stood before stays in the history."""
    now = _now()
    form = KindsForm(now=now)
    if not form.accepts(_read(), SimpleNamespace(**{kind.value: name for kind, name in now.items()})):
        return _page(kinds=form), form.status
    offered = {each.name: each for each in classes.offered()}
    for kind, name in now.items():
        chosen = offered.get(form[kind.value].data)
        if chosen and chosen.name != name:
            session.add(RetentionChoice(kind=kind, name=chosen.name, years=chosen.years, reason=form.reason.data, by_id=current_user.id))
    flash(_("Saved."), "success")
    return redirect(url_for("classes.index"), 303)


def _now() -> dict[Kind, str]:
    """The class of each kind of meeting as it stands."""
    chosen, usual = classes.of_kinds(), classes.usual().name
    return {kind: chosen[kind].name if kind in chosen else usual for kind in Kind}


def _read() -> SimpleNamespace:
    """What a page of the kinds was read at: the newest choice, as a version, so that a second editor overwrites nothing unseen."""
    return SimpleNamespace(version=max((each.id for each in classes.of_kinds().values()), default=0))


def _page(new=None, kinds=None):
    return render_template("retention/classes.html", offered=classes.offered(), needed=classes.needed(), usual=classes.usual(), chosen=classes.of_kinds(),
                           Kind=Kind, new=new or NewClassForm(formdata=None), form=kinds or KindsForm(formdata=None, now=_now(), version=str(_read().version)), button=Form(formdata=None))
