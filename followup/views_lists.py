"""Doors to the lists of roles: mine, my agency's, those of the cases I run, those of one case."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from flask_login import current_user
import sqlalchemy as sa

from actions.models import ActionItem
from core import audit, clock
from core.access import signed_in
from core.database import session
from core.pages import page_asked
from core.web import download
from followup import lists, table
from followup.groups import grouped
from followup.lists import RoleBox

bp = Blueprint("lists", __name__)
PAGE = 50
FOLDED = 10  # of what is finished, below the list


@bp.get("/actions")
@signed_in()
def index():
    """One of my lists (`?of=`), the overdue first."""
    return _list(RoleBox.read(person=current_user))


@bp.post("/actions/search")
@signed_in()
def find():
    box = RoleBox(person=current_user)
    return redirect(box.address("lists.index"), 303) if box.accepts() else (_list(box), box.status)


@bp.get("/actions.csv")
@signed_in()
def csv():
    """The whole list, as far as it is narrowed down, as a table to take away."""
    return _taken_away(RoleBox.read(person=current_user))


@bp.get("/cases/<int:case_id>/actions")
@signed_in(record="case")
def of_case(case_id):
    return _list(RoleBox.read(person=current_user, within=current_user.case(case_id)))


@bp.post("/cases/<int:case_id>/actions/search")
@signed_in(record="case")
def find_in_case(case_id):
    box = RoleBox(person=current_user, within=current_user.case(case_id))
    return redirect(box.address("lists.of_case", case_id=case_id), 303) if box.accepts() else (_list(box), box.status)


@bp.get("/cases/<int:case_id>/actions.csv")
@signed_in(record="case")
def csv_of_case(case_id):
    return _taken_away(RoleBox.read(person=current_user, within=current_user.case(case_id)))


def _list(box: RoleBox):
    page, state = page_asked(), box.chosen.get("state")
    audit.saw(_name(box))
    roles, more = lists.fetched(lists.listed(box), page, PAGE) if box.scope else ([], False)
    counts = lists.counts(box) if box.scope else {}
    folded = lists.finished(box, FOLDED) if counts.get("done") and page == 1 and not state else []
    return render_template("followup/list.html", box=box, groups=grouped(roles, clock.today(), _looked_for(roles) if box.scope == "mine" and state != "done" else ()), page=page, more=more, counts=counts,
                           folded=folded, answerable=_mine(roles, "answer"), reportable=_mine(roles, "report"), waiting=lists.waiting(current_user) if box.scope == "mine" and not box.narrowed else 0, states=lists.STATES,
                           scopes={each: lists.SCOPES[each] for each in lists.scopes(current_user)},
                           looking=_looking(box), running=box.within is not None and current_user.may("run", "case", box.within.id))


def _taken_away(box: RoleBox):
    content = table.as_csv(lists.fetched(lists.listed(box), 1, table.MOST)[0] if box.scope else [])
    audit.note("exported", _name(box), "csv")
    return download(content, "text/csv", f"役割_{clock.today():%Y%m%d}.csv")


def _name(box: RoleBox) -> str:
    """How the audit names the list."""
    return f"case/{box.within.id}" if box.within else f"actions/{ {'mine': 'own'}.get(box.scope, box.scope or 'none') }"


def _mine(roles: list[ActionItem], act: str) -> set[int]:
    """Ids of those among these roles that I may answer, or report on."""
    query = current_user.all("action", act).where(ActionItem.id.in_([each.id for each in roles]))
    return set(session.scalars(query.with_only_columns(ActionItem.id)))


def _looked_for(roles: list[ActionItem]) -> list[ActionItem]:
    """Those among these roles that I do not have, but look for a taker of."""
    found = set(session.scalars(lists.looking(current_user).where(ActionItem.id.in_([each.id for each in roles])).with_only_columns(ActionItem.id)))
    return [each for each in roles if each.id in found]


def _looking(box: RoleBox) -> int:
    """How many roles I look for a taker of: said on my own list."""
    query = lists.looking(current_user).with_only_columns(sa.func.count())
    return session.scalar(query) if box.scope == "mine" else 0
