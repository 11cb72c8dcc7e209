"""Doors of a personal link: looking at it does nothing, the right code lets in.

Mail scanners and previews open every address they find: a GET acts on nothing, tells nothing and counts as no try.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from accounts.signing_in import limiter
from core import audit, keyed
from core.access import public
from core.database import session
from core.languages import ngettext
from links import guests
from links.forms import CodeForm
from links.models import Link
from links.pages import closed, enter as ask, said
from notices.kinds import NoticeKind
from notices.models import tell

bp = Blueprint("links", __name__)
PLACE = "/l/own"


@bp.get("/l/<token>")
@public
def show(token):
    link = Link.of(token)
    return closed(link) or ask(link, request.path)


@bp.post("/l/<token>")
@public
@limiter.limit("120/minute")  # a whole office sits behind one address
@limiter.limit("10/minute", key_func=lambda: "link:" + keyed.digest("limit", request.path))
def enter(token):
    link = Link.of(token)
    return closed(link) or _try(link, request.path)


@bp.post("/l/again")
@public
@limiter.limit("120/minute")
@limiter.limit("10/minute", key_func=lambda: "link:" + keyed.digest("limit", request.cookies.get(guests.COOKIE, "")))
def again():
    """The code once more, where a sitting was asleep: the browser still knows of which link."""
    sitting, _seen = guests.here()
    return (closed(sitting.link) or _try(sitting.link, request.path)) if sitting else said("nobody", 404)


@bp.post("/l/end")
@guests.guest
def leave(link):
    return guests.show_out(redirect(url_for("links.left"), 303))


@bp.get("/l/ended")
@public
def left():
    return said("ended", 200)


def _try(link: Link, action: str):
    form = CodeForm()
    if not form.accepts():
        return ask(link, action, 422, form)
    elif link.opens(form.code):
        return guests.admit(link, _go_on())
    else:
        return _wrong(link, action, form)


def _wrong(link: Link, action: str, form: CodeForm):
    audit.note("code refused", f"link/{link.id}")
    if link.locked:
        audit.note("locked", f"link/{link.id}")
        _tell_issuer(link)
    form.personal_code.errors = [ngettext("This is not the code. %(num)s try is left.", "This is not the code. %(num)s tries are left.",
                                          link.tries_left)]
    form.personal_code.data, form.personal_code.raw_data = "", None
    session.commit()  # the try counts even though nobody came in
    return closed(link) or ask(link, action, 422, form)


def _tell_issuer(link: Link) -> None:
    if link.issued_by.member:
        tell(link.issued_by.member, NoticeKind.LINK_LOCKED, f"link-locked/{link.id}", f"{link.meeting.name} {link.meeting.reference}",
             url_for("followup.show", meeting_id=link.meeting_id), link.meeting.topic)


def _go_on():
    back = request.form.get("resume", "")
    typed = [(name.removeprefix("kept."), value) for name, value in request.form.items(multi=True) if name.startswith("kept.")]
    if back.startswith("/l/") and typed:
        return make_response(render_template("links/resumed.html", typed=typed, back=back))
    else:
        return redirect(PLACE, 303)
