"""Doors to the map of what exists: the list, one resource, its entry, and what somebody says is wrong with it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from community.columns import FIELDS
from community.forms import OTHERS, CorrectionForm, EndForm, ResourceBox, ResourceForm, SettleForm
from community.kinds import Footing, Outcome, ResourceKind
from community.models import Correction, SocialResource, areas, in_order, in_row, resource_domain, stale
from core import clock, kana, search as words
from core.access import office, signed_in
from core.database import session
from core.forms import Form
from core.languages import _
from core.pages import page_asked

bp = Blueprint("community", __name__)
WRITERS = ("coordinator", "admin")
PAGE = 40
LABELS = {name: label for name, (label, _words) in FIELDS.items()} | {"agency_id": FIELDS["agency"][0]}
WHOLE = orm.selectinload(SocialResource.domains), orm.selectinload(SocialResource.corrections)


@bp.get("/resources/map")
@signed_in()
def index():
    return _index(ResourceBox.read(areas=areas()))


@bp.post("/resources/map")
@signed_in()
def search():
    box = ResourceBox(areas=areas())
    if not box.accepts():
        return _index(box), box.status
    return redirect(box.address("community.index"), 303)


@bp.get("/resources/map/new")
@office(*WRITERS)
def new():
    return edit_page(ResourceForm(formdata=None, data=dict(checked_on=clock.today())), url_for("community.create"))


@bp.post("/resources/map/entries")
@office(*WRITERS)
def create():
    form = ResourceForm()
    if not form.accepts():
        return edit_page(form, url_for("community.create")), form.status
    made = SocialResource.make(current_user, **form.words)
    told(form)
    return redirect(url_for("community.show", resource_id=made.id), 303)


@bp.get("/resources/map/<int:resource_id>")
@signed_in(record="social_resource")
def show(resource_id):
    return _show(current_user.find("social_resource", resource_id, "see", *WHOLE))


@bp.get("/resources/map/<int:resource_id>/edit")
@office(*WRITERS, record="social_resource", act="write")
def edit(resource_id):
    resource = _resource(resource_id)
    return edit_page(ResourceForm.of(resource), url_for("community.update", resource_id=resource.id), resource)


@bp.post("/resources/map/<int:resource_id>")
@office(*WRITERS, record="social_resource", act="write")
def update(resource_id):
    resource = _resource(resource_id)
    form = ResourceForm(resource)
    if not form.accepts(resource):
        return edit_page(form, url_for("community.update", resource_id=resource.id), resource), form.status
    resource.rewrite(current_user, **form.words)
    told(form)
    return redirect(url_for("community.show", resource_id=resource.id), 303)


@bp.post("/resources/map/<int:resource_id>/check")
@office(*WRITERS, record="social_resource", act="write")
def check(resource_id):
    resource = _resource(resource_id)
    resource.check(current_user, read=request.form.get("version", ""))
    flash(_("Checked today: %(name)s", name=resource.name), "success")
    if request.form.get("list"):  # back into the list as it was narrowed
        kept = ResourceBox.read(areas=areas()).kept
        page = page_asked() if kept.get("state") != "stale" else 1  # of those to be checked there is one less now
        return redirect(url_for("community.index", page=page if page > 1 else None, **kept), 303)
    return redirect(url_for("community.show", resource_id=resource.id), 303)


@bp.post("/resources/map/<int:resource_id>/end")
@office(*WRITERS, record="social_resource", act="write")
def end(resource_id):
    resource, form = _resource(resource_id), EndForm()
    if not form.accepts():
        return _show(resource, ending=form), form.status
    resource.end(current_user, form.on.data, form.note.data)
    flash(_("Noted as ended. It stays on record and no longer comes up in searches."), "success")
    return redirect(url_for("community.show", resource_id=resource.id), 303)


@bp.post("/resources/map/<int:resource_id>/resume")
@office(*WRITERS, record="social_resource", act="write")
def resume(resource_id):
    resource = _resource(resource_id)
    resource.resume(current_user)
    flash(_("It stands on the map again."), "success")
    return redirect(url_for("community.show", resource_id=resource.id), 303)


@bp.post("/resources/map/<int:resource_id>/corrections")
@signed_in(record="social_resource")
def correct(resource_id):
    resource, form = current_user.find("social_resource", resource_id), CorrectionForm()
    if not form.accepts():
        return _show(resource, correcting=form), form.status
    session.add(Correction(resource_id=resource.id, text=form.text.data, by_id=current_user.id))
    flash(_("Thank you. Whoever keeps the map looks at it."), "success")
    return redirect(url_for("community.show", resource_id=resource.id, _anchor="corrections"), 303)


@bp.post("/resources/map/corrections/<int:correction_id>")
@office(*WRITERS, record="correction", act="write")
def settle(correction_id):
    correction, form = current_user.find("correction", correction_id, "write"), SettleForm()
    if not form.accepts():
        return _show(correction.resource), form.status
    correction.settle(current_user, Outcome(form.came.data))
    flash(_("Settled. Who said it reads what came of it here."), "success")
    return redirect(url_for("community.show", resource_id=correction.resource_id), 303)


def edit_page(form: ResourceForm, send: str, resource: SocialResource | None = None, proposal=None, found=()):
    """The form of an entry; `send` is where it goes, `found` what in it could tell whose case the proposal came from."""
    return render_template("community/edit.html", form=form, send=send, resource=resource, proposal=proposal, found=found, areas=areas())


def told(form: ResourceForm) -> None:
    """Say that it is saved, and what in it may be somebody's own."""
    flash(_("Saved."), "success")
    if form.personal:
        flash(_("There may be a private person here: %(words)s. The map is read by everybody at the tables: write the part somebody plays and the number of an office.",
                words="、".join(form.personal[:5])), "warning")


