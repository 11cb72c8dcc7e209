"""Doors to referrals: for the agency that puts a household forward, and the thread both sides share."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa

from core import audit
from core.access import signed_in
from core.database import session
from core.languages import _
from core.office import office
from core.pages import day, page_asked
from referrals import letters, pages
from referrals.forms import MessageForm, SheetForm
from referrals.models import Referral
from referrals.words import State, Urgency

bp = Blueprint("referrals", __name__)
PAGE = 30
WAITING = 200  # stand on the first page, before what was answered


@bp.app_context_processor
def words():
    """The office's limit in working days, for every page that tells a referral's age; asked once a page."""
    return dict(answer_within=cache(lambda: office().answer_within))


@bp.get("/referrals")
@signed_in()
def index():
    if not current_user.coordinator:
        return sent()
    page, desk = page_asked(), current_user.all("referral", "desk")
    waiting = sa.or_(Referral.state == State.OPEN, Referral.office_turn_since.is_not(None))
    found = _listed(desk.where(~waiting).order_by(Referral.id.desc()), page)
    first = desk.where(waiting).order_by(Referral.office_turn_since.is_(None), pages.by_urgency(), Referral.office_turn_since)
    shown = [*session.scalars(first.limit(WAITING)).unique(), *found[:PAGE]] if page == 1 else found[:PAGE]
    audit.saw("referrals/list")
    return render_template("referrals/index.html", referrals=shown, page=page, more=len(found) > PAGE)


@bp.get("/referrals/sent")
@signed_in()
def sent():
    _place()
    page = page_asked()
    found = _listed(current_user.all("referral", "sent").order_by(
        Referral.referrer_turn_since.is_(None), Referral.id.desc()), page)
    audit.saw("referrals/list")
    return render_template("referrals/sent.html", referrals=found[:PAGE], page=page, more=len(found) > PAGE)


@bp.get("/referrals/new")
@signed_in()
def new():
    _place()
    form = SheetForm(data=dict(household_type="other", urgency="normal", people=[{}, {}], needs=[{}, {}]))
    return render_template("referrals/edit.html", form=form, referral=None)


@bp.post("/referrals")
@signed_in()
def create():
    _place()
    form = SheetForm()
    if not form.accepts():
        return render_template("referrals/edit.html", form=form, referral=None), form.status
    referral = Referral.put_forward(current_user, form.sheet)
    letters.tell(referral.steps[-1])
    flash(_sent_words(referral), "warning" if referral.urgency == Urgency.LIFE else "success")
    return redirect(url_for("referrals.show", referral_id=referral.id), 303)


@bp.get("/referrals/<int:referral_id>")
@signed_in(record="referral")
def show(referral_id):
    referral = current_user.find("referral", referral_id)
    audit.saw(f"referral/{referral.id}")
    return pages.show(referral)


@bp.get("/referrals/<int:referral_id>/edit")
@signed_in(record="referral", act="own")
def edit(referral_id):
    referral = current_user.find("referral", referral_id, to="own")
    if not referral.returnable:
        return redirect(url_for("referrals.show", referral_id=referral.id), 303)
    audit.saw(f"referral/{referral.id}")
    return render_template("referrals/edit.html", form=pages.sheet_of(referral), referral=referral)


@bp.post("/referrals/<int:referral_id>")
@signed_in(record="referral", act="own")
def update(referral_id):
    referral = current_user.find("referral", referral_id, to="own")
    form = SheetForm(kept=referral.ticks)
    if not form.accepts():
        return render_template("referrals/edit.html", form=form, referral=referral), form.status
    letters.tell(referral.send_again(current_user, form.sheet))
    flash(_sent_words(referral), "warning" if referral.urgency == Urgency.LIFE else "success")
    return redirect(url_for("referrals.show", referral_id=referral.id), 303)


@bp.post("/referrals/<int:referral_id>/withdrawal")
@signed_in(record="referral", act="own")
def withdraw(referral_id):
    referral = current_user.find("referral", referral_id, to="own")
    letters.tell(referral.withdraw(current_user))
    flash(_("%(number)s is withdrawn. The office no longer sees it.", number=referral.number), "success")
    return redirect(url_for("referrals.show", referral_id=referral.id), 303)


@bp.post("/referrals/<int:referral_id>/messages")
@signed_in(record="referral", act="talk")
def say(referral_id):
    referral = current_user.find("referral", referral_id, to="talk")
    form = MessageForm()
    if not form.accepts():
        return pages.show(referral, message=form)
    letters.tell(referral.say(current_user, form.message.data))
    flash(_("Sent."), "success")
    return redirect(url_for("referrals.show", referral_id=referral.id), 303)


@bp.post("/referrals/<int:referral_id>/acknowledgement")
@signed_in(record="referral", act="talk")
def acknowledge(referral_id):
    referral = current_user.find("referral", referral_id, to="talk")
    referral.acknowledge(current_user)
    flash(_("Noted as read."), "success")
    return redirect(url_for("referrals.index"), 303)


def _place():
    """My place on the roster; without one there is nothing to put forward from."""
    member = current_user.member
    return member if member and member.active else abort(404)


def _listed(query: sa.Select, page: int) -> list[Referral]:
    return session.scalars(query.limit(PAGE + 1).offset((page - 1) * PAGE)).unique().all()


def _sent_words(referral: Referral) -> str:
    if referral.urgency == Urgency.LIFE:
        return _("%(number)s is with the office. Please telephone as well: %(phone)s.", number=referral.number,
                 phone=office().phone or _("the office"))
    else:
        return _("%(number)s is with the office. You will have an answer by %(day)s.", number=referral.number,
                 day=day(referral.due_on(office().answer_within)))
