"""Doors to written inquiries: drafting, sending, answering on a page or from paper and telephone."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa

from core import access, audit
from core.access import office, signed_in
from core.database import session
from core.languages import _
from core.web import Refused
from ground_rules.models import Citation
from meetings.kinds import Kind
from preparation import inquiries, inquiries_mail
from preparation.inquiries import Inquiry
from preparation.inquiries_forms import InquiryForm, ReplyForm
from preparation.sheets import SheetDeadline

bp = Blueprint("inquiries", __name__)


@bp.app_context_processor
def words():
    """What the page of a meeting says about its inquiries."""
    return dict(inquiries_of=_of, asked_in_writing=inquiries.asked_in_writing)


@bp.get("/hearings/<int:hearing_id>/inquiries")
@office("coordinator", record="hearing", act="run")
def index(hearing_id):
    hearing = _case(hearing_id)
    return _page(hearing, _new(hearing))


@bp.post("/hearings/<int:hearing_id>/inquiries")
@office("coordinator", record="hearing", act="run")
def create(hearing_id):
    hearing = _case(hearing_id)
    form = InquiryForm(agencies=_unasked(hearing))
    if not form.accepts():
        return _page(hearing, form), form.status
    agency = next(each for each in _unasked(hearing) if each.id == form.agency_id.data)
    inquiry = Inquiry.draft(hearing, agency, current_user, form.asked, form.due_on.data)
    session.flush()
    flash(_("A draft. Read it once more, then send it."), "success")
    return redirect(url_for("inquiries.show", inquiry_id=inquiry.id), 303)


@bp.get("/inquiries/<int:inquiry_id>")
@signed_in(record="inquiry")
def show(inquiry_id):
    inquiry = current_user.find("inquiry", inquiry_id)
    return _one(inquiry, _reply(inquiry))


@bp.get("/inquiries/<int:inquiry_id>/edit")
@office("coordinator", record="inquiry", act="run")
def edit(inquiry_id):
    inquiry = current_user.find("inquiry", inquiry_id, to="run")
    audit.saw(f"inquiry/{inquiry.id}")
    return _draft(inquiry, InquiryForm(agencies=[inquiry.agency], data=dict(
        agency_id=inquiry.agency_id, due_on=inquiry.due_on, version=str(inquiry.version),
        questions=[dict(text=each.text) for each in inquiry.questions])))


@bp.post("/inquiries/<int:inquiry_id>")
@office("coordinator", record="inquiry", act="run")
def update(inquiry_id):
    inquiry = current_user.find("inquiry", inquiry_id, to="run")
    form = InquiryForm(agencies=[inquiry.agency])
    if not form.accepts(inquiry):
        return _draft(inquiry, form), form.status
    inquiry.rewrite(form.asked, form.due_on.data)
    flash(_("Saved."), "success")
    return redirect(url_for("inquiries.show", inquiry_id=inquiry.id), 303)


@bp.post("/inquiries/<int:inquiry_id>/sending")
@office("coordinator", record="inquiry", act="run")
def send(inquiry_id):
    inquiry = current_user.find("inquiry", inquiry_id, to="run")
    if not inquiry.sent:
        inquiry.send(by=current_user)
        _posted, without = inquiries_mail.send(inquiry)
        flash(_("Sent. The agency answers on its page, once it has acknowledged the rules."), "success")
        if without:
            flash(_("No mail reaches them; tell them on paper or by telephone: %(names)s.",
                    names="、".join(each.full for each in without)), "warning")
    return redirect(url_for("inquiries.show", inquiry_id=inquiry.id), 303)


@bp.post("/inquiries/<int:inquiry_id>/return")
@office("coordinator", record="inquiry", act="run")
def take_back(inquiry_id):
    inquiry = current_user.find("inquiry", inquiry_id, to="run")
    inquiry.take_back()
    return redirect(url_for("inquiries.edit", inquiry_id=inquiry.id), 303)


@bp.post("/inquiries/<int:inquiry_id>/answer")
@signed_in(record="inquiry")
def answer(inquiry_id):
    inquiry = current_user.find("inquiry", inquiry_id)
    form = ReplyForm(typed_in=not _own(inquiry))
    if not inquiry.sent:
        raise Refused(_("This inquiry has not been sent yet."), _("Send it first, so that the questions stay as they are answered."))
    if not form.accepts(inquiry):
        return _one(inquiry, form), form.status
    inquiry.answer(current_user, **form.words(len(inquiry.questions)))
    flash(_("Recorded. In the meeting it lies before the table."), "success")
    return redirect(url_for("inquiries.show", inquiry_id=inquiry.id), 303)


def _case(hearing_id: int):
    hearing = current_user.hearing(hearing_id, to="run")
    return hearing if hearing.case is not None else abort(404)


def _of(hearing) -> list[Inquiry]:
    """The inquiries of this table the person may see."""
    return list(session.scalars(current_user.all("inquiry").where(Inquiry.hearing_id == hearing.id).order_by(Inquiry.id)))


def _unasked(hearing) -> list:
    done = set(session.scalars(sa.select(Inquiry.agency_id).where(Inquiry.hearing_id == hearing.id)))
    return [each for each in inquiries.asked_in_writing(hearing) if each.id not in done]


def _own(inquiry: Inquiry) -> bool:
    """Whether the signed-in person sits for the agency that is asked."""
    return any(seat.member.agency_id == inquiry.agency_id and seat.member.user_id == current_user.id for seat in inquiry.hearing.seats)


def _new(hearing) -> InquiryForm:
    return InquiryForm(formdata=None, agencies=_unasked(hearing), data=dict(
        due_on=SheetDeadline.of(hearing.meeting), questions=[dict(text=each) for each in inquiries.usual_questions()]))


def _reply(inquiry: Inquiry) -> ReplyForm:
    return ReplyForm(formdata=None, typed_in=not _own(inquiry), data=dict(
        version=str(inquiry.version), state=inquiry.state.value if inquiry.state.value != "open" else None, reason=inquiry.reason,
        how=inquiry.how.value if inquiry.how else None, answered_on=inquiry.answered_on,
        answers=[dict(text=each.answer) for each in inquiry.questions]))


def ground(hearing) -> str:
    """The legal ground on which an agency is asked about this case, in the office's own citations."""
    if hearing.meeting.kind == Kind.SHIEN:
        return _("Under %(asked)s. Those asked endeavour to cooperate (%(duty)s). What is learnt stays secret (%(secrecy)s).",
                 asked=_cited("ask_information"), duty=_cited("cooperation"), secrecy=_cited("secrecy"))
    else:
        return _("On the ground of %(ground)s.", ground=_cited("juso_ground"))


def _cited(key: str) -> str:
    from core import languages

    return Citation.of(key, languages.language())


def _page(hearing, form: InquiryForm):
    audit.saw(f"meeting/{hearing.meeting_id}")
    return render_template("preparation/inquiry_index.html", hearing=hearing, meeting=hearing.meeting, form=form, found=_of(hearing),
                           unasked=_unasked(hearing), ground=ground(hearing))


def _draft(inquiry: Inquiry, form: InquiryForm):
    return render_template("preparation/inquiry_edit.html", inquiry=inquiry, hearing=inquiry.hearing, meeting=inquiry.hearing.meeting, form=form)


def _one(inquiry: Inquiry, form: ReplyForm):
    inquiries.ask_ground(inquiry.hearing)  # consent may have been withdrawn since it was sent
    audit.saw(f"inquiry/{inquiry.id}")
    return render_template("preparation/inquiry_show.html", inquiry=inquiry, hearing=inquiry.hearing, meeting=inquiry.hearing.meeting,
                           form=form, own=_own(inquiry), running=access.may(current_user, "inquiry", inquiry.id, "run"),
                           ground=ground(inquiry.hearing))
