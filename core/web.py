"""What every request goes through: one transaction, security headers, one language, errors a person can read."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import Flask, Response, g, make_response, redirect, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
import sqlalchemy as sa
import sqlalchemy.orm.exc
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from core import audit, forms, languages
from core.database import gave_way, reading, session
from core.languages import _

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
          "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Refused(Exception):
    """A rule of the house says no. `str()` is the reason in the user's language; `way_on` says what to do instead, and `to`
    is the page of the app on which it is done, if there is one."""

    def __init__(self, reason: str, way_on: str = "", to: str = ""):
        super().__init__(reason)
        self.way_on, self.to = way_on, to


class Number(IntegerConverter):
    """A number in an address: plain digits, and no more than either database keeps as an id."""

    regex = "[0-9]+"

    def __init__(self, map, *args, max=2**31 - 1, **more):
        super().__init__(map, *args, max=max, **more)


def install(app: Flask) -> None:
    """Put the house's habits around every request of the application."""
    app.url_map.converters["int"] = Number
    app.before_request(_begin)
    CSRFProtect(app)
    app.after_request(_finish)
    app.teardown_appcontext(lambda _error: session.remove())
    app.register_error_handler(HTTPException, _http_fault)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(sa.orm.exc.StaleDataError, _crossed)
    app.register_error_handler(sa.exc.IntegrityError, _crossed)
    app.register_error_handler(sa.exc.OperationalError, _held_up)
    app.register_error_handler(Exception, _broken)


def _begin():
    session.remove()
    reading.set(request.method in SAFE)
    languages.speak(request.cookies.get("language", "ja"))
    if request.endpoint == "static":
        return None
    audit.acting(current_user.login if current_user.is_authenticated else "-", request.remote_addr or "")
    if request.method not in SAFE:
        if _foreign():
            return _page(403, _("This request came from another site."), _("Open Kurumaza itself and try again there."))
        if earlier := forms.earlier_result():
            return redirect(earlier, 303)
    return None


def _foreign() -> bool:
    """Whether a browser says that a page of another origin sent this (Fetch Metadata; RFC 6454)."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site in ("cross-site", "same-site"):
        return True
    else:
        return bool(origin) and origin != "null" and urlsplit(origin).netloc != request.host


def _finish(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    if request.method in SAFE:
        audit.append_noted()
        session.rollback()
    elif response.status_code < 400:
        return _commit(response)
    else:
        session.rollback()
        # Refused only because the other click of a double click was faster? (What was too much was never read.)
        if response.status_code != 413 and (earlier := forms.earlier_result()):
            return redirect(earlier, 303)
    return response


def _commit(response):
    try:
        if response.status_code == 303 and current_user.is_authenticated:
            forms.keep_result(response.location)
        session.commit()
        return response
    except (sa.exc.IntegrityError, sa.orm.exc.StaleDataError) as fault:
        return make_response(_crossed(fault))
    except sa.exc.OperationalError as fault:
        return make_response(_held_up(fault))


def download(content: bytes, kind: str, name: str) -> Response:
    """A file to be kept, under a name that may be Japanese (RFC 6266) and never holds a person's name."""
    plain = "file." + name.rpartition(".")[2]
    return Response(content, mimetype=kind, headers={
        "Content-Disposition": f"attachment; filename={plain}; filename*=UTF-8''{quote(name)}"})


def wants_part() -> bool:
    """Whether our own script asks for a part of a page (or a stream of news) rather than a person for a whole one."""
    return bool(request.headers.get("X-Part")) or request.headers.get("Accept") == "text/event-stream"


def _page(status: int, title: str, text: str = "", template: str = "error.html", **more):
    session.rollback()
    return render_template("_fault.html" if wants_part() else template, status=status, title=title, text=text, **more), status


def _refused(refusal: Refused):
    if any(value.strip() for name, value in kept_words() if name not in ("once", "version", "key", "read")) and not wants_part():
        return _kept(409, str(refusal), refusal.way_on, refusal.to)
    else:
        return _page(409, str(refusal), refusal.way_on, to=refusal.to)


def _stale_page(_fault):
    return _kept(400, _("This page had expired before it was sent."))


def _http_fault(fault: HTTPException):
    if fault.code is None or fault.code < 400:
        return fault
    if fault.code == 401:
        return _kept(401, _("You have been signed out."))
    words = {
        403: (_("You may not do this."), ""),
        404: (_("There is no such page."), _("It may have moved, or it is not open to you.")),
        405: (_("This page cannot be used that way."), _("Go back and use the buttons on the page.")),
        413: (_("That was too much at once."), _("Send it in smaller pieces.")),
        429: (_("Too many attempts."), _("Wait a minute, then try again.")),
    }
    title, text = words.get(fault.code, (_("That did not work."), _("Go back and try again.")))
    return _page(fault.code, title, text)


def _kept(status: int, title: str, text: str = "", to: str = ""):
    """Keep what was typed in the page itself, to be sent again after signing in; only for our own pages' forms."""
    return _page(status, title, text, "kept.html", typed=kept_words(), back=request.path, to=to)


def kept_words() -> list[tuple[str, str]]:
    """What was typed into the page that sent this, but for tokens, passwords and codes: to be sent again."""
    left_out = ("csrf_token", "password", "new_password", "repeated", "personal_code")
    return [(name, value) for name, value in request.form.items(multi=True) if name not in left_out]


def _crossed(_fault):
    session.rollback()
    if earlier := forms.earlier_result():  # the other click of a double click was faster
        return redirect(earlier, 303)
    return _kept(409, _("Somebody else changed the same thing at this very moment."))


def _held_up(fault: sa.exc.OperationalError):
    """Two who wait for each other: the database sends one of them away. The page's own script sends a part again by itself."""
    if not gave_way(fault) or request.method in SAFE:
        return _broken(fault)
    elif wants_part():
        return _page(503, _("Somebody else changed the same thing at this very moment."))
    else:
        return _crossed(fault)


def _broken(fault: Exception):
    from core import log

    g.fault = log.fault(fault)
    return _page(500, _("Something in Kurumaza broke."), _("What you typed is still in your browser: go back. "
                                                         "Tell the administrator this number: %(number)s.", number=g.fault))
