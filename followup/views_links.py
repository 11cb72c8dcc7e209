"""Doors to personal links for whoever runs the case: giving one out, handing it over, taking it back."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from core import audit, forms
from core.access import office
from core.languages import _
from core.web import WORD, Refused, download
from exports import slips as paper, word
from followup.guests import guests
from followup.handing import TITLE, Handed
from links.models import Link
from links.slips import token_of
from room.pages import heard
from stationery.house import layout

bp = Blueprint("personal_links", __name__)


@bp.app_context_processor
def words():
    """For the page after a meeting: who needs a link, and a key for each button against the double click."""
    return dict(guests_of=guests, fresh_key=lambda: uuid.uuid4().hex)


@bp.post("/meetings/<int:meeting_id>/links/<int:member_id>")
@office("coordinator", record="meeting", act="run")
def create(meeting_id, member_id):
    """The page with address and code is the answer itself: it is shown this once, and kept nowhere."""
    meeting = current_user.meeting(meeting_id, to="run")
    member = _somebody(meeting, member_id)
    issued = Link.issue(meeting, member, by=current_user)
    forms.keep_result(url_for("personal_links.issued", link_id=issued.link.id))
    return _once(Handed(*issued))


@bp.get("/links/<int:link_id>")
@office("coordinator", record="link", act="run")
def issued(link_id):
    """What is left to be seen of a link: that it was given out, never address and code again."""
    link = current_user.find("link", link_id, to="run")
    audit.saw(f"link/{link.id}")
    return render_template("links/issued.html", link=link)


@bp.post("/links/<int:link_id>/revocation")
@office("coordinator", record="link", act="run")
def revoke(link_id):
    link = current_user.find("link", link_id, to="run")
    link.revoke(by=current_user)
    flash(_("The link has been taken back. It opens nothing any more."), "success")
    return redirect(url_for("followup.show", meeting_id=link.meeting_id), 303)


@bp.post("/links/<int:link_id>/mail")
@office("coordinator", record="link", act="run")
def mail(link_id):
    handed = _handed(current_user.find("link", link_id, to="run"))
    if not handed.mailable:
        raise Refused(_("The link cannot be sent by mail."), _("Hand it over on paper, or record the answer given by telephone."))
    handed.mail()
    return _once(handed)


@bp.post("/links/<int:link_id>/slip.docx")
@office("coordinator", record="link", act="run")
def slip(link_id):
    handed = _handed(current_user.find("link", link_id, to="run"))
    audit.note("exported", f"link/{link_id}", "docx")
    return download(word.draw(paper.lay_out(handed.slip), TITLE, layout=layout()), WORD, f"個人リンク_{handed.link.meeting.reference}_{link_id}.docx")


def _somebody(meeting, member_id: int):
    """Somebody who sits at, or holds a role of, a table one runs; Refused where a link is of no use to them."""
    tables = heard(meeting, "run")
    there = {seat.member_id: seat.member for hearing in tables for seat in hearing.seats}
    there |= {each.member.id: each.member for each in guests(meeting, tables)}
    member = there.get(member_id) or abort(404)
    if member.user_id:
        raise Refused(_("%(name)s has an account, and answers there.", name=member.name))
    if not meeting.closed or not member.active:
        raise Refused(_("A personal link is given once the meeting has closed, to people who are on the roster."))
    return member


def _handed(link: Link) -> Handed:
    """The link with the address and the code that stood on the page shown once."""
    path, code = request.form.get("path", ""), request.form.get("code", "")
    if link.ending or not link.fits(token_of(path), code):
        raise Refused(_("This link was replaced or taken back after the page was shown."), _("Give out a new one on the page after the meeting."))
    return Handed(link, path, code)


def _once(handed: Handed):
    return render_template("links/once.html", handed=handed, link=handed.link)
