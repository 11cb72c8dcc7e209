"""The coordinators' doors: take charge of a referral, and answer it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core.access import office
from core.database import session
from core.languages import _
from referrals import letters, pages
from referrals.models import Referral
from referrals.words import Answer

bp = Blueprint("answers", __name__)


@bp.post("/referrals/<int:referral_id>/handler")
@office("coordinator", record="referral", act="answer")
def take(referral_id):
    current_user.find("referral", referral_id, to="answer").take(current_user)
    flash(_("You handle it now; the agency sees your name."), "success")
    return redirect(url_for("referrals.show", referral_id=referral_id), 303)


@bp.post("/referrals/<int:referral_id>/answers")
@office("coordinator", record="referral", act="answer")
def create(referral_id):
    referral = _still_open(referral_id)
    if referral is None:
        return render_template("referrals/too_late.html", words=request.form.get("words", "")), 409
    form = pages.answer_form(referral)
    if not form.accepts(referral):
        return pages.show(referral, answer=form)
    letters.tell(_carry_out(referral, form))
    flash(_("The answer is with the agency."), "success")
    return redirect(url_for("cases.show", case_id=referral.case_id) if referral.case else
                    url_for("referrals.show", referral_id=referral.id), 303)


def _carry_out(referral: Referral, form):
    answer, words = Answer(form.answer.data), form.words.data
    if answer == Answer.ACCEPT:
        step = referral.accept(current_user, words, form.chosen_case)
    elif answer == Answer.ADVISE:
        step = referral.advise(current_user, words)
    else:
        step = referral.send_back(current_user, words)
    session.flush()
    return step


def _still_open(referral_id: int) -> Referral | None:
    """The open referral, held so that two answers cannot cross; None for whoever was shown it and comes second."""
    query = current_user.all("referral", "answer").where(Referral.id == referral_id).with_for_update(of=Referral)
    referral = session.scalars(query).unique().first()
    if referral is None and not pages.was_shown(request.form.get("seal", ""), referral_id):
        abort(404)
    return referral
