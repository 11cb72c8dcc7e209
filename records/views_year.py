"""Doors through which a whole year leaves: the page that asks which, the zip itself, and how far it is."""

from __future__ import annotations

from urllib.parse import quote
import uuid

from flask import Blueprint, Response, jsonify, render_template, request
from flask_login import current_user

from core.access import office
from core.forms import plain_key
from core.pages import fiscal_year_words
from records import year
from records.forms import YearForm
from records.models import YearExport
from records.sending import Sending
from stationery.house import layout

bp = Blueprint("years", __name__)


@bp.get("/records/year")
@office("clerk")
def new():
    return _page(YearForm(data=dict(year=request.args.get("year", ""), key=uuid.uuid4().hex)))


@bp.post("/records/year")
@office("clerk")
def create():
    """The zip itself: it is written while it is sent. A second press of the button only sends it again."""
    form = YearForm()
    if not form.accepts():
        return _page(form), form.status
    what = year.asked(current_user, int(form.year.data), form.of.data, form.all_versions.data, layout(), current_user.name)
    sending = Sending(what, current_user, plain_key(form.key.data), request.remote_addr or "")
    return Response(sending.pieces(), mimetype="application/zip", headers={
        "Content-Disposition": f"attachment; filename=records.zip; filename*=UTF-8''{quote(year.zip_name(what))}", "X-Accel-Buffering": "no"})


@bp.get("/records/year/progress")
@office("clerk")
def progress():
    """How far the export is that this page asked for (`?key=`)."""
    run = YearExport.asked(plain_key(request.args.get("key")), current_user)
    return jsonify(dict(done=run.done, total=run.total, size=run.size, ended=run.ended_at is not None, whole=bool(run.manifest)) if run else {})


def _page(form: YearForm):
    form.key.data = plain_key(form.key.data) or uuid.uuid4().hex
    return render_template("records/year.html", form=form, exports=YearExport.newest(), year_name=fiscal_year_words)
