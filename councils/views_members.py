"""Doors to the members of a council: a term is added, changed, or taken out when it was a mistake."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from core import clock
from core.access import office
from core.database import session
from core.languages import _
from councils.forms import TermForm
from councils.models import Council, CouncilMember
from councils.sessions import CouncilSession
from meetings import invitations

bp = Blueprint("council_members", __name__)


@bp.get("/councils/<int:council_id>/members/new")
@office("coordinator", record="council", act="run")
def new(council_id):
    council = current_user.find("council", council_id, to="run")
    last = council.terms[-1] if council.terms else None
    usual = dict(post="member", since=last.since if last else clock.today(), until=last.until if last else None, category=last.category if last else "")
    return _form(council, TermForm(council=council, data=usual))


@bp.post("/councils/<int:council_id>/members")
@office("coordinator", record="council", act="run")
def create(council_id):
    council = current_user.find("council", council_id, to="run")
    form = TermForm(council=council)
    if not form.accepts():
        return _form(council, form), form.status
    council.terms.append(CouncilMember(**form.words))
    flash(_("Written down. You can go on with the next person."), "success")
    return redirect(url_for("council_members.new", council_id=council.id), 303)


@bp.get("/councils/members/<int:term_id>")
@office("coordinator", record="council_member", act="run")
def edit(term_id):
    term = current_user.find("council_member", term_id, to="run")
    return _form(term.council, TermForm(council=term.council, term=term, data=dict(
        member_id=term.member_id, post=term.post.value, category=term.category, since=term.since, until=term.until, version=str(term.version))), term)


@bp.post("/councils/members/<int:term_id>")
@office("coordinator", record="council_member", act="run")
def update(term_id):
    term = current_user.find("council_member", term_id, to="run")
    form = TermForm(council=term.council, term=term)
    if not form.accepts(term):
        return _form(term.council, form, term), form.status
    for name, value in form.words.items():
        setattr(term, name, value)
    _release(term.council, term.member)
    flash(_("Saved."), "success")
    return redirect(url_for("councils.show", council_id=term.council_id), 303)


@bp.post("/councils/members/<int:term_id>/removal")
@office("coordinator", record="council_member", act="run")
def remove(term_id):
    term = current_user.find("council_member", term_id, to="run")
    council, member = term.council, term.member
    council.terms.remove(term)
    _release(council, member)
    flash(_("Taken off the list."), "success")
    return redirect(url_for("councils.show", council_id=council.id), 303)


def _release(council: Council, member) -> None:
    """Take them from the sessions outside of their term; whoever had been invited is told not to come."""
    left = CouncilSession.release(council, member)
    session.flush()
    if [each for meeting in left for each in invitations.let_go(meeting)] and not invitations.mail_on():
        flash(_("No mail reaches them; tell them on paper or by telephone: %(names)s.", names=member.full), "warning")


def _form(council: Council, form: TermForm, term: CouncilMember | None = None):
    return render_template("councils/member.html", council=council, form=form, term=term, on=clock.today(),
                           categories=sorted({each.category for each in council.terms if each.category}))
