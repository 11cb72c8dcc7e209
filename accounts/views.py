"""Doors for signing in and out, the first visit, one's own password, and the administrator's accounts."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
import sqlalchemy as sa

from accounts import leaving, signing_in
from accounts.forms import AccountForm, FirstVisitForm, PasswordForm, SignInForm
from accounts.models import Role, User
from core import audit, languages, text
from core.access import office, public, signed_in
from core.database import session
from core.languages import _
from core.office import Office, office as the_office

bp = Blueprint("accounts", __name__)


def _own_page(target: str | None) -> str | None:
    """A path of this site, or None: nobody is sent elsewhere after signing in."""
    own = bool(target) and target.startswith("/") and not target.startswith("//") and not urlsplit(target).netloc
    # browsers read \ as / and leave out control characters: neither stands in an address of ours
    return target if own and "\\" not in target and not text.unkeepable(target) and not set("\t\n\r") & set(target) else None


@bp.get("/sign-in")
@public
def sign_in():
    if signing_in.people() == 0:
        return redirect(url_for("accounts.first_visit"), 303)
    return render_template("accounts/sign_in.html", form=SignInForm(), samples=_samples(), next=_own_page(request.args.get("next")))


@bp.post("/sign-in")
@public
@signing_in.limiter.limit("120/minute")  # a whole meeting may sign in at once through one address
@signing_in.limiter.limit("10/minute", key_func=lambda: "login:" + request.form.get("login", "")[:60])
def begin():
    form = SignInForm()
    target = _own_page(request.form.get("next"))
    if form.accepts():
        user = User.by_password(form.login.data, form.password.data)
        if user:
            signing_in.begin(user)
            return _go_on(target)
        form.password.errors = [_("The name and the password do not fit together.")]
        session.rollback()
        audit.note("sign-in refused", "user/-")
        session.commit()  # an attempt is on record even though nobody came in
    return render_template("accounts/sign_in.html", form=form, samples=_samples(), next=target, kept=_kept()), 422


def _kept() -> list[tuple[str, str]]:
    """What was typed into another page before the sign-in ended, as it came with this form."""
    return [(name, value) for name, value in request.form.items(multi=True) if name == "resume" or name.startswith("kept.")]


def _go_on(target: str | None):
    back = _own_page(request.form.get("resume"))
    if back is None:
        return redirect(target or url_for("home.show"), 303)
    typed = [(name.removeprefix("kept."), value) for name, value in _kept() if name != "resume"]
    return render_template("kept.html", title=_("You are signed in again."), status=200, typed=typed, back=back)


@bp.get("/session")
@signed_in()
def standing():
    """For the room's script: whose sign-in stands here, the token its next save needs, the keys of what it keeps meanwhile."""
    return {"csrf": generate_csrf(), "who": current_user.id, "keys": current_user.draft_keys}


@bp.post("/sign-out")
@signed_in()
def end():
    signing_in.end(current_user)
    return redirect(url_for("accounts.sign_in"), 303)


@bp.post("/language")
@public
def language():
    chosen = request.form.get("language", "")
    if chosen not in languages.LANGUAGES:
        abort(400)
    response = redirect(_own_page(request.form.get("next")) or url_for("home.show"), 303)
    response.set_cookie("language", chosen, max_age=365 * 86400, httponly=True, samesite="Lax",
                        secure=current_app.config["SESSION_COOKIE_SECURE"])
    return response


@bp.get("/first-visit")
@public
def first_visit():
    _only_once()
    return render_template("accounts/first_visit.html", form=FirstVisitForm())


@bp.post("/first-visit")
@public
def settle():
    _only_once()
    form = FirstVisitForm()
    if not form.accepts():
        return render_template("accounts/first_visit.html", form=form), 422
    session.add(Office(id=1, name=form.office.data))
    roles = [Role.ADMIN, *([Role.COORDINATOR] if form.coordinates.data else [])]
    user = User.enrol(form.login.data, form.name.data, form.password.data, roles)
    session.flush()
    signing_in.begin(user)
    return redirect(url_for("home.show"), 303)


