"""Doors to the office's own forms: sending one, trying it, putting it to use; and the minutes written on it."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import orm

from core import audit
from core.access import office, signed_in
from core.database import session
from core.forms import Form
from core.languages import _
from core.web import WORD, Refused, download
from exports import pdf
from exports.example import example
from meetings import minutes
from meetings.models import Meeting
from meetings.seen import Sight
from papers import own_reading, own_samples
from papers.forms_own import NameForm, OwnFormForm, VersionForm
from papers.own_checks import LARGEST
from papers.own_fields import CASES, COUNTED, HEAD, OF_A_CASE, values
from papers.own_filling import TooMuch, filled, missing
from papers.own_forms import FormPaper, OwnForm, OwnFormVersion
from stationery.house import layout

bp = Blueprint("own_forms", __name__)
READERS = ("admin", "clerk", "coordinator")
MEETINGS = 8  # real ones to try a form on


@bp.app_context_processor
def words():
    """What the minutes page asks: the forms that minutes may be written on."""
    return dict(own_forms_in_use=OwnForm.in_use)


@bp.get("/settings/forms")
@office(*READERS)
def index():
    return _list(OwnFormForm())


@bp.post("/settings/forms")
@office("admin")
def create():
    form = OwnFormForm()
    if not form.accepts():
        return _list(form), 422
    made = OwnForm.begin(form.name.data, FormPaper(form.paper.data), form.ready, form.note.data, by=current_user)
    return _taken(made, made.versions[-1])


@bp.get("/settings/forms/<int:form_id>")
@office(*READERS, record="own_form")
def show(form_id):
    return _page(_form(form_id), VersionForm())


@bp.post("/settings/forms/<int:form_id>/versions")
@office("admin", record="own_form")
def add(form_id):
    found, form = _form(form_id), VersionForm()
    if not form.accepts():
        return _page(found, form), 422
    return _taken(found, found.take(form.ready, form.note.data, by=current_user))


@bp.post("/settings/forms/<int:form_id>/versions/<int:number>/use")
@office("admin", record="own_form")
def use(form_id, number):
    version = _version(form_id, number)
    version.form.use(number)
    flash(_("Minutes can be written on version %(number)s now.", number=number), "success")
    return redirect(url_for("own_forms.show", form_id=form_id), 303)


@bp.post("/settings/forms/<int:form_id>/removal")
@office("admin", record="own_form")
def put_away(form_id):
    _form(form_id).put_away()
    flash(_("No minutes are written on this form any more. Its versions stay."), "success")
    return redirect(url_for("own_forms.show", form_id=form_id), 303)


@bp.post("/settings/forms/<int:form_id>/name")
@office("admin", record="own_form")
def rename(form_id):
    found, form = _form(form_id), NameForm()
    if not form.accepts(found):
        return _page(found, VersionForm(formdata=None), form), form.status
    found.rename(form.name.data)
    flash(_("Saved."), "success")
    return redirect(url_for("own_forms.show", form_id=form_id), 303)


@bp.post("/settings/forms/<int:form_id>/deletion")
@office("admin", record="own_form")
def remove(form_id):
    _form(form_id).remove()
    flash(_("The form was deleted."), "success")
    return redirect(url_for("own_forms.index"), 303)


@bp.post("/settings/forms/<int:form_id>/standard")
@office("admin", record="own_form")
def prefer(form_id):
    found = _form(form_id)
    if found.used is None or found.paper != FormPaper.MINUTES:
        raise Refused(_("Only a form for minutes that is in use can be the standard."))
    found.prefer()
    flash(_("This form is the office's standard for minutes now."), "success")
    return redirect(url_for("own_forms.show", form_id=form_id), 303)


@bp.get("/settings/forms/<int:form_id>/versions/<int:number>.docx")
@office(*READERS, record="own_form")
def version(form_id, number):
    found = _version(form_id, number)
    return download(found.content, WORD, f"{found.code}.docx")


@bp.get("/settings/forms/<int:form_id>/versions/<int:number>/preview")
@office(*READERS, record="own_form")
def preview(form_id, number):
    found = _version(form_id, number)
    paper = own_reading.read(_filled(found, example()))
    return render_template("papers/own_preview.html", form=found.form, version=found, lines=[(type(each).__name__, each) for each in paper], missing=missing(found.content, found.form.paper.value),
                           pdf=pdf.available(), meetings=_meetings(), title=minutes.title)


@bp.get("/settings/forms/<int:form_id>/versions/<int:number>/preview.docx")
@office(*READERS, record="own_form")
def preview_docx(form_id, number):
    found = _version(form_id, number)
    return download(_filled(found, example()), WORD, f"{found.code}_見本.docx")


@bp.get("/settings/forms/<int:form_id>/versions/<int:number>/preview.pdf")
@office(*READERS, record="own_form")
def preview_pdf(form_id, number):
    found = _version(form_id, number)
    try:
        return download(_drawn(_filled(found, example())), "application/pdf", f"{found.code}_見本.pdf")
    except pdf.NotAvailable:
        abort(404)
    except pdf.Failed as fault:
        raise Refused(_("No PDF could be made just now."), _("Try again in a minute, or take the Word file.")) from fault


@bp.get("/settings/forms/guide")
@office(*READERS)
def guide():
    return render_template("papers/own_guide.html", head=HEAD, of_a_case=OF_A_CASE, cases=CASES, counted=COUNTED, told=values(example()))


@bp.get("/settings/forms/samples/<name>.docx")
@office(*READERS)
def sample(name):
    called = {"minutes": "様式見本_会議録.docx", "sheet": "様式見本_会議録_表形式.docx"}.get(name) or abort(404)
    return download(own_samples.sample(name, layout()), WORD, called)


@bp.get("/meetings/<int:meeting_id>/minutes/own.docx")
@signed_in(record="minutes")
def fill(meeting_id):
    meeting = current_user.find("minutes", meeting_id)
    asked = _asked() if meeting.opened_at else None
    if asked is None:
        abort(404)
    paper = Sight(current_user, meeting).paper(minutes.current(meeting))
    content = _filled(asked, paper)
    audit.note("exported", f"meeting/{meeting.id}", f"docx {asked.code} {asked.hash[:12]} {paper.content_hash[:12]}")
    return download(content, WORD, _file_name(meeting, asked))


def _asked() -> OwnFormVersion | None:
    """The version that the address asks for: of the form named, else of the standard; an unused one for those who keep forms only."""
    form_id, number = request.args.get("form", type=int), request.args.get("number", type=int)
    found = next((each for each in OwnForm.in_use() if each.id == form_id or (form_id is None and each.standard)), None)
    if number is not None and form_id is not None and set(READERS) & current_user.role_names:
        return _version(form_id, number)
    return OwnFormVersion.of(found.id, found.used_number) if found else None


def _form(form_id: int) -> OwnForm:
    return current_user.find("own_form", form_id)


def _version(form_id: int, number: int) -> OwnFormVersion:
    return _form(form_id).numbered(number) or abort(404)


def _filled(of: OwnFormVersion, paper) -> bytes:
    try:
        return filled(of.content, paper)
    except TooMuch as fault:
        raise Refused(str(fault)) from fault


@lru_cache(maxsize=8)
def _drawn(paper: bytes) -> bytes:
    """The sample meeting as PDF; kept, for the same pages are looked at again and again."""
    return pdf.convert(paper)


def _file_name(meeting: Meeting, of: OwnFormVersion) -> str:
    whole = minutes.file_name(meeting, meeting.final).replace("_会議録_", f"_{of.form.paper.law_name}_")
    return f"{whole.removesuffix('.docx')}_{of.code}.docx"


def _meetings() -> list[Meeting]:
    query = current_user.all("minutes").where(Meeting.opened_at.is_not(None)).order_by(Meeting.starts_at.desc())
    return list(session.scalars(query.options(orm.selectinload(Meeting.sitting)).limit(MEETINGS)).unique())


def _taken(form: OwnForm, version: OwnFormVersion):
    flash(_("Version %(number)s was taken in. Look at it with the sample meeting, then put it to use.", number=version.number), "success")
    return redirect(url_for("own_forms.preview", form_id=form.id, number=version.number), 303)


def _list(form):
    return render_template("papers/own_index.html", forms=OwnForm.listed(), form=form, largest=LARGEST, typed="{{ 件名 }}")


def _page(found: OwnForm, form, naming=None):
    naming = naming or NameForm(formdata=None, data=dict(name=found.name, version=str(found.version)))
    return render_template("papers/own_show.html", record=found, form=form, naming=naming, button=Form(), largest=LARGEST, FormPaper=FormPaper)
