"""How the application knows who asks: a signed cookie holds the secret of a sign-in that the server can end."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, g, session as cookie
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf

from accounts.models import IDLE, SignIn, User
from core import audit, search
from core.database import session, utcnow

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)


def install(app: Flask) -> None:
    """Teach the application to recognise its people."""
    manager = LoginManager(app)
    manager.session_protection = None  # the server-side sign-in decides, not the browser's name
    manager.user_loader(_person)
    limiter.init_app(app)
    app.after_request(_stay_awake)


def begin(user: User) -> None:
    """Sign a person in on this browser, with a fresh cookie; whoever was signed in here is not any more."""
    if current_user.is_authenticated and (standing := SignIn.of(current_user.get_id())):
        standing.ended_at = utcnow()
    _fresh_cookie()  # nothing of an earlier visitor stays (session fixation)
    user.sign_in_secret = SignIn.begin(user)
    cookie.permanent = True
    cookie["seen"] = utcnow().timestamp()
    login_user(user)
    audit.acting(user.login)
    audit.note("signed in", f"user/{user.id}")


def end(user: User) -> None:
    """Sign the person out on this browser; drafts kept there can no longer be read."""
    SignIn.of(user.sign_in_secret).sign_out()
    search.forget(user)
    audit.note("signed out", f"user/{user.id}")
    logout_user()
    _fresh_cookie()


def _fresh_cookie() -> None:
    # With its token from the start: two tabs that each made one for the same cookie would end each other's forms.
    cookie.clear()
    g.pop("csrf_token", None)  # a page answered at once carries the token of the new cookie
    generate_csrf()


def _person(secret: str) -> User | None:
    seen = datetime.fromtimestamp(cookie.get("seen", 0), UTC)
    standing = SignIn.of(secret) if utcnow() - seen < IDLE else None
    if standing is None:
        return None
    standing.user.sign_in_secret = secret
    return standing.user


def _stay_awake(response):
    # The cookie itself remembers the last request: a GET writes nothing to the database.
    if current_user.is_authenticated and utcnow().timestamp() - cookie.get("seen", 0) > 60:
        cookie["seen"] = utcnow().timestamp()
    return response


def people() -> int:
    """How many accounts there are: none means that this is the first visit."""
    import sqlalchemy as sa

    return session.scalar(sa.select(sa.func.count()).select_from(User))
