"""What somebody before the door is shown: the field for the code, or in plain words why the link opens nothing."""

from __future__ import annotations

from flask import make_response, render_template, request

from core.web import kept_words
from links.forms import CodeForm
from links.models import Ending, Link

GONE = {Ending.EXPIRED: 410, Ending.REVOKED: 410, Ending.CALLED_OFF: 410, Ending.LEFT: 410, Ending.ACCOUNT: 410, Ending.LOCKED: 403}


def closed(link: Link | None):
    """The page of a link that opens nothing; None while it works."""
    if link is None:
        return said("unknown", 404)
    elif link.ending:
        return said(link.ending.value, GONE[link.ending])
    else:
        return None


def said(why: str, status: int):
    """A plain page: what happened, what to do, whom to call."""
    return _quiet(render_template("links/closed.html", why=why), status)


def enter(link: Link, action: str, status: int = 200, form: CodeForm | None = None):
    """The page that asks for the code, and says neither whose link it is nor what it is about. What was typed into a page
    whose sitting had ended goes with it."""
    form = form or CodeForm(formdata=None)
    return _quiet(render_template("links/enter.html", form=form, action=action, kept=_kept(status), again=action == "/l/again"), status)


def _kept(status: int) -> list[tuple[str, str]]:
    """What goes along with the code: the words of the page just sent, or those that came with the last try."""
    if status == 401 and request.method == "POST":
        return [("resume", request.path), *((f"kept.{name}", value) for name, value in kept_words())]
    else:
        return [(name, value) for name, value in request.form.items(multi=True) if name == "resume" or name.startswith("kept.")]


def _quiet(page: str, status: int):
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "strict-origin"  # the address is half of the key: it goes nowhere, not even to ourselves
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
