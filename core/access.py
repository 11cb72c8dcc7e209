"""Who may pass: every door declares its rule, every record is found through the signed-in person.

A *rule* stands on the view function (`@public`, `@signed_in`, `@office(…)`) and is asked before the view
runs; a door without one keeps the whole application from starting. A *finder* says which records of a
kind a person may see, run or write; the features register theirs (`meetings/rights.py` holds the page of
who may see which case), and what a finder does not give is answered 404, as if it did not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
import sqlalchemy as sa

from core import clock
from core.database import session


@dataclass(frozen=True)
class Rule:
    """What a door asks: nobody in particular, a signed-in person, or one of these office roles."""

    everyone: bool = False
    roles: frozenset[str] = frozenset()
    record: str = ""  # the kind of record the URL's id names, for the reader and the tests
    act: str = "see"


def public(view):
    """Anyone may pass, signed in or not."""
    view.rule = Rule(everyone=True)
    return view


def signed_in(record: str = "", act: str = "see"):
    """Whoever is signed in may pass; `record` and `act` name what the view will ask the person for."""

    def declare(view):
        view.rule = Rule(record=record, act=act)
        return view

    return declare


def office(*roles: str, record: str = "", act: str = "see"):
    """Only people holding one of these office roles may pass; for others the door does not exist (404)."""

    def declare(view):
        view.rule = Rule(roles=frozenset(roles), record=record, act=act)
        return view

    return declare


_finders: dict[tuple[str, str], object] = {}


def finder(kind: str, act: str = "see"):
    """Register `function(person) -> Select` as the one answer to which records of `kind` a person may `act` on."""

    def register(function):
        _finders[kind, act] = function
        return function

    return register


def visible(person, kind: str, act: str = "see") -> sa.Select:
    """The SELECT of all records of a kind this person may act on. KeyError for a kind nobody registered.

    A finder reads of a person who they are and which office roles they hold, and of the world which day it is: so its
    SELECT is put together once a day for each of them. (What it finds is asked anew each time.)
    """
    return _select(kind, act, Asker(person.id, frozenset(person.roles)), clock.today())


@dataclass(frozen=True)
class Asker:
    """What a finder may know of a person."""

    id: int
    roles: frozenset


@lru_cache(maxsize=2048)
def _select(kind: str, act: str, person: Asker, _today) -> sa.Select:
    return _finders[kind, act](person)


def find(person, kind: str, id: int, act: str = "see", *options):
    """The record, if this person may act on it; otherwise the request ends with 404, existing or not.

    `options` are SQLAlchemy's loader options, for doors that need less of a record than its pages do.
    """
    query = visible(person, kind, act).options(*options)
    model = query.column_descriptions[0]["entity"]
    if not 0 < id < 2**31:  # beyond what either database keeps as an id
        abort(404)
    found = session.scalars(query.where(model.id == id)).unique().first()
    if found is None:
        abort(404)
    return found


def may(person, kind: str, id: int, act: str = "see") -> bool:
    """Whether this person may act on the record with this id."""
    query = visible(person, kind, act)
    model = query.column_descriptions[0]["entity"]
    return session.scalar(sa.select(query.where(model.id == id).exists())) or False


def opens(endpoint: str) -> bool:
    """Whether whoever is signed in may open a page by their role (a link to it leads somewhere). Of single records it says nothing."""
    rule = current_app.view_functions[endpoint].rule
    return not rule.roles or bool(rule.roles & current_user.role_names)


def guard(app: Flask) -> None:
    """Ask every request for its door's rule; refuse to start with a door that declares none."""
    undeclared = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "rule")]
    if undeclared:
        raise RuntimeError(f"no access rule declared for: {', '.join(sorted(undeclared))}")
    unknown = [view.rule for view in app.view_functions.values()
               if getattr(view, "rule", None) and view.rule.record and (view.rule.record, view.rule.act) not in _finders]
    if unknown:
        raise RuntimeError(f"nobody says who may see: {unknown}")
    app.before_request(_ask)


def _ask():
    if request.endpoint is None or request.endpoint == "static":
        return None  # nothing there (404 follows), or a file shipped with the product
    rule = current_app.view_functions[request.endpoint].rule
    if rule.everyone:
        return None
    if not current_user.is_authenticated:
        return _to_the_gate()
    if current_user.must_change_password and request.endpoint not in ("accounts.password", "accounts.change_password"):
        return redirect(url_for("accounts.password"), 303)
    if rule.roles and not rule.roles & current_user.role_names:
        abort(404)
    return None


def _to_the_gate():
    for_a_person = not request.headers.get("X-Part") and request.headers.get("Accept") != "text/event-stream"
    if request.method in ("GET", "HEAD") and for_a_person:
        here = request.full_path if request.query_string else request.path
        return redirect(url_for("accounts.sign_in", next=here if here != "/" else None), 303)
    else:
        abort(401)  # the error page keeps what was typed and offers to sign in again
