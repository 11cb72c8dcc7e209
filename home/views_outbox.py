"""The administrator's doors to the outbox: what went out, what waits, what failed and why; and for whoever runs a meeting,
whom its letters did not reach."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
from sqlalchemy import orm

from core import audit, letters, standing
from core.access import office
from core.database import session, utcnow
from core.languages import _, later, ngettext
from core.letters import STATE, Letter
from core.office import office as the_office
from core.pages import page_asked
from core.reasons import Reason
from core.web import Refused
from notices import mailing

bp = Blueprint("outbox", __name__)
PAGE = 50
STATES = {"": later("All"), "failed": later("Failed"), "waiting": later("Waiting"), "unsent": later("Not sent"), "sent": later("Sent")}
CHIPS = {"failed": "chip--stop", "waiting": "chip--info", "unsent": "chip--quiet", "sent": "chip--ok"}


@bp.get("/settings/outbox")
@office("admin")
def index():
    page, state = page_asked(), request.args.get("state", "")
    state = state if state in STATES else ""
    rows = current_user.all("letter").options(orm.defer(Letter.body), orm.defer(Letter.calendar)).order_by(Letter.id.desc())
    rows = rows.where(STATE == state) if state else rows
    found = session.scalars(rows.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    mail = current_app.config["KURUMAZA"]
    return render_template("home/outbox.html", letters=found[:PAGE], more=len(found) > PAGE, page=page, state=state, states=STATES, chips=CHIPS,
                           counts=letters.counts(), again=_failed(), mail=mail,
                           trouble=standing.MailTrouble.now(), worker=standing.WorkerSeen.last(),
                           gathered=mailing.gathered(utcnow()) if mail.smtp_host and the_office() else None)


@bp.get("/settings/outbox/<int:letter_id>")
@office("admin", record="letter")
def show(letter_id):
    letter = current_user.find("letter", letter_id)
    audit.saw(f"letter/{letter.id}")
    return render_template("home/letter.html", letter=letter, states=STATES, chips=CHIPS)


@bp.post("/settings/outbox/<int:letter_id>/retry")
@office("admin", record="letter")
def retry(letter_id):
    letter = current_user.find("letter", letter_id)
    if not letter.sendable:
        raise Refused(_("This letter cannot be sent again."), _why_not(letter))
    letter.try_again()
    standing.ask_again()
    flash(_("The letter is in the queue again."), "success")
    return redirect(url_for("outbox.index"), 303)


@bp.post("/settings/outbox/<int:letter_id>/withdraw")
@office("admin", record="letter")
def withdraw(letter_id):
    letter = current_user.find("letter", letter_id)
    if letter.state != "waiting" or letter.taken:
        raise Refused(_("This letter is on its way or has ended already."), _("Look at the outbox again."))
    letter.end(Reason.WITHDRAWN)
    flash(_("The letter will not be sent."), "success")
    return redirect(url_for("outbox.index"), 303)


@bp.post("/settings/outbox/retry")
@office("admin")
def retry_all():
    again = [each for each in session.scalars(current_user.all("letter").where(STATE == "failed")) if each.sendable]
    for each in again:
        each.try_again()
    standing.ask_again()
    flash(ngettext("%(num)s letter is in the queue again.", "%(num)s letters are in the queue again.", len(again)), "success")
    return redirect(url_for("outbox.index"), 303)


@bp.post("/settings/outbox/wake")
@office("admin")
def wake():
    """Have the mail server asked at the next look, whatever rest it was given."""
    standing.ask_again()
    flash(_("The mail server is asked again within seconds."), "success")
    return redirect(url_for("outbox.index"), 303)


@bp.app_context_processor
def words():
    """For the pages of a meeting: what became of its letters."""
    return dict(post_of=post_of)


class Sent(NamedTuple):
    """What whoever runs a meeting may know of one letter: never its words."""

    id: int
    recipient: str
    subject: str
    state: str
    reason: Reason | None
    at: datetime
    sendable: bool
    secret: bool


def post_of(meeting) -> list[Sent]:
    """The letters about a meeting, the newest first."""
    of_it = sa.or_(Letter.topic == meeting.topic, Letter.topic.startswith(f"{meeting.topic}/", autoescape=True))
    rows = session.scalars(sa.select(Letter).where(of_it).options(orm.defer(Letter.body), orm.defer(Letter.calendar)).order_by(Letter.id.desc()))
    return [Sent(each.id, each.recipient, each.subject, each.state, each.reason, each.sent_at or each.ended_at or each.queued_at,
                 each.sendable, each.secret)
            for each in rows]


def _failed() -> int:
    """How many have failed and could be tried again."""
    rows = session.scalars(current_user.all("letter").where(STATE == "failed").options(orm.defer(Letter.body), orm.defer(Letter.calendar)))
    return sum(each.sendable for each in rows)


def _why_not(letter: Letter) -> str:
    if letter.state in ("sent", "waiting"):
        return _("It has been sent, or waits in the queue already.")
    elif letter.secret:
        return _("It held a personal link, and its words are erased. Give the person a new link from the page of the meeting.")
    else:
        return str(letter.reason.way_on)
