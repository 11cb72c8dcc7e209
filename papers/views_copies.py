"""Doors to the copies of a meeting's minutes: making one, noting to whom it went, finding one by its check number."""

from __future__ import annotations

import re

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa

from agencies.models import Agency, AgencyKind
from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.web import WORD, download
from exports import blocks
from meetings import seen
from meetings.record import MinutesVersion
from meetings.seen import Sight
from papers import making, withholding
from papers.copies import How, PaperCopy
from papers.forms_copies import DeliveryForm, DistributionForm, OfficeCopyForm, ReturnForm, WorkingCopyForm
from papers.variants import Variant, usual
from stationery.house import layout

bp = Blueprint("copies", __name__)


@bp.app_context_processor
def words():
    """What the minutes' page shows of its copies."""
    return dict(keeps_papers=lambda meeting: current_user.may("see", "paper", meeting.id), copies_of=_copies, copy_name=_name)


@bp.get("/meetings/<int:meeting_id>/copies")
@office("coordinator", "clerk", record="paper")
def index(meeting_id):
    return _list(current_user.find("paper", meeting_id))


@bp.get("/meetings/<int:meeting_id>/copies/<int:agency_id>")
@office("coordinator", "clerk", record="paper")
def new(meeting_id, agency_id):
    meeting, agency = _to(meeting_id, agency_id)
    informal = agency.kind == AgencyKind.INFORMAL
    if request.args.get("shown"):
        form = DistributionForm(meeting, formdata=request.args)
    else:
        form = DistributionForm(meeting, formdata=None, data=dict(sections=list(usual(informal)), lean=informal))
    return _preview(meeting, agency, form)


@bp.post("/meetings/<int:meeting_id>/copies/<int:agency_id>")
@office("coordinator", "clerk", record="paper")
def create(meeting_id, agency_id):
    meeting, agency = _to(meeting_id, agency_id)
    form = DistributionForm(meeting)
    if not form.accepts():
        return _preview(meeting, agency, form), form.status
    number, sections = PaperCopy.take_number(meeting), tuple(form.sections.data)
    paper, file = making.distribution(meeting, current_user, agency, sections, form.lean.data, number)
    return _kept(meeting, number, Variant.DISTRIBUTION, agency.name, paper, file, agency.id, sections)


