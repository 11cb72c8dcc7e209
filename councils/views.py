"""Doors to the councils: the list, one council with its members and sessions, what it is."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from core import audit, clock
from core.access import office, signed_in
from core.database import session
from core.languages import _
from councils.forms import CouncilForm
from councils.models import Council
from councils.sessions import CouncilSession
from meetings.models import Meeting

bp = Blueprint("councils", __name__)


@bp.get("/councils")
@signed_in()
def index():
    seen = current_user.all("council").options(orm.selectinload(Council.terms)).order_by(Council.ended_on.is_not(None), Council.name, Council.id)
    councils = session.scalars(seen).unique().all()
    return render_template("councils/index.html", councils=councils, last=_last(councils), on=clock.today())


@bp.get("/councils/new")
@office("coordinator")
def new():
    return _form(None, CouncilForm(data=dict(chair_title="委員長", quorum="majority", proxies_count=True, keepers=[str(current_user.id)])))


@bp.post("/councils")
@office("coordinator")
def create():
    form = CouncilForm()
    if not form.accepts():
        return _form(None, form), form.status
    council = Council.found(current_user, **form.words)
    council.kept_by(form.chosen)
    session.flush()
    flash(_("The council is set up. Next: write down its members."), "success")
    return redirect(url_for("councils.show", council_id=council.id), 303)


@bp.get("/councils/<int:council_id>")
@signed_in(record="council")
def show(council_id):
    council = current_user.find("council", council_id)
    audit.saw(f"council/{council.id}")
    sittings = CouncilSession.held_in(council)
    years = sorted({each.meeting.fiscal_year for each in sittings} | {clock.fiscal_year(clock.today())}, reverse=True)
    latest = max((each.meeting.fiscal_year for each in sittings), default=years[0])
    year = next((each for each in years if str(each) == request.args.get("year")), latest)
    return render_template("councils/show.html", council=council, on=clock.today(), years=years, year=year,
                           sittings=[each for each in sittings if each.meeting.fiscal_year == year], open_to_me=_open_to_me(sittings),
                           running=current_user.may("run", "council", council.id), reporting=current_user.may("report", "council", council.id))


@bp.get("/councils/<int:council_id>/edit")
@office("coordinator", record="council", act="run")
def edit(council_id):
    council = current_user.find("council", council_id, to="run")
    plain = {name: getattr(council, name) for name in ("name", "purpose", "ground", "chair_title", "proxies_count", "public", "through", "ended_on")}
    return _form(council, CouncilForm(data=plain | dict(quorum=council.quorum.value, version=str(council.version),
                                                        keepers=[str(each.user_id) for each in council.keepers])))


@bp.post("/councils/<int:council_id>")
@office("coordinator", record="council", act="run")
def update(council_id):
    council, form = current_user.find("council", council_id, to="run"), CouncilForm()
    if not form.accepts(council):
        return _form(council, form), form.status
    for name, value in form.words.items():
        setattr(council, name, value)
    council.kept_by(form.chosen)
    flash(_("Saved."), "success")
    return redirect(url_for("councils.show" if current_user.id in {each.user_id for each in council.keepers} else "councils.index", council_id=council.id), 303)


def _form(council: Council | None, form: CouncilForm):
    return render_template("councils/edit.html", council=council, form=form)


def _open_to_me(sittings: list[CouncilSession]) -> set[int]:
    """Of these sessions' meetings, those whose page the person may open."""
    ids = [each.meeting_id for each in sittings]
    return set(session.scalars(current_user.all("meeting").where(Meeting.id.in_(ids)).with_only_columns(Meeting.id)))


def _last(councils) -> dict[int, tuple]:
    """Of each council when it last sat or will next sit."""
    query = (sa.select(CouncilSession.council_id, sa.func.max(Meeting.starts_at), sa.func.count()).join(CouncilSession.meeting)
             .where(CouncilSession.council_id.in_([each.id for each in councils]), Meeting.cancelled_at.is_(None)).group_by(CouncilSession.council_id))
    return {id: (last, count) for id, last, count in session.execute(query)}