def narrowed(box: ResourceBox, ended: bool = False, whole: bool = False) -> sa.Select:
    """The resources as the box narrows them; those that have ended only when they are asked for, there or by `ended`.
    The `whole` list goes through every row of the readings."""
    chosen, query = box.chosen, current_user.all("social_resource")
    query = query.where(SocialResource.ended_on.is_not(None) if ended or chosen.get("state") == "ended" else SocialResource.ended_on.is_(None))
    if box.words:
        query = query.where(SocialResource.id.in_(words.ids("social_resource", box.words)))
    if "footing" in chosen:
        query = query.where(SocialResource.footing == Footing(chosen["footing"]))
    if "of" in chosen:
        query = query.where(SocialResource.kind == ResourceKind(chosen["of"]))
    if "domain" in chosen:
        query = query.where(SocialResource.id.in_(sa.select(resource_domain.c.resource_id).where(resource_domain.c.domain_code == chosen["domain"])))
    if "area" in chosen:
        query = query.where(SocialResource.area == chosen["area"])
    if chosen.get("state") == "stale":
        query = query.where(stale())
    if chosen.get("state") == "hints":
        query = query.where(SocialResource.id.in_(sa.select(Correction.resource_id).where(Correction.settled_at.is_(None))))
    if "row" in chosen and not whole:
        query = query.where(in_row(chosen["row"]))
    return query.order_by(*in_order)


def _index(box: ResourceBox):
    page, query = page_asked(), narrowed(box)
    found = session.scalars(query.options(*WHOLE).limit(PAGE + 1).offset((page - 1) * PAGE)).unique().all()
    counts, rows = _counts(query), _rows(box)  # asked for a short list, too: a page asks no more when there is more to show
    return render_template("community/index.html", box=box, resources=found[:PAGE], more=len(found) > PAGE, page=page, pages=-(-counts["all"] // PAGE), counts=counts, writes=_writes(),
                           rows=rows if counts["all"] > PAGE or "row" in box.chosen else [],
                           ended=not found and box.words and "state" not in box.chosen and session.scalar(sa.select(narrowed(box, ended=True).order_by(None).exists())))


def _rows(box: ResourceBox) -> list[tuple[str, str, bool]]:
    """(key, what it is called, whether something stands there) of every row of the readings, for a list of several pages."""
    first = sa.func.substr(SocialResource.place, 1, 1)
    there = {kana.row(each) or OTHERS for each in session.scalars(narrowed(box, whole=True).order_by(None).with_only_columns(first).distinct())}
    return [(key, label, key in there) for key, label in box.row.choices if key]


def _counts(query: sa.Select) -> dict[str, int]:
    """How many there are in a list, how many of these informal, and to be checked."""
    there = query.order_by(None).with_only_columns(SocialResource.id, SocialResource.footing, SocialResource.checked_on, SocialResource.ended_on).subquery()
    inside = SocialResource.id.in_(sa.select(there.c.id))
    count = lambda *more: sa.select(sa.func.count()).select_from(SocialResource).where(inside, *more).scalar_subquery()  # noqa: E731
    return dict(session.execute(sa.select(count().label("all"), count(SocialResource.footing == Footing.INFORMAL).label("informal"), count(stale()).label("stale"))).mappings().one())


def _resource(resource_id: int) -> SocialResource:
    return current_user.find("social_resource", resource_id, "write", *WHOLE)


def _writes() -> bool:
    return current_user.coordinator or current_user.admin


def _show(resource: SocialResource, ending: EndForm | None = None, correcting: CorrectionForm | None = None):
    hints = session.scalars(current_user.all("correction").where(Correction.resource_id == resource.id).order_by(Correction.settled_at.is_not(None), Correction.id.desc())).unique().all()
    wish = resource.proposal_id if resource.proposal_id and current_user.may("see", "proposal", resource.proposal_id) else None
    return render_template("community/show.html", resource=resource, writes=_writes(), hints=hints, labels=LABELS, wish=wish, form=Form(), ending=ending or EndForm.today(), ending_open=ending is not None,
                           correcting=correcting or CorrectionForm(formdata=None), correcting_open=correcting is not None, settling=SettleForm(formdata=None))
