"""Doors to a person's own calendar: the page on which its address is made and stopped, and the address itself."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core import audit
from core.access import public, signed_in
from core.database import session
from core.languages import _
from home import feed
from home.feed import Feed

bp = Blueprint("feed", __name__)
GONE = "このカレンダーの配信は終わりました。車座の「カレンダーの購読」のページをご覧ください。\n"


@bp.get("/calendar")
@signed_in()
def show():
    return render_template("home/feed.html", feed=session.get(Feed, current_user.id), address="")


@bp.post("/calendar/address")
@signed_in()
def renew():
    """The answer is the page itself: the address exists in this moment only."""
    renewed, token = session.get(Feed, current_user.id) is not None, Feed.renew(current_user)
    audit.note("feed.renewed", f"user/{current_user.id}")
    base = current_app.config["KURUMAZA"].base_url or request.host_url.rstrip("/")
    return render_template("home/feed.html", feed=session.get(Feed, current_user.id), renewed=renewed,
                           address=base + url_for("feed.ics", feed_token=token))


@bp.post("/calendar/end")
@signed_in()
def stop():
    Feed.stop(current_user)
    audit.note("feed.stopped", f"user/{current_user.id}")
    flash(_("The calendar address is stopped. Calendars that used it get nothing more."), "success")
    return redirect(url_for("feed.show"), 303)


@bp.get("/calendar/<string(length=32):feed_token>.ics")
@public
def ics(feed_token):
    found = Feed.at(feed_token)
    if found is None or not found.open:
        return Response(GONE, 404 if found is None else 410, mimetype="text/plain")
    answer = Response(feed.of(found.user), mimetype="text/calendar", headers={
        "Cache-Control": "private, no-cache", "Content-Disposition": "inline; filename=kurumaza.ics"})
    answer.add_etag()
    return answer.make_conditional(request)
