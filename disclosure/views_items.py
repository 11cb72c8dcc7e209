"""Doors to what is proposed for one record: for the team of its case."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_login import current_user

from core import audit
from core.access import office
from disclosure import sources
from disclosure.forms import JudgeForm
from disclosure.models import Item
from disclosure.terms import Terms
from disclosure.words import Verdict

bp = Blueprint("disclosure_items", __name__)


@bp.get("/disclosure-items/<int:disclosure_item_id>")
@office("clerk", "coordinator", record="disclosure_item", act="judge")
def edit(disclosure_item_id):
    item = current_user.find("disclosure_item", disclosure_item_id, to="judge")
    audit.saw(f"disclosure_item/{item.id}")
    return _page(item, _form(item, data=dict(verdict=item.verdict.value, ground=item.ground, note=item.note)))


@bp.post("/disclosure-items/<int:disclosure_item_id>")
@office("clerk", "coordinator", record="disclosure_item", act="judge")
def update(disclosure_item_id):
    item = current_user.find("disclosure_item", disclosure_item_id, to="judge")
    form = _form(item)
    if not form.accepts():
        return _page(item, form), form.status
    item.judge(current_user, Verdict(form.verdict.data), form.ground.data, form.note.data)
    return redirect(url_for("disclosure.show", disclosure_id=item.request_id) + "#records", 303)


def _form(item: Item, **more) -> JudgeForm:
    return JudgeForm(grounds=Terms.now().grounds(item.request.capacity.own), kept=item.ground, **more)


def _page(item: Item, form: JudgeForm):
    return render_template("disclosure/item.html", item=item, request_=item.request, form=form, label=sources.LABELS.get(item.kind, item.kind),
                           withholds="withholding.show" in current_app.view_functions and item.kind == "minutes" and item.meeting_id)