@bp.post("/meetings/<int:meeting_id>/copies/record")
@office("coordinator", "clerk", record="paper")
def create_record(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    form = _office_form(meeting)
    if not form.accepts():
        return _list(meeting, dict(record=form)), form.status
    number, recipient = PaperCopy.take_number(meeting), form.recipient.data
    paper, file = making.record(meeting, current_user, recipient, number)
    return _kept(meeting, number, Variant.RECORD, recipient, paper, file)


@bp.post("/meetings/<int:meeting_id>/copies/disclosure")
@office("coordinator", "clerk", record="paper")
def create_disclosure(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    form = _office_form(meeting, WorkingCopyForm)
    if not form.accepts():
        return _list(meeting, dict(disclosure=form)), form.status
    number, recipient = PaperCopy.take_number(meeting), form.recipient.data
    paper, file = making.disclosure(meeting, current_user, {_number(each) for each in form.cases.data}, recipient, number)
    return _kept(meeting, number, Variant.DISCLOSURE, recipient, paper, file)


@bp.post("/meetings/<int:meeting_id>/copies/disclosed")
@office("coordinator", "clerk", record="paper")
def create_disclosed(meeting_id):
    meeting = current_user.find("paper", meeting_id)
    making.ask_disclosable(meeting, current_user, making.weighed(meeting, current_user)[1])
    form = _office_form(meeting)
    if not form.accepts():
        return _list(meeting, dict(disclosed=form)), form.status
    number, recipient = PaperCopy.take_number(meeting), form.recipient.data
    paper, file = making.disclosed(meeting, current_user, {_number(each) for each in form.cases.data}, recipient, number)
    return _kept(meeting, number, Variant.DISCLOSED, recipient, paper, file)


@bp.get("/copies/<int:copy_id>")
@office("coordinator", "clerk", record="copy")
def show(copy_id):
    return _page(current_user.find("copy", copy_id))


@bp.get("/copies/<int:copy_id>.docx")
@office("coordinator", "clerk", record="copy")
def docx(copy_id):
    copy = current_user.find("copy", copy_id)
    audit.note("exported", f"copy/{copy.id}", f"docx {copy.file_hash[:12]}")
    return download(copy.file, WORD, _name(copy))


@bp.post("/copies/<int:copy_id>/deliveries")
@office("coordinator", "clerk", record="copy")
def deliver(copy_id):
    copy = current_user.find("copy", copy_id)
    form = DeliveryForm(copy)
    if not form.accepts():
        return _page(copy, form), form.status
    copy.hand_over(current_user, form.on.data, How(form.how.data), form.pieces.data, form.recall.data)
    flash(_("Noted: handed over."), "success")
    return redirect(url_for("copies.show", copy_id=copy.id), 303)


@bp.post("/deliveries/<int:delivery_id>/return")
@office("coordinator", "clerk", record="delivery")
def come_back(delivery_id):
    delivery, form = current_user.find("delivery", delivery_id), ReturnForm()
    form.since = delivery.on
    if not form.accepts():
        return _page(delivery.copy, returned=(delivery, form)), form.status
    delivery.come_back(current_user, form.returned_on.data)
    flash(_("Noted: collected."), "success")
    return redirect(url_for("copies.show", copy_id=delivery.copy_id), 303)


@bp.get("/copies")
@office("coordinator", "clerk")
def lookup():
    check = "".join(request.args.get("check", "")[:80].split()).lower()
    sound = bool(re.fullmatch(r"[0-9a-f]{6,64}", check))
    copies = list(session.scalars(current_user.all("copy").where(PaperCopy.check.startswith(check)).limit(20)).unique()) if sound else []
    versions = []
    if sound:
        whole = [each for each in session.scalars(current_user.all("paper").where(_has_version(check)).limit(20)).unique()]
        versions = [(each, version) for each in whole for version in each.minutes_versions
                    if version.hash.startswith(check) and Sight(current_user, each).reads_all(version.minutes)]  # a seal tells words to whoever tries
    audit.saw("copies")
    return render_template("papers/lookup.html", check=check, sound=sound, copies=copies, versions=versions)


def _has_version(check: str):
    from meetings.models import Meeting

    return Meeting.id.in_(sa.select(MinutesVersion.meeting_id).where(MinutesVersion.hash.startswith(check)))


def _to(meeting_id: int, agency_id: int):
    """The meeting and an agency that has a table there which the person keeps the papers of."""
    meeting = current_user.find("paper", meeting_id)
    agency = next((each for each in _agencies(meeting) if each.id == agency_id), None)
    return meeting, agency or abort(404)


def _agencies(meeting) -> list[Agency]:
    """Who sits at the tables that this person keeps the papers of."""
    mine = seen.kept(current_user, meeting)
    seats = [seat for hearing in meeting.hearings if (hearing.case.number if hearing.case else "") in mine for seat in hearing.seats]
    return list({seat.member.agency_id: seat.member.agency for seat in seats}.values())


def _copies(meeting) -> list[PaperCopy]:
    return list(session.scalars(current_user.all("copy").where(PaperCopy.meeting_id == meeting.id).order_by(PaperCopy.number)).unique())


def _name(copy: PaperCopy) -> str:
    """The name of the file as it was made: a later version does not rename it."""
    from meetings import minutes

    return minutes.file_name(copy.meeting, copy.version).replace(".docx", f"_{copy.variant.law_name}_{copy.number:02d}.docx")


def _number(value: str) -> str:
    return "" if value == "-" else value


def _office_form(meeting, of: type[OfficeCopyForm] = OfficeCopyForm, **more) -> OfficeCopyForm:
    form = of(**more)
    numbers = sorted(seen.kept(current_user, meeting))
    form.cases.choices = [(each or "-", each or meeting.name) for each in numbers]
    return form


def _kept(meeting, number, variant, recipient, paper, file, agency_id=None, sections=()):
    made = PaperCopy.keep(meeting, current_user, number, variant, recipient, paper.content_hash, file,
                          {each.case_number for each in paper.hearings}, agency_id, sections)
    audit.note("exported", f"copy/{made.id}", f"{variant.value} {made.file_hash[:12]}")
    flash(_("Copy %(number)s is made. Note to whom it goes when you hand it over.", number=number), "success")
    return redirect(url_for("copies.show", copy_id=made.id), 303)


def _list(meeting, forms=None):
    audit.saw(f"copies/{meeting.id}")
    cases = sorted(each or "-" for each in seen.kept(current_user, meeting))
    empty = {name: _office_form(meeting, of, formdata=None, data=dict(cases=cases))
             for name, of in (("record", OfficeCopyForm), ("disclosure", WorkingCopyForm), ("disclosed", OfficeCopyForm))}
    return render_template("papers/copies.html", meeting=meeting, agencies=_agencies(meeting), handed=seen.agencies_handed(current_user, meeting), copies=_copies(meeting),
                           forms=empty | (forms or {}), **_disclosable(meeting))


def _disclosable(meeting) -> dict:
    """What stands in the way of a copy to disclose, for those who keep the papers of these cases."""
    if meeting.final is None or not seen.kept(current_user, meeting):
        return {}
    left = making.undecided(meeting, current_user, making.weighed(meeting, current_user)[1])
    return dict(left=left, left_where=making.where(left), approved=withholding.approval(meeting.final))


def _preview(meeting, agency, form):
    audit.saw(f"minutes/{meeting.id}", "copy")
    chosen = tuple(form.sections.data or ())
    paper, _file = making.distribution(meeting, current_user, agency, chosen, bool(form.lean.data), PaperCopy.next_number(meeting))
    return render_template("papers/copy_new.html", meeting=meeting, agency=agency, form=form, minutes=paper,
                           blocks=[(type(each).__name__, each) for each in blocks.lay_out(paper, layout().annexes)], layout=layout())


def _page(copy, form=None, returned=None):
    audit.saw(f"copy/{copy.id}")
    form = form or DeliveryForm(copy, formdata=None, data=dict(on=clock.today(), pieces=1))
    waiting = {each.id: ReturnForm(formdata=None, data=dict(returned_on=clock.today()), prefix="") for each in copy.deliveries
               if each.recall and each.returned_on is None}
    return render_template("papers/copy.html", copy=copy, meeting=copy.meeting, form=form, name=_name(copy),
                           returns=waiting | ({returned[0].id: returned[1]} if returned else {}))
