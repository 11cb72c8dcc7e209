"""Doors to finding who is meant: for whoever holds the right to names; every look is in the audit, with the request."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
import sqlalchemy as sa

from agencies.models import Member
from cases.models import Case
from core import audit
from core.access import office
from core.database import session
from core.languages import _
from core.web import Refused
from disclosure.forms import CaseNumberForm
from disclosure.gathering import gather, take_off
from disclosure.models import DisclosureRequest, Subject
from disclosure.views import page_of
from disclosure.words import State
from identities import words as spelling
from identities.forms import SearchForm
from identities.models import FOUND, Identity

bp = Blueprint("finding", __name__)


@bp.get("/disclosures/<int:disclosure_id>/finding")
@office("identity", record="disclosure", act="find")
def show(disclosure_id):
    kept = current_user.find("disclosure", disclosure_id, to="find")
    audit.saw(f"disclosure_request/{kept.id}")
    return _page(kept, SearchForm())


@bp.post("/disclosures/<int:disclosure_id>/finding")
@office("identity", record="disclosure", act="find")
def search(disclosure_id):
    kept, form = current_user.find("disclosure", disclosure_id, to="find"), SearchForm()
    if not form.accepts():
        return _page(kept, form), form.status
    found = [(each, facts) for each, facts in Identity.search(form.wanted.data, among=sa.select(Case)) if each.person_id]
    roster = [each for each in session.scalars(sa.select(Member)).unique() if spelling.plain(form.wanted.data) in spelling.plain(each.name)][:FOUND]
    audit.note("searched", "identity/search", f"disclosure_request/{kept.id}, {len(found)}")
    for identity, _facts in found:
        audit.saw(f"identity/{identity.id}", f"disclosure_request/{kept.id}")
    return _page(kept, form, found, roster)


@bp.post("/disclosures/<int:disclosure_id>/people/<int:identity_id>")
@office("identity", record="disclosure", act="find")
def link(disclosure_id, identity_id):
    kept = current_user.find("disclosure", disclosure_id, to="find")
    identity = session.scalar(sa.select(Identity).where(Identity.id == identity_id, Identity.person_id.is_not(None))) or abort(404)
    _add(kept, f"{identity.case.number} {identity.person.label}", case_id=identity.case_id, person_id=identity.person_id)
    return redirect(url_for("finding.show", disclosure_id=kept.id), 303)


@bp.post("/disclosures/<int:disclosure_id>/members/<int:member_id>")
@office("identity", record="disclosure", act="find")
def link_member(disclosure_id, member_id):
    kept = current_user.find("disclosure", disclosure_id, to="find")
    member = session.get(Member, member_id) or abort(404)
    _add(kept, f"名簿{member.id:04d}", member_id=member.id)
    return redirect(url_for("finding.show", disclosure_id=kept.id), 303)


@bp.post("/disclosures/<int:disclosure_id>/subjects/<int:subject_id>/removal")
@office("identity", record="disclosure", act="find")
def unlink(disclosure_id, subject_id):
    kept = current_user.find("disclosure", disclosure_id, to="find")
    take_off(kept, _subject(kept, subject_id), current_user)
    return redirect(url_for("finding.show", disclosure_id=kept.id), 303)


@bp.post("/disclosures/<int:disclosure_id>/found")
@office("identity", record="disclosure", act="find")
def settle(disclosure_id):
    """Everybody who is meant has been found, or nobody is kept here: the examination begins."""
    kept = current_user.find("disclosure", disclosure_id, to="find")
    gather(kept, current_user)
    kept.go(State.REVIEW, current_user)
    flash(_("The records are listed. The teams of the cases now go through them."), "success")
    return redirect(url_for("home.show"), 303)


@bp.post("/disclosures/<int:disclosure_id>/cases")
@office("clerk", record="disclosure", act="run")
def link_case(disclosure_id):
    """A request of anybody's names a case by its number; a person is found by their name, and not here."""
    kept, form = current_user.find("disclosure", disclosure_id, to="run"), CaseNumberForm()
    if kept.capacity.own or not kept.state.undecided:
        raise Refused(_("Who is meant by this request is found by somebody with the right to names."))
    case = session.scalar(sa.select(Case).where(Case.number == form.case_number.data)) if form.accepts() else None
    if case is None:
        if not form.errors:
            form.case_number.errors = [_("There is no case of this number.")]
        return page_of(kept, by_number=form)[0], 422
    _add(kept, case.number, case_id=case.id)
    if kept.state is not State.REVIEW:
        kept.go(State.REVIEW, current_user)
    return redirect(url_for("disclosure.show", disclosure_id=kept.id), 303)


@bp.post("/disclosures/<int:disclosure_id>/cases/<int:subject_id>/removal")
@office("clerk", record="disclosure", act="run")
def unlink_case(disclosure_id, subject_id):
    """A case that the clerk named is not meant."""
    kept = current_user.find("disclosure", disclosure_id, to="run")
    if kept.capacity.own or not kept.state.undecided:
        raise Refused(_("Who is meant by this request is found by somebody with the right to names."))
    take_off(kept, _subject(kept, subject_id), current_user)
    return redirect(url_for("disclosure.show", disclosure_id=kept.id), 303)


def _subject(kept: DisclosureRequest, subject_id: int) -> Subject:
    return next((each for each in kept.subjects if each.id == subject_id), None) or abort(404)


def _add(kept: DisclosureRequest, label: str, **whom) -> None:
    """Link somebody once, and list what exists about them."""
    there = [all(getattr(each, name) == id for name, id in whom.items()) for each in kept.subjects]
    if not any(there):
        kept.subjects.append(Subject(label=label, linked_by_id=current_user.id, **whom))
        if kept.state is State.RECEIVED:
            kept.go(State.SEARCHING, current_user)
        session.flush()
        gather(kept, current_user)


def _page(kept: DisclosureRequest, form: SearchForm, found=None, roster=()):
    facts = {}
    for subject in kept.subjects:
        if subject.person:
            identity = Identity.of(subject.case, subject.person)
            facts[subject.id] = None if identity.damaged else identity.facts
            audit.saw(f"identity/{identity.id}", f"disclosure_request/{kept.id}")
    return render_template("disclosure/finding.html", request_=kept, form=form, found=found, roster=roster, facts=facts, most=FOUND)