def _only_once():
    if signing_in.people():
        abort(404)


@bp.get("/password")
@signed_in()
def password():
    return render_template("accounts/password.html", form=PasswordForm())


@bp.post("/password")
@signed_in()
@signing_in.limiter.limit("10/minute")
def change_password():
    form = PasswordForm()
    if form.accepts() and not current_user.knows(form.password.data):
        form.password.errors = [_("This is not your present password.")]
    if form.errors:
        return render_template("accounts/password.html", form=form), 422
    user = session.get(User, current_user.id)
    user.change_password(form.new_password.data)
    session.flush()
    signing_in.begin(user)
    flash(_("Your password is changed. You are signed out everywhere else."), "success")
    return redirect(url_for("home.show"), 303)


@bp.get("/accounts")
@office("admin")
def index():
    return render_template("accounts/index.html", users=User.listed())


@bp.get("/accounts/new")
@office("admin")
def new():
    return render_template("accounts/edit.html", form=AccountForm(), user=None)


@bp.post("/accounts")
@office("admin")
def create():
    form = AccountForm()
    sound = form.accepts()
    if sound and not form.password.data:
        form.password.errors = [_("Please fill this in.")]
        sound = False
    if not sound:
        return render_template("accounts/edit.html", form=form, user=None), form.status
    user = User.enrol(form.login.data, form.name.data, form.password.data, form.chosen)
    user.must_change_password = True
    flash(_("The account is made. Its owner chooses a password of their own at the first sign-in."), "success")
    return redirect(url_for("accounts.index"), 303)


@bp.get("/accounts/<int:user_id>")
@office("admin")
def edit(user_id):
    user = _account(user_id)
    form = AccountForm(own_id=user.id, data=dict(
        name=user.name, login=user.login, roles=[each.value for each in user.roles],
        version=str(user.version)))
    return render_template("accounts/edit.html", form=form, user=user)


@bp.post("/accounts/<int:user_id>")
@office("admin")
def update(user_id):
    user = _account(user_id)
    form = AccountForm(own_id=user.id)
    sound = form.accepts(user)
    if sound and _last_admin(user) and Role.ADMIN not in form.chosen:
        form.roles.errors = [_("Somebody must remain administrator.")]
        sound = False
    if not sound:
        return render_template("accounts/edit.html", form=form, user=user), form.status
    if user.coordinator and Role.COORDINATOR not in form.chosen:
        leaving.ask(user)
    user.name, user.login = form.name.data, form.login.data
    user.take_roles(form.chosen)
    if form.password.data:
        user.change_password(form.password.data, for_now=True)
    flash(_("Saved."), "success")
    return redirect(url_for("accounts.index"), 303)


@bp.post("/accounts/<int:user_id>/departure")
@office("admin")
def depart(user_id):
    user = _account(user_id)
    if _last_admin(user):
        flash(_("Somebody must remain administrator."), "error")
    else:
        leaving.ask(user)
        user.leave()
        flash(_("The account is out of use. What the person did stays on record."), "success")
    return redirect(url_for("accounts.index"), 303)


def _account(user_id: int) -> User:
    return session.get(User, user_id) or abort(404)


def _last_admin(user: User) -> bool:
    others = session.scalars(sa.select(User).where(User.active.is_(True), User.id != user.id))
    return user.admin and not any(each.admin for each in others)


def _samples() -> list[tuple[str, str, str]]:
    """(name, password, what they do) of the sample accounts, only while sample data is in use."""
    here = the_office()
    if not here or not here.sample:
        return []
    return [("facilitator", "kurumaza-facilitator", _("Runs the meeting")), ("participant", "kurumaza-participant", _("Sits for a case")),
            ("clerk", "kurumaza-clerk", _("Files the minutes")), ("admin", "kurumaza-admin", _("Keeps accounts and settings"))]
