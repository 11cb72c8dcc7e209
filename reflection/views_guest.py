"""The same minute behind a personal link; nothing is noted of it either."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for

from links.guests import guest
from reflection import asking, rounds
from reflection.forms import ReflectionForm

bp = Blueprint("guest_reflection", __name__)


@bp.get("/l/reflection")
@guest
def edit(link):
    meeting = _asked(link)
    return _page(meeting, link, ReflectionForm(meeting, formdata=None))


@bp.post("/l/reflection")
@guest
def create(link):
    meeting = _asked(link)
    form = ReflectionForm(meeting)
    if not form.accepts():
        return _page(meeting, link, form), form.status
    rounds.put_in(meeting, link.member_id, form.said)
    return redirect(url_for("guest_reflection.edit"), 303)


def _asked(link):
    return asking.meeting_of(link) or abort(404)


def _page(meeting, link, form):
    done = bool(rounds.answered([meeting.id], link.member_id))
    return render_template("reflection/guest.html", meeting=meeting, form=form, done=done, running=rounds.runs(meeting), until=rounds.last_day(meeting))
