"""Doors to the office's agenda templates: look, change, copy, set aside, restore."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from core.access import office
from core.database import session
from core.languages import _
from meetings.forms_templates import TemplateForm
from meetings.templates import PARTS, AgendaTemplate

bp = Blueprint("templates", __name__)


@bp.get("/agenda-templates")
@office("coordinator")
def index():
    return render_template("meetings/templates.html", parts=[(part, AgendaTemplate.listed(part)) for part in PARTS])


@bp.get("/agenda-templates/<int:template_id>")
@office("coordinator")
def edit(template_id):
    template = _template(template_id)
    return _page(template, TemplateForm.showing(template))


@bp.post("/agenda-templates/<int:template_id>")
@office("coordinator")
def update(template_id):
    template, form = _template(template_id), TemplateForm()
    if not form.accepts(template):
        return _page(template, form), form.status
    template.write(form.words, form.arranged)
    flash(_("Saved. Meetings planned already keep their agenda."), "success")
    return redirect(url_for("templates.index"), 303)


@bp.post("/agenda-templates/<int:template_id>/copy")
@office("coordinator")
def copy(template_id):
    made = _template(template_id).copy()
    session.flush()
    flash(_("This is the copy. Give it a name of its own."), "success")
    return redirect(url_for("templates.edit", template_id=made.id), 303)


@bp.post("/agenda-templates/<int:template_id>/setting-aside")
@office("coordinator")
def set_aside(template_id):
    _template(template_id).set_aside()
    flash(_("It is offered no longer. What was planned by it stays as it is."), "success")
    return redirect(url_for("templates.index"), 303)


@bp.post("/agenda-templates/<int:template_id>/return")
@office("coordinator")
def bring_back(template_id):
    _template(template_id).bring_back()
    return redirect(url_for("templates.index"), 303)


@bp.post("/agenda-templates/<int:template_id>/restoration")
@office("coordinator")
def restore(template_id):
    template = _template(template_id)
    template.restore()
    flash(_("It is as it was shipped again."), "success")
    return redirect(url_for("templates.edit", template_id=template.id), 303)


def _page(template: AgendaTemplate, form: TemplateForm):
    return render_template("meetings/template.html", template=template, form=form)


def _template(template_id: int) -> AgendaTemplate:
    found = session.get(AgendaTemplate, template_id) if 0 < template_id < 2**31 else None
    return found or abort(404)
