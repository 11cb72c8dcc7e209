"""Who sits behind a personal link: asked in one place. A door marked `@guest` opens to nobody else, and is given the link.

The browser keeps a signed secret and when it was last seen, for the addresses below /l only; the sitting itself lies on the
server. A guest is nobody to the rest of the house: no other door looks at this cookie.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import wraps

from flask import current_app, make_response, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import HTTPException

from core import audit, forms
from core.access import Rule
from core.database import session, utcnow
from core.web import Refused
from links.models import Link
from links.pages import closed, enter, said
from links.sittings import GuestSitting

COOKIE, PATH = "kurumaza_link", "/l"


def guest(view):
    """Only whoever has entered by a personal link passes; the view is given that link, and knows of nothing else."""

    @wraps(view)
    def door(**ids):
        sitting, seen = here()
        if sitting is None:
            return said("nobody", 404)
        elif sitting.link.ending:
            return closed(sitting.link)
        elif sitting.asleep(seen):
            return enter(sitting.link, "/l/again", 401)
        else:
            return _pass(view, sitting.link, ids)

    door.rule, door.guest = Rule(everyone=True), True
    return door


def here() -> tuple[GuestSitting | None, datetime]:
    """The sitting of this browser, asleep or not, and when it was last seen."""
    try:
        secret, seen = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return None, utcnow()
    return GuestSitting.of(secret), datetime.fromtimestamp(seen, UTC)


def admit(link: Link, response):
    """Let whoever knew the code sit down on this browser."""
    before, _seen = here()
    if before:
        before.end()
    _act_as(link)
    audit.note("entered", f"link/{link.id}")
    return _remember(response, GuestSitting.begin(link))


def show_out(response):
    """End the sitting of this browser."""
    sitting, _seen = here()
    sitting.end()
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _pass(view, link: Link, ids: dict):
    _act_as(link)
    try:
        response = make_response(view(link, **ids))
    except Refused as refusal:
        session.rollback()
        return render_template("links/refused.html", title=str(refusal), text=refusal.way_on), 409
    except HTTPException as fault:
        session.rollback()
        return said("missing", fault.code or 404)
    if request.method == "POST" and response.status_code == 303:
        forms.keep_result(response.location)  # a double click only shows the result again
    secret = _signer().loads(request.cookies[COOKIE])[0]
    return response if "Set-Cookie" in response.headers else _remember(response, secret)


def _act_as(link: Link) -> None:
    audit.acting(f"link/{link.id}", request.remote_addr or "")


def _remember(response, secret: str):
    # The cookie itself remembers the last request: a GET writes nothing to the database.
    response.set_cookie(COOKIE, _signer().dumps([secret, utcnow().timestamp()]), path=PATH, httponly=True, samesite="Strict",
                        secure=current_app.config["SESSION_COOKIE_SECURE"])
    return response


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="guest sitting")
