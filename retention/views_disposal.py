"""Doors to the disposal of records: propose, decide, carry out, the certificate; and what is said of a record that is gone."""

from __future__ import annotations

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.office import office as the_office
from core.pages import fiscal_year_words, page_asked
from core.web import WORD, Refused, download, wants_part
from exports import word
from meetings import minutes
from retention import certificate
from retention.disposal import Decision, Disposal, proposed, tombstone
from retention.forms_disposal import DecisionForm, ProposalForm, SureForm
from retention.register import lines
from retention.rights import items_seen, knew
from retention.terms import State
from stationery.house import layout

bp = Blueprint("disposals", __name__)
PAGE = 30


@bp.after_app_request
def say_that_it_is_gone(answer):
    """A page about a meeting that is not found: to those who knew it, say that its record has been disposed of."""
    number = (request.view_args or {}).get("meeting_id")
    if answer.status_code != 404 or not number or number >= 2**31 or not current_user.is_authenticated or wants_part():
        return answer
    item = tombstone(number)
    if item is None or not knew(current_user, number):
        return answer
    return make_response(render_template("retention/gone.html", item=item, clerk=current_user.clerk), 410)


@bp.get("/retention/disposals")
@office("clerk", "coordinator")
def index():
    page = page_asked()
    asked = current_user.all("disposal").order_by(Disposal.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    found = session.scalars(asked).unique().all()
    return render_template("retention/disposals.html", disposals=found[:PAGE], page=page, more=len(found) > PAGE, year_name=fiscal_year_words)


@bp.get("/retention/disposals/new")
@office("clerk")
def new():
    return _proposal(ProposalForm(), _over())


@bp.post("/retention/disposals")
@office("clerk")
def propose():
    over = _over()
    form = ProposalForm(choices=over)
    if not form.accepts():
        return _proposal(form, over), form.status
    made = Disposal.propose([each for each in over if str(each.meeting.id) in form.records.data], current_user, form.note.data)
    flash(_("The list is proposed. A colleague decides about every record with their own account."), "success")
    return redirect(url_for("disposals.show", disposal_id=made.id), 303)


@bp.get("/retention/disposals/<int:disposal_id>")
@office("clerk", "coordinator", record="disposal")
def show(disposal_id):
    return _page(current_user.find("disposal", disposal_id))


@bp.post("/retention/disposals/<int:disposal_id>/decision")
@office("clerk", "coordinator", record="disposal")
def decide(disposal_id):
    disposal = current_user.find("disposal", disposal_id)
    seen = items_seen(disposal, current_user)
    form = DecisionForm(choices=seen)
    if not form.accepts(disposal):
        return _page(disposal, form), form.status
    disposal.decide([each for each in seen if str(each.id) in form.items.data], Decision(form.decision.data), current_user, form.reason.data)
    flash(_("Saved."), "success")
    return redirect(url_for("disposals.show", disposal_id=disposal.id), 303)


@bp.post("/retention/disposals/<int:disposal_id>/execution")
@office("clerk", "coordinator", record="disposal")
def carry_out(disposal_id):
    disposal, form = current_user.find("disposal", disposal_id), SureForm()
    if not form.accepts(disposal):
        return _page(disposal, sure=form), form.status
    disposal.carry_out(current_user)
    certificate.certify(disposal)
    flash(_("Carried out. The certificate is kept with this list."), "success")
    return redirect(url_for("disposals.show", disposal_id=disposal.id), 303)


@bp.get("/retention/disposals/<int:disposal_id>/certificate.docx")
@office("clerk", record="disposal")
def docx(disposal_id):
    disposal = _certified(disposal_id, "docx")
    mark = the_office().handling_mark if the_office() else ""
    made = word.draw(certificate.lay_out(disposal.certificate), certificate.TITLE, mark, seal=f"照合番号 {disposal.certificate_hash[:12]}", layout=layout())
    return download(made, WORD, f"{_named(disposal)}.docx")


@bp.get("/retention/disposals/<int:disposal_id>/certificate.json")
@office("clerk", record="disposal")
def as_json(disposal_id):
    disposal = _certified(disposal_id, "json")
    return download(disposal.certificate.encode(), "application/json", f"{_named(disposal)}.json")


def _certified(disposal_id: int, kind: str) -> Disposal:
    disposal = current_user.find("disposal", disposal_id)
    if not disposal.certificate:
        abort(404)
    if not certificate.sound(disposal):
        raise Refused(_("This certificate was altered past Kurumaza."), _("It is not shown, so that nobody relies on it. Tell the administrator; a backup may have it whole."))
    audit.note("exported", f"disposal/{disposal.id}", f"{kind} {disposal.certificate_hash[:12]}")
    return disposal


def _named(disposal: Disposal) -> str:
    return f"{clock.fiscal_year_code(disposal.year)}_廃棄記録_{disposal.id:04d}"


def _over() -> list:
    """The records that may be proposed: the term is over, nothing stops it, and it stands on no other list."""
    over = [each for each in lines(current_user) if each.state == State.OVER]
    waiting = proposed([each.meeting.id for each in over])
    return [each for each in over if each.meeting.id not in waiting]


def _proposal(form, over):
    return render_template("retention/propose.html", form=form, lines=over, title=minutes.title)


def _page(disposal: Disposal, form=None, sure=None):
    seen = items_seen(disposal, current_user)
    audit.saw(f"disposal/{disposal.id}")
    read = dict(version=str(disposal.version))
    return render_template("retention/disposal.html", disposal=disposal, items=seen, others=len(disposal.items) - len(seen), title=minutes.title,
                           form=form or DecisionForm(formdata=None, choices=seen, own=not disposal.may_decide(current_user), data=read),
                           sure=sure or SureForm(formdata=None, data=read), year_name=fiscal_year_words)
