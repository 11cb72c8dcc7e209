"""Doors to the requests for disclosure: the list, one request, taking one in, correcting it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import orm

from core import audit, clock
from core.access import office
from core.database import session
from core.languages import _
from core.pages import page_asked
from core.web import Refused
from disclosure import sources
from disclosure.forms import (
    CaseNumberForm,
    DecisionForm,
    DeliveryForm,
    ExtensionForm,
    OpinionAnswerForm,
    OpinionForm,
    RequestForm,
)
from disclosure.models import DisclosureRequest, Item
from disclosure.terms import Terms
from disclosure.words import WAY, Capacity, PaperKind, State

bp = Blueprint("disclosure", __name__)
PAGE = 30


@bp.app_context_processor
def words():
    """For Today: the requests whose days run, for whoever has to do with them."""
    return dict(disclosures_due=due)


def due(person) -> list[DisclosureRequest]:
    """The requests this person may see that are not decided, the most urgent first."""
    if not person.role_names & {"clerk", "coordinator", "identity"}:
        return []
    running = [each for each in State if each.undecided]
    found = session.scalars(person.all("disclosure").where(DisclosureRequest.state.in_(running)).order_by(DisclosureRequest.received_on).limit(PAGE)).unique()
    return sorted(found, key=lambda each: each.decide_by)


@bp.get("/disclosures")
@office("clerk", "coordinator", "identity")
def index():
    page = page_asked()
    newest = DisclosureRequest.received_on.desc(), DisclosureRequest.id.desc()
    rows = session.scalars(current_user.all("disclosure").order_by(*newest).limit(PAGE + 1).offset((page - 1) * PAGE)).unique().all()
    return render_template("disclosure/index.html", rows=rows[:PAGE], more=len(rows) > PAGE, page=page)


@bp.get("/disclosures/new")
@office("clerk")
def new():
    return render_template("disclosure/edit.html", form=RequestForm(data=dict(received_on=clock.today(), corrected_days=0)), request_=None)


@bp.post("/disclosures")
@office("clerk")
def create():
    form = RequestForm()
    if not form.accepts():
        return render_template("disclosure/edit.html", form=form, request_=None), form.status
    made = DisclosureRequest.receive(current_user, **_typed(form))
    flash(_("The request is taken in. Now somebody with the right to names looks for who is meant."), "success")
    return redirect(url_for("disclosure.show", disclosure_id=made.id), 303)


@bp.get("/disclosures/<int:disclosure_id>")
@office("clerk", "coordinator", "identity", record="disclosure")
def show(disclosure_id):
    return page_of(current_user.find("disclosure", disclosure_id))


@bp.get("/disclosures/<int:disclosure_id>/edit")
@office("clerk", record="disclosure", act="run")
def edit(disclosure_id):
    kept = _undecided(disclosure_id)
    audit.saw(f"disclosure_request/{kept.id}")
    return render_template("disclosure/edit.html", form=RequestForm(obj=kept, data=dict(capacity=kept.capacity.value)), request_=kept)


@bp.post("/disclosures/<int:disclosure_id>")
@office("clerk", record="disclosure", act="run")
def update(disclosure_id):
    kept, form = _undecided(disclosure_id), RequestForm()
    if not form.accepts(kept):
        return render_template("disclosure/edit.html", form=form, request_=kept), form.status
    for name, value in _typed(form).items():
        setattr(kept, name, value)
    flash(_("Saved."), "success")
    return redirect(url_for("disclosure.show", disclosure_id=kept.id), 303)


def _undecided(disclosure_id: int) -> DisclosureRequest:
    """What was decided about and issued under its number does not change any more."""
    kept = current_user.find("disclosure", disclosure_id, to="run")
    if not kept.state.undecided:
        raise Refused(_("This request is settled already."))
    return kept


def page_of(kept: DisclosureRequest, **forms):
    """The page of one request; `forms` are those shown again with their faults."""
    audit.saw(f"disclosure_request/{kept.id}")
    runs = current_user.clerk
    items = session.scalars(current_user.all("disclosure_item").where(Item.request_id == kept.id).options(orm.joinedload(Item.judged_by))
                            .order_by(Item.position, Item.id)).all()
    mine = set(session.scalars(current_user.all("disclosure_item", "judge").where(Item.request_id == kept.id).with_only_columns(Item.id)))
    seen_cases = None if runs else {each.case_id for each in items}
    shown = dict(
        decision=DecisionForm(data=dict(decided_on=clock.today(), ground="\n".join(dict.fromkeys(filter(None, (each.ground for each in items)))))),
        extension=ExtensionForm(data=dict(extended_on=clock.today())), delivery=DeliveryForm(data=dict(delivered_on=clock.today())),
        opinion=OpinionForm(data=dict(asked_on=clock.today())), answer=OpinionAnswerForm(data=dict(answered_on=clock.today())), by_number=CaseNumberForm()) | forms
    status = max((form.status for form in forms.values()), default=200)
    return render_template(
        "disclosure/show.html", request_=kept, items=items, mine=mine, runs=runs, waiting=len(kept.undecided_items), finds=current_user.may("find", "disclosure", kept.id), way=WAY,
        subjects=[each for each in kept.subjects if seen_cases is None or each.case_id in seen_cases or current_user.identifies],
        labels=sources.LABELS, terms=Terms.now(), papers=PaperKind, forms=shown), status


def _typed(form: RequestForm) -> dict:
    return dict(received_on=form.received_on.data, capacity=Capacity(form.capacity.data), identity_by=form.identity_by.data,
                authority_by=form.authority_by.data, wanted=form.wanted.data, corrected_days=form.corrected_days.data or 0)
